// serialize() and deserialize().
const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const database = new DatabaseSync(':memory:');
database.exec('create table t(x); insert into t values (1)');
for (const name of [undefined, 'main', 'temp', 'nothing', null, 5]) {
  show(`serialize ${name}`, () => {
    const bytes = database.serialize(name);
    return [bytes.constructor.name, bytes.length, bytes.buffer.byteLength];
  });
}
const bytes = new Uint8Array(5);
const wrong = [
  [], ['x'], [new Uint8Array(0)], [new Uint16Array(5)], [bytes, null], [bytes, 5], [bytes, { dbName: null }],
  [bytes, { dbName: 'nothing' }],
];
for (const args of wrong) show('deserialize', () => database.deserialize(...args));
show('nothing in it is lost by what fails', () => database.prepare('select * from t').all());
show('no database', () => {
  const other = new DatabaseSync(':memory:');
  other.deserialize(new Uint8Array(512).fill(65));
  return other.prepare('select * from sqlite_master').all();
});
show('a copy', () => {
  const copy = new DatabaseSync(':memory:');
  copy.deserialize(database.serialize(), { dbName: undefined });
  copy.exec('insert into t values (2)');
  return [copy.prepare('select * from t').all(), database.prepare('select * from t').all()];
});
show('ends statements', () => {
  const statement = database.prepare('select * from t');
  const iterator = statement.iterate();
  iterator.next();
  database.deserialize(database.serialize());
  show('  next', () => iterator.next());
  return statement.get();
});
show('bytes that an option takes away', () => {
  const bytes = database.serialize();
  database.deserialize(bytes, { get dbName() {
    structuredClone(bytes, { transfer: [bytes.buffer] });
    return 'main';
  } });
  return [bytes.length, database.prepare('select * from t').all()];
});
show('under an authorizer', () => {
  const asked = [];
  database.setAuthorizer((action) => {
    asked.push(action);
    return 0;
  });
  const { length } = database.serialize();
  database.setAuthorizer(() => { throw new Error('from the authorizer'); });
  show('  that throws', () => database.serialize().length);
  database.setAuthorizer(null);
  return [length, asked];
});
show('a session goes on', () => {
  const session = database.createSession();
  database.deserialize(database.serialize());
  return session.changeset().length;
});
