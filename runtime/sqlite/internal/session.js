'use strict';

// Session. Run once per realm, on first use of node:sqlite.

const { definePrototype, illegalConstructor, privateField } = require('internal/sqlite/native_class');
const { checkString } = require('internal/sqlite/arguments');
const { SqliteSession } = internalBinding('sqlite');

// { native, database }: a session keeps its database, as an object of the program's.
const State = privateField();

function Session() {
  throw illegalConstructor();
}

definePrototype(Session, {
  changeset() {
    return State.get(this).native.changeset();
  },
  patchset() {
    return State.get(this).native.patchset();
  },
  close() {
    State.get(this).native.close();
  },
}, function() {
  State.get(this).native.dispose();
});

/** `database`: the DatabaseSync, `connection`: its native side. */
function makeSession(database, connection, options) {
  let table;
  let schema = 'main';
  if (options !== undefined) {
    if ('table' in options) {
      ({ table } = options);
      checkString(table, 'options.table');
    }
    if ('db' in options) {
      schema = options.db;
      checkString(schema, 'options.db');
    }
  }
  const native = new SqliteSession(connection);
  native.attach(schema, table);
  return new State({ __proto__: Session.prototype }, { native, database });
}

module.exports = { Session, makeSession };
