// User-defined functions: arguments, results, errors.
'use strict';

const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const database = new DatabaseSync(':memory:');
const get = (sql) => database.prepare(sql).get();
const one = () => 1;
const withLength = (descriptor) => Object.defineProperty((...args) => args.length, 'length', descriptor);

const wrong = [[], ['f'], [5, one], ['f', {}], ['f', {}, 5], ['f', undefined, one], ['f', null, one], ['f', 5, one], ['f', one, 5]];
for (const args of wrong) show(`function(${args.map(String)})`, () => database.function(...args));
for (const name of ['useBigIntArguments', 'varargs', 'deterministic', 'directOnly']) {
  show(name, () => database.function('f', { [name]: null }, one));
}
show('options come before the function', () => database.function('f', { varargs: 5 }, 5));
show('no name', () => database.function('', one));
show('a name that is too long', () => database.function('x'.repeat(300), one));
show('too many parameters', () => database.function('f', withLength({ value: 2000 })));
show('a length that is no number', () => database.function('f', withLength({ value: 'x' })));
show('a length that throws', () => database.function('f', withLength({ get() { throw new Error('from length'); } })));
show('a negative length', () => {
  database.function('any', withLength({ value: -1 }));
  return get('select any(1, 2, 3) a');
});
const read = [];
database.function('f', new Proxy({}, { get(_, name) { read.push(name); } }), one);
console.log(read.join());

const results = {
  undefined, null: null, true: true, half: 1.5, three: 3, big: 2n ** 60n, too_big: 2n ** 64n, text: 'x', nul: 'a\0b',
  surrogate: '\ud800', bytes: new Uint8Array([1]), no_bytes: new Uint8Array(0), view: new DataView(new ArrayBuffer(2)),
  buffer: new ArrayBuffer(2), shared: new SharedArrayBuffer(2), object: {}, symbol: Symbol('x'), nan: NaN,
  promise: Promise.resolve(1), thenable: { then() {} }, date: new Date(0), minus_zero: -0,
};
for (const [name, value] of Object.entries(results)) {
  database.function(`gives_${name}`, () => value);
  show(`result ${name}`, () => get(`select gives_${name}() value, typeof(gives_${name}()) type`));
}
show('arguments', () => {
  let got;
  database.function('take', { varargs: true }, function(...args) {
    got = [this, ...args];
  });
  get("select take(1, 1.5, 'x', x'01', null, x'', '')");
  return got;
});
show('bigint arguments', () => {
  let got;
  database.function('take', { useBigIntArguments: true, varargs: true }, (...args) => { got = args; });
  get('select take(1, 9223372036854775807, 1.5)');
  return got;
});
show('an integer that is no number', () => {
  database.function('one', (x) => x);
  return get('select one(9007199254740992)');
});
show('not as many arguments', () => get('select one(1, 2)'));
for (const thrown of [new Error('from the function'), undefined, 5]) {
  show('throws', () => {
    database.function('throws', () => { throw thrown; });
    return get('select throws()');
  });
}
show('what it threw undoes the statement', () => {
  database.exec('create table t(x); insert into t values (1), (2)');
  try {
    database.exec('update t set x = x + 10 + iif(x = 2, throws(), 0)');
  } catch (error) {
    return [error, database.prepare('select x from t').all()];
  }
});
show('runs other statements', () => {
  database.function('nested', (x) => database.prepare('select ? + 1 y').get(x).y);
  return get('select nested(nested(1)) y');
});
show('defined again while it runs', () => {
  database.function('again', () => {
    database.function('again', () => 9);
    return 1;
  });
  return get('select again() x');
});
show('defined again', () => {
  database.function('again', () => 9);
  return get('select again() x');
});
