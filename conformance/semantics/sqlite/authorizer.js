// The authorizer: what it is asked and what its answers do.
'use strict';

const { DatabaseSync, constants } = require('node:sqlite');
const { show } = require('./common/show');

const database = new DatabaseSync(':memory:');
database.exec('create table t(x)');
for (const callback of [undefined, 5, {}]) show('setAuthorizer', () => database.setAuthorizer(callback));
const asked = [];
database.setAuthorizer(function(...args) {
  asked.push([this, ...args]);
  return constants.SQLITE_OK;
});
database.exec('create view v as select x from t; create temp table u(y); select * from v; pragma user_version; begin; rollback');
console.log(asked.map((each) => each.map((part) => part ?? '-').join(' ')).join('\n'));

for (const answer of [undefined, null, 1.5, 0n, true, 'x', {}, -1, 3, 2 ** 31, Promise.resolve(), 0, 1, 2, 1.0]) {
  show(`answers ${String(answer)}`, () => {
    database.setAuthorizer(() => answer);
    return database.prepare('select 1 a').all();
  });
}
for (const thrown of [new Error('from the authorizer'), undefined]) {
  show('throws', () => {
    database.setAuthorizer(() => { throw thrown; });
    return database.prepare('select 1');
  });
}
show('removes itself', () => {
  database.setAuthorizer(() => {
    database.setAuthorizer(null);
    return 0;
  });
  return database.prepare('select 1 a').get();
});
show('queries', () => {
  const answers = [];
  const query = database.prepare('select 5 x');
  let asks = false;
  database.setAuthorizer(() => {
    if (asks) return 0;
    asks = true;
    answers.push(query.get().x, database.prepare('select 6 x').get().x);
    asks = false;
    return 0;
  });
  return [database.prepare('select 1 a').get(), answers];
});
show('not after the connection', () => {
  database.setAuthorizer(() => 1);
  database.close();
  database.open();
  return database.prepare('select 1 a').get();
});
