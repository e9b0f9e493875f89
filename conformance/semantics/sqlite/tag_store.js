// SQLTagStore: template literals as prepared statements.
const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const database = new DatabaseSync(':memory:');
const sizes = [undefined, null, 1.5, '5', 2 ** 31, 2 ** 31 - 1, 0, -0, 5n, 2 ** 32, Infinity, NaN];
for (const size of sizes) show(`createTagStore(${String(size)})`, () => database.createTagStore(size).capacity);
const sql = database.createTagStore(2);
show('constructor', () => new sql.constructor());

show('get', () => sql.get`select ${1} a, ${'x'} b`);
show('all', () => sql.all`select ${1} a union all select 2`);
show('run', () => sql.run`create table if not exists t(x)`);
show('iterate', () => [...sql.iterate`select ${1} a union all select 2`]);
show('called', () => sql.get('select 1'));
show('called without', () => sql.get());
show('called with an array', () => sql.get(['select ', ' a'], 5));
show('less values', () => sql.get(['select ', ' a']));
show('more values', () => sql.get(['select ', ' a'], 5, 6));
show('a part that is no text', () => sql.get(['select 1 a', 5]));
show('a part that has no text', () => sql.get`select '\unicode' a`);
show('an object', () => sql.get`select ${{ a: 1 }} a`);
show('undefined', () => sql.get`select ${undefined} a`);
show('escapes', () => sql.get`select '\u0041\n' a`);
for (const name of ['?', '$a', '?1']) show(`a parameter ${name}`, () => sql.get([`select ${name} a, `, ' b'], 5));
show('a question mark that is none', () => sql.get`select '?' a, ${5} b`);
show('a value within a text', () => sql.get`select '${5}' a`);
show('two statements', () => sql.all`select 1 a; select 2 b`);
show('no statement', () => sql.get``);
show('no SQL', () => sql.run`nonsense`);

show('the oldest goes', () => {
  sql.clear();
  return [1, 2, 1, 3].map((n) => (sql.get([`select ${n}`]), sql.size));
});
show('an iterator whose statement went', () => {
  const iterator = sql.iterate`select 1 a union all select 2`;
  iterator.next();
  for (const n of [5, 6, 7]) sql.get([`select ${n}`]);
  return iterator.next();
});
show('an iterator of a store that was cleared', () => {
  const iterator = sql.iterate`select 1 a union all select 2`;
  iterator.next();
  sql.clear();
  return iterator.next();
});
show('closed and open again', () => {
  const other = new DatabaseSync(':memory:', { readBigInts: true, returnArrays: true });
  const store = other.createTagStore();
  store.get`select 1`;
  other.close();
  show('  closed', () => store.get`select 1`);
  console.log(store.size, store.db === other);
  other.open();
  return [store.size, store.get`select 1`, store.size];
});
show('another this', () => sql.get.call({}, ['select 1']));
show('size is read-only', () => {
  'use strict';
  sql.size = 5;
});
