'use strict';

// DatabaseSync: arguments are checked here, the rest is the native connection's. Run once per realm, on first use of
// node:sqlite.

const {
  definePrototype, invalidArgument, nativeError, ownGetter, privateField,
} = require('internal/sqlite/native_class');
const {
  booleanOption, checkBoolean, checkFunction, checkObject, checkString, checkUint8Array,
  databaseOptions, databasePath, isObject, statementOptions,
} = require('internal/sqlite/arguments');
const { makeStatement, prepare } = require('internal/sqlite/statement');
const { makeSession } = require('internal/sqlite/session');
const { makeTagStore } = require('internal/sqlite/tag_store');
const { SqliteDatabase } = internalBinding('sqlite');

// { connection, path, options, extensionsAllowed, limits }
const State = privateField();

function connectionOf(database) {
  return State.get(database).connection;
}

/** The state of a database that is open. */
function opened(database) {
  const state = State.get(database);
  state.connection.ensureOpen();
  return state;
}

function open({ connection, path, options: { flags, timeout, limits } }) {
  connection.open(path, flags, timeout, limits);
}

// Own properties of each database.
const isOpen = ownGetter((database) => connectionOf(database).isOpen());
const isTransaction = ownGetter((database) => connectionOf(database).isTransaction());
const limits = ownGetter((database) => {
  const state = State.get(database);
  return state.limits ??= state.connection.limits();
});

function DatabaseSync(...args) {
  if (new.target === undefined) {
    throw nativeError(TypeError, 'ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`');
  }
  const path = databasePath(args[0]);
  if (args.length > 1) checkObject(args[1], 'options');
  const options = databaseOptions(args.length > 1 ? args[1] : {});
  if (options.allowExtension && process.permission !== undefined) {
    throw nativeError(Error, 'ERR_LOAD_SQLITE_EXTENSION',
                      'Cannot load SQLite extensions when the permission model is enabled.');
  }
  Object.defineProperties(this, { isOpen, isTransaction, limits });
  this[Symbol.for('sqlite-type')] = 'node:sqlite';
  const state = {
    connection: new SqliteDatabase(), path, options, extensionsAllowed: options.allowExtension, limits: undefined,
  };
  new State(this, state);
  if (options.open) open(state);
}

/** The fourth to sixth argument of connection.defineFunction(): what `options` says of an SQL function. */
function functionArguments(name, options, fn) {
  const bigints = booleanOption(options, 'useBigIntArguments', false);
  const varargs = booleanOption(options, 'varargs', false);
  const deterministic = booleanOption(options, 'deterministic', false);
  const directOnly = booleanOption(options, 'directOnly', false);
  checkFunction(fn, 'function');
  return [name, fn, varargs ? -1 : fn.length | 0, bigints, deterministic, directOnly];
}

// Those of an aggregate without its state.
function argumentCount(step, inverse) {
  return Math.max(step.length - 1, inverse === undefined ? 0 : inverse.length - 1, 0);
}

/** What native code makes of a name that nobody checks. */
function textOf(value) {
  try {
    return `${value}`;
  } catch {
    return '';
  }
}

definePrototype(DatabaseSync, {
  open() {
    open(State.get(this));
  },
  close() {
    connectionOf(this).close();
  },
  prepare(...args) {
    const { connection, options: { statements: defaults } } = opened(this);
    checkString(args[0], 'sql');
    if (args[1] !== undefined) checkObject(args[1], 'options');
    const options = args[1] === undefined ? defaults : statementOptions(args[1], defaults);
    return makeStatement(prepare(connection, args[0], options));
  },
  exec(sql) {
    const { connection } = opened(this);
    checkString(sql, 'sql');
    connection.exec(sql);
  },
  function(name, ...rest) {
    const { connection } = opened(this);
    checkString(name, 'name');
    const options = rest.length > 1 ? rest[0] : {};
    if (!isObject(options)) throw invalidArgument('The "options" argument must be an object.');
    connection.defineFunction(...functionArguments(name, options, rest.length > 1 ? rest[1] : rest[0]));
  },
  createTagStore(maxSize) {
    const { connection, options: { statements } } = opened(this);
    return makeTagStore(this, connection, statements, maxSize);
  },
  location(dbName = 'main') {
    const { connection } = opened(this);
    checkString(dbName, 'dbName');
    return connection.location(dbName);
  },
  aggregate(name, options) {
    const { connection } = opened(this);
    // Without options this says what Node's own error says.
    const start = options.start;
    if (start === undefined) {
      throw invalidArgument('The "options.start" argument must be a function or a primitive value.');
    }
    const { step } = options;
    checkFunction(step, 'options.step');
    const { result } = options;
    const bigints = booleanOption(options, 'useBigIntArguments', false);
    const varargs = booleanOption(options, 'varargs', false);
    const directOnly = booleanOption(options, 'directOnly', false);
    const { inverse } = options;
    if (inverse !== undefined) checkFunction(inverse, 'options.inverse');
    connection.defineAggregate(textOf(name), [start, step, result, inverse],
                               varargs ? -1 : argumentCount(step, inverse), bigints, directOnly);
  },
  createSession(...args) {
    const { connection } = opened(this);
    if (args.length > 0) checkObject(args[0], 'options');
    return makeSession(this, connection, args[0]);
  },
  applyChangeset(changeset, options) {
    const { connection } = opened(this);
    checkUint8Array(changeset, 'changeset');
    let onConflict;
    let filter;
    if (options !== undefined) {
      checkObject(options, 'options');
      ({ onConflict } = options);
      if (onConflict !== undefined) checkFunction(onConflict, 'options.onConflict');
      if ('filter' in options) {
        ({ filter } = options);
        checkFunction(filter, 'options.filter');
      }
    }
    return connection.applyChangeset(changeset, filter, onConflict);
  },
  enableLoadExtension(allow) {
    const state = opened(this);
    checkBoolean(allow, 'allow');
    if (allow && !state.options.allowExtension) {
      throw nativeError(Error, 'ERR_INVALID_STATE',
                        'Cannot enable extension loading because it was disabled at database creation.');
    }
    state.extensionsAllowed = allow;
    state.connection.enableExtensions(allow);
  },
  enableDefensive(active) {
    const { connection } = opened(this);
    checkBoolean(active, 'active');
    connection.enableDefensive(active);
  },
  loadExtension(path, entryPoint) {
    const { connection, extensionsAllowed } = opened(this);
    if (!extensionsAllowed) throw nativeError(Error, 'ERR_INVALID_STATE', 'extension loading is not allowed');
    checkString(path, 'path');
    connection.loadExtension(path, typeof entryPoint === 'string' ? entryPoint : undefined);
  },
  serialize(dbName = 'main') {
    const { connection } = opened(this);
    checkString(dbName, 'dbName');
    return connection.serialize(dbName);
  },
  deserialize(buffer, options) {
    const { connection } = opened(this);
    checkUint8Array(buffer, 'buffer');
    if (buffer.length === 0) {
      throw nativeError(TypeError, 'ERR_INVALID_ARG_VALUE', 'The "buffer" argument must not be empty.');
    }
    let bytes = buffer;
    let dbName = 'main';
    if (options !== undefined) {
      checkObject(options, 'options');
      // A getter can take the bytes away.
      bytes = new Uint8Array(buffer);
      ({ dbName = 'main' } = options);
      checkString(dbName, 'options.dbName');
    }
    connection.deserialize(bytes, dbName);
  },
  setAuthorizer(callback) {
    const { connection } = opened(this);
    if (callback !== null && typeof callback !== 'function') {
      throw invalidArgument('The "callback" argument must be a function or null.');
    }
    connection.setAuthorizer(callback);
  },
}, function() {
  const connection = connectionOf(this);
  if (connection.isOpen()) connection.close();
});

module.exports = { DatabaseSync, connectionOf, isDatabase: State.has };
