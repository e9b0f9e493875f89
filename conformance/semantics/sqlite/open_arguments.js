// The arguments of new DatabaseSync(): what is taken, what is refused, in which order options are read.
const { DatabaseSync, StatementSync, Session } = require('node:sqlite');
const { show } = require('./common/show');

show('without new', () => DatabaseSync(':memory:'));
show('StatementSync without new', () => StatementSync());
show('new StatementSync', () => new StatementSync());
show('new Session', () => new Session());

const paths = {
  number: 5, null: null, undefined, object: {}, number_href: { href: 5 }, http: { href: 'http://example.com' },
  url: new URL('http://example.com'), words: new Uint16Array(4).fill(0x4141), buffer: new ArrayBuffer(4),
  nul: 'a\0b', nul_bytes: Buffer.from('a\0b'),
};
for (const [name, path] of Object.entries(paths)) show(`path ${name}`, () => new DatabaseSync(path).isOpen);
show('the path comes first', () => new DatabaseSync(5, null));
show('no path', () => {
  const database = new DatabaseSync('');
  return [database.isOpen, database.location()];
});
show('uri', () => new DatabaseSync('file:name?mode=memory').location());

for (const options of [undefined, null, 5, [], () => {}]) {
  show(`options ${String(options)}`, () => new DatabaseSync(':memory:', options).isOpen);
}
const names = [
  'open', 'readOnly', 'enableForeignKeyConstraints', 'enableDoubleQuotedStringLiterals', 'allowExtension', 'timeout',
  'readBigInts', 'returnArrays', 'allowBareNamedParameters', 'allowUnknownNamedParameters', 'defensive', 'limits',
];
for (const name of names) {
  for (const value of [null, 'x', undefined]) {
    show(`${name}: ${value}`, () => typeof new DatabaseSync(':memory:', { [name]: value }));
  }
}
for (const timeout of [-1, 1.5, 2 ** 31, 2 ** 31 - 1, NaN, 1n]) {
  show(`timeout: ${timeout}`, () => new DatabaseSync(':memory:', { timeout }).isOpen);
}
const read = [];
new DatabaseSync(':memory:', new Proxy({}, { get(_, name) { read.push(name); } }));
console.log(read.join());

const limits = {
  fraction: { length: 1.5 }, large: { length: 2 ** 31 }, null: { length: null }, undefined: { length: undefined },
  negative: { attach: -1 }, array: [], unknown: { other: 4 }, infinite: { length: Infinity },
};
for (const [name, value] of Object.entries(limits)) {
  show(`limits ${name}`, () => new DatabaseSync(':memory:', { limits: value }).limits.length);
}
