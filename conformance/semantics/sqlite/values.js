// Values on their way into SQLite and out of it.
const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const database = new DatabaseSync(':memory:');
const query = database.prepare('select ? as value, typeof(?1) as type');
const detached = new Uint8Array(8);
structuredClone(detached.buffer, { transfer: [detached.buffer] });
const values = [
  1, 1.5, -0, NaN, Infinity, 2 ** 31, 2 ** 53, 5n, 2n ** 53n - 1n, 2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, 2n ** 63n,
  -(2n ** 63n) + 1n, -(2n ** 63n) - 1n, 2n ** 100n, true, false, null, '', 'text', 'a\0b', '\ud800x', '\u{1f600}', 'x'.repeat(100),
  undefined, Symbol('symbol'), new Uint8Array(0), new Uint8Array([1, 2]), Buffer.from('bytes'), new Float64Array([1]),
  new DataView(new ArrayBuffer(3), 1), new ArrayBuffer(2), new SharedArrayBuffer(2), detached,
];
for (const value of values) {
  const label = typeof value === 'object' && value !== null ? value.constructor.name : String(value).slice(0, 20);
  show(`${typeof value} ${Object.is(value, -0) ? '-0' : label}`, () => query.get(value));
}
for (const value of [{ a: 1 }, [1], new Date(0), () => {}, /x/]) show('second parameter', () => query.get(1, value));
query.setReadBigInts(true);
show('all integers are bigints', () => [query.get(1), query.get(5n), query.get(-(2n ** 63n))]);

for (const sql of ['9007199254740991', '9007199254740992', '-9007199254740991', '-9007199254740992', '1.0', "x''", "''"]) {
  show(sql, () => database.prepare(`select ${sql} as value`).get());
}
