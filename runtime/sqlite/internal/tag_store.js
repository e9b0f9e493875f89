'use strict';

// SQLTagStore: prepared statements by their text, of which those that were not used for longest go first. Run once per
// realm, on first use of node:sqlite.

const {
  definePrototype, illegalConstructor, invalidArgument, nativeError, ownGetter, privateField,
} = require('internal/sqlite/native_class');
const { kMaxInt32 } = require('internal/sqlite/arguments');
const { makeIterator, prepare } = require('internal/sqlite/statement');

const State = privateField();

function SQLTagStore() {
  throw illegalConstructor();
}

const capacity = ownGetter((store) => State.get(store).capacity);
const db = ownGetter((store) => State.get(store).database);
const size = ownGetter((store) => State.get(store).statements.size);

/** The text of a template literal, with a parameter for each of its values. */
function textOf(strings, values) {
  if (!Array.isArray(strings)) {
    throw invalidArgument('First argument must be an array of strings (template literal).');
  }
  let sql = '';
  for (let i = 0; i < strings.length; i++) {
    if (typeof strings[i] !== 'string') throw invalidArgument('Template literal parts must be strings.');
    sql += strings[i];
    if (i < values.length) sql += '?';
  }
  return sql;
}

function find(store, strings, values) {
  const { connection, statements, options, capacity } = State.get(store);
  connection.ensureOpen();
  const sql = textOf(strings, values);
  let native = statements.get(sql);
  if (native === undefined || native.isFinalized()) {
    native = prepare(connection, sql, options);
    native.setPositionalOnly();
  }
  // A Map lists its keys in the order in which they came: the first is the one that was not used for longest.
  statements.delete(sql);
  if (statements.size >= capacity) statements.delete(statements.keys().next().value);
  statements.set(sql, native);
  if (native.parameterCount() !== values.length) {
    throw nativeError(TypeError, 'ERR_INVALID_ARG_VALUE',
                      'SQLite parameters must be bound using template literal placeholders.');
  }
  return native;
}

definePrototype(SQLTagStore, {
  get(strings, ...values) {
    return find(this, strings, values).get(...values);
  },
  all(strings, ...values) {
    return find(this, strings, values).all(...values);
  },
  iterate(strings, ...values) {
    const native = find(this, strings, values);
    return makeIterator(native, native.start(...values));
  },
  run(strings, ...values) {
    return find(this, strings, values).run(...values);
  },
  clear() {
    State.get(this).statements.clear();
  },
});

function checkCapacity(value) {
  const message = 'The "maxSize" argument must be a positive integer.';
  if (typeof value !== 'number') throw invalidArgument(message);
  if (!Number.isInteger(value) || value < 1 || value > kMaxInt32) {
    throw nativeError(RangeError, 'ERR_OUT_OF_RANGE', message);
  }
}

/** `database`: the DatabaseSync, `connection`: its native side, `options`: of the statements. */
function makeTagStore(database, connection, options, maxSize = 1000) {
  checkCapacity(maxSize);
  const store = { __proto__: SQLTagStore.prototype };
  Object.defineProperties(store, { capacity, db, size });
  return new State(store, { database, connection, options, capacity: maxSize, statements: new Map() });
}

module.exports = { makeTagStore };
