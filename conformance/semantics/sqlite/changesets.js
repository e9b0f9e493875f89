// Sessions, changesets and the conflicts between them.
'use strict';

const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const database = new DatabaseSync(':memory:');
for (const options of [undefined, null, 5, { table: null }, { table: undefined }, { db: null }, { db: undefined }]) {
  show('createSession', () => database.createSession(options));
}
show('what does not exist', () => database.createSession({ table: 'nothing', db: 'nothing' }).changeset().length);
const bytes = new Uint8Array(0);
const wrong = [
  [], [new Uint16Array(2)], [bytes, null], [bytes, 5], [bytes, undefined], [bytes, { filter: null }],
  [bytes, { filter: undefined }], [bytes, { onConflict: null }], [bytes, { onConflict: undefined }], [new Uint8Array([1, 2, 3])],
];
for (const args of wrong) show('applyChangeset', () => database.applyChangeset(...args));

function pair() {
  const [from, to] = [new DatabaseSync(':memory:'), new DatabaseSync(':memory:')];
  for (const each of [from, to]) each.exec('create table data(key integer primary key, v)');
  const session = from.createSession();
  from.exec("insert into data values (1, 'a'), (2, 'b')");
  to.exec("insert into data values (1, 'z')");
  return { from, to, session, changeset: session.changeset() };
}
const values = (db) => db.prepare('select v from data').all().map(({ v }) => v).join();

for (const answer of [0, 1, 2, 3, -1, undefined, null, '1', 1.5, 1n, true]) {
  show(`conflict: ${typeof answer} ${answer}`, () => {
    const { to, changeset } = pair();
    return [to.applyChangeset(changeset, { onConflict: () => answer }), values(to)];
  });
}
for (const answer of [true, 0, '', 'x', {}, undefined]) {
  show(`filter: ${String(answer)}`, () => {
    const { to, changeset } = pair();
    return [to.applyChangeset(changeset, { filter: () => answer, onConflict: () => 1 }), values(to)];
  });
}
show('what they are called with', () => {
  const { to, changeset } = pair();
  const calls = [];
  function told(...args) {
    calls.push(this, ...args);
    return 1;
  }
  to.applyChangeset(changeset, { filter: told, onConflict: told });
  return calls;
});
for (const name of ['filter', 'onConflict']) {
  for (const thrown of [new Error(`from ${name}`), undefined]) {
    show(`${name} throws`, () => {
      const { to, changeset } = pair();
      return to.applyChangeset(changeset, { [name]() { throw thrown; } });
    });
  }
}
show('patchset', () => {
  const { from, to, session } = pair();
  from.exec("update data set v = 'c' where key = 2");
  return [to.applyChangeset(session.patchset(), { onConflict: () => 1 }), values(to), session.changeset() instanceof Uint8Array];
});
show('closed', () => {
  const { session } = pair();
  session.close();
  session[Symbol.dispose]();
  return session.changeset();
});
show('closed twice', () => {
  const { session } = pair();
  session.close();
  session.close();
});
show('with its database', () => {
  const { from, session } = pair();
  from.close();
  session[Symbol.dispose]();
  return session.changeset();
});
show('the database is open again', () => {
  const { from, session } = pair();
  from.close();
  from.open();
  return session.changeset();
});
