'use strict';

// StatementSync and its iterators. Run once per realm, on first use of node:sqlite.

const { definePrototype, illegalConstructor, ownGetter, privateField } = require('internal/sqlite/native_class');
const { checkBoolean } = require('internal/sqlite/arguments');
const { SqliteStatement } = internalBinding('sqlite');

const Native = privateField();
const nativeOf = Native.get;

function StatementSync() {
  throw illegalConstructor();
}

// Own properties of each statement.
const sourceSQL = ownGetter((statement) => nativeOf(statement).sourceSql());
const expandedSQL = ownGetter((statement) => nativeOf(statement).expandedSql());

function usable(statement) {
  const native = nativeOf(statement);
  native.ensureUsable();
  return native;
}

definePrototype(StatementSync, {
  iterate(...parameters) {
    const native = nativeOf(this);
    return makeIterator(native, native.start(...parameters));
  },
  all(...parameters) {
    return nativeOf(this).all(...parameters);
  },
  get(...parameters) {
    return nativeOf(this).get(...parameters);
  },
  run(...parameters) {
    return nativeOf(this).run(...parameters);
  },
  columns() {
    return nativeOf(this).columns();
  },
  setAllowBareNamedParameters(enabled) {
    const native = usable(this);
    checkBoolean(enabled, 'allowBareNamedParameters');
    native.setBareNames(enabled);
  },
  setAllowUnknownNamedParameters(enabled) {
    const native = usable(this);
    checkBoolean(enabled, 'enabled');
    native.setUnknownNames(enabled);
  },
  setReadBigInts(enabled) {
    const native = usable(this);
    checkBoolean(enabled, 'readBigInts');
    native.setReadBigInts(enabled);
  },
  setReturnArrays(enabled) {
    const native = usable(this);
    checkBoolean(enabled, 'returnArrays');
    native.setReturnArrays(enabled);
  },
});

/** The native side of a statement of the database. */
function prepare(database, sql, options) {
  const native = new SqliteStatement(database);
  native.prepare(sql);
  if (options.returnArrays) native.setReturnArrays(true);
  if (options.readBigInts) native.setReadBigInts(true);
  if (!options.allowBareNamedParameters) native.setBareNames(false);
  if (options.allowUnknownNamedParameters) native.setUnknownNames(true);
  return native;
}

function makeStatement(native) {
  const statement = { __proto__: StatementSync.prototype };
  Object.defineProperty(statement, 'sourceSQL', sourceSQL);
  Object.defineProperty(statement, 'expandedSQL', expandedSQL);
  return new Native(statement, native);
}

const Progress = privateField();

function StatementSyncIterator() {
  throw illegalConstructor();
}

definePrototype(StatementSyncIterator, {
  next() {
    const progress = Progress.get(this);
    const { native } = progress;
    if (progress.done) {
      native.ensureUsable();
      return { __proto__: null, done: true, value: null };
    }
    // Also when it throws: SQLite would begin again.
    progress.done = true;
    const row = native.next(progress.execution);
    if (row === undefined) return { __proto__: null, done: true, value: null };
    progress.done = false;
    return { __proto__: null, done: false, value: row };
  },
  return() {
    const progress = Progress.get(this);
    progress.native.return(progress.execution);
    progress.done = true;
    return { __proto__: null, done: true, value: null };
  },
});
Object.setPrototypeOf(StatementSyncIterator.prototype, Iterator.prototype);

/** Over the rows of the execution that native.start() began. */
function makeIterator(native, execution) {
  const iterator = { __proto__: StatementSyncIterator.prototype };
  return new Progress(iterator, { native, execution, done: false });
}

module.exports = { StatementSync, makeIterator, makeStatement, prepare };
