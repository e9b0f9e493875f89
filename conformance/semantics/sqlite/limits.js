// The object that stands for a connection's limits.
const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const database = new DatabaseSync(':memory:');
const { limits } = database;
for (const value of [7, 1.5, -1, 2 ** 31, NaN, Infinity, -Infinity, 'a', 5n, undefined, null, -0, 0, true]) {
  show(`column = ${Object.is(value, -0) ? '-0' : String(value)}`, () => {
    limits.column = value;
    return limits.column;
  });
}
console.log(database.limits === limits, Object.prototype.toString.call(limits));
console.log('length' in limits, 'other' in limits, Object.hasOwn(limits, 'attach'), limits.other);
limits.other = 5;
console.log(limits.other, Object.keys(limits).join());
console.log(delete limits.attach, limits.attach);
limits.attach = 1000;
console.log('no more than SQLite was built for:', limits.attach);
database.close();
show('closed, read', () => limits.length);
show('closed, written', () => { limits.length = 5; });
console.log(Object.keys(limits).length, typeof database.limits);
