// Preparing and running statements: options, results, columns, errors.
const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const database = new DatabaseSync(':memory:');
show('exec nothing', () => database.exec());
show('exec an object', () => database.exec({ toString: () => 'select 1' }));
show('exec no SQL', () => database.exec(''));
show('exec no known SQL', () => database.exec('create tablee'));
show('exec up to a NUL', () => database.exec('select 1\0 nonsense'));
show('exec stops at the first error', () => {
  database.exec('create table a(x)');
  try {
    database.exec('insert into a values (1); insert into b values (2); insert into a values (3)');
  } catch ({ message }) {
    return [message, database.prepare('select * from a').all()];
  }
});

show('prepare nothing', () => database.prepare());
for (const options of [null, 5, undefined, []]) show('prepare', () => database.prepare('select 1', options).get());
for (const name of ['readBigInts', 'returnArrays', 'allowBareNamedParameters', 'allowUnknownNamedParameters']) {
  show(`prepare ${name}`, () => database.prepare('select 1', { [name]: 1 }));
}
show('options come before SQL', () => database.prepare('nonsense', { readBigInts: 1 }));
const read = [];
database.prepare('select 1', new Proxy({}, { get(_, name) { read.push(name); } }));
console.log(read.join());
for (const sql of ['', ' ;', '-- comment', '/* comment */']) show(JSON.stringify(sql), () => database.prepare(sql));
show('syntax error', () => database.prepare('selec'));
show('the first of two', () => {
  const statement = database.prepare('select 1 as a; select 2 as b');
  return [statement.sourceSQL, statement.all()];
});
show('up to a NUL', () => database.prepare('select 1\0x').sourceSQL);

show('columns of one name', () => database.prepare('select 1 a, 2 a, 3 b').all());
show('columns of one name, arrays', () => database.prepare('select 1 a, 2 a, 3 b', { returnArrays: true }).all());
show('columns that are numbers', () => database.prepare('select 1 as "0", 2 as "b", 3 as "1"').get());
show('columns of special names', () => database.prepare('select 1 __proto__, 2 constructor').get());
show('many columns', () => {
  const sql = `select ${Array.from({ length: 1200 }, (_, i) => `${i} c${i}`)}`;
  return Object.keys(database.prepare(sql).get()).length;
});
show('columns()', () => database.prepare('select x, x as y, x + 1, rowid from a').columns());
show('run() of a query', () => database.prepare('select 1').run());
show('run() goes one step', () => {
  let calls = 0;
  database.function('counted', () => ++calls);
  database.prepare('select counted() from (values (1), (2), (3))').run();
  return calls;
});
show('bigints', () => database.prepare('insert into a values (5)', { readBigInts: true }).run());
show('expandedSQL', () => {
  const statement = database.prepare("select $a, ?, '?'");
  statement.get({ a: "it's" }, new Uint8Array([1, 255]));
  return [statement.expandedSQL, statement.sourceSQL, Object.assign({}, statement)];
});
for (const name of ['setReadBigInts', 'setReturnArrays', 'setAllowBareNamedParameters', 'setAllowUnknownNamedParameters']) {
  show(name, () => database.prepare('select 1')[name](1));
}
show('another this', () => database.exec.call({}, 'select 1'));
show('the prototype as this', () => DatabaseSync.prototype.exec('select 1'));
show('a getter of another database', () => Object.getOwnPropertyDescriptor(database, 'isOpen')
  .get.call(new DatabaseSync(':memory:', { open: false })));
show('a getter of something else', () => Object.getOwnPropertyDescriptor(database, 'isOpen').get.call({}));
show('isOpen is read-only', () => {
  'use strict';
  database.isOpen = 5;
});
show('cloned', () => structuredClone(database));
for (const name of ['main', undefined, 'temp', 'nothing', 5]) show(`location ${name}`, () => database.location(name));
