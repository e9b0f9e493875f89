// Which argument goes to which parameter.
const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const database = new DatabaseSync(':memory:');
const get = (sql, ...values) => database.prepare(sql).get(...values);
show('too many', () => get('select 1', 1));
show('too few', () => get('select ? a, ? b', 1));
show('numbered', () => get('select ?2 a, ?1 b', 'first', 'second'));
show('named', () => get('select $a a, :b b, @c c', { a: 1, b: 2, c: 3 }));
show('with prefixes', () => get('select $a a, :b b, @c c', { '$a': 1, ':b': 2, '@c': 3 }));
show('with one prefix for all', () => get('select :b b', { $b: 1 }));
show('named and not', () => get('select $a a, ? b, ? c', { a: 1 }, 2, 3));
show('named between', () => get('select ? a, $b b, ? c', { b: 1 }, 2, 3));
show('named without names', () => get('select $a a, ? b', 5));
show('named and numbered', () => get('select $a a, ? b, ?3 c', { a: 1 }, 2, 3));
show('a number as a name', () => get('select ?1 a', { 1: 5 }));
show('a number with its prefix', () => get('select ?1 a', { '?1': 5 }));
show('two objects', () => get('select $a a, ? b', { a: 1 }, { b: 2 }));
show('unknown', () => get('select $a a', { b: 1 }));
show('none of its names', () => get('select $a a', {}));
show('inherited', () => get('select $a a', { __proto__: { a: 4 } }));
show('not enumerable', () => get('select $a a', Object.defineProperty({}, 'a', { value: 4 })));
show('symbols', () => get('select $a a', { a: 2, [Symbol('x')]: 1 }));
show('no prototype', () => get('select $a a', { __proto__: null, a: 4 }));
show('a proxy', () => get('select $a a', new Proxy({ a: 5 }, {})));
show('an array', () => get('select ? a', [1]));
show('a function', () => get('select ? a', () => {}));
show('a date', () => get('select ? a', new Date()));
show('bytes are a value', () => get('select ? a', Buffer.from('x')));
show('a getter throws', () => get('select $a a', { get a() { throw new Error('from the getter'); } }));
show('undefined', () => get('select $a a', { a: undefined }));
show('names in conflict', () => get('select $k, @k', { k: 1 }));
show('names in conflict, prefixed', () => get('select $k, @k', { $k: 1 }));
show('names in conflict, bare names off', () =>
  database.prepare('select $k a, @k b', { allowBareNamedParameters: false }).get({ $k: 1, '@k': 2 }));
show('a getter runs the statement', () => {
  const statement = database.prepare('select $a a, $b b');
  return statement.all({ get a() { statement.all({ a: 8, b: 9 }); return 1; }, b: 2 });
});
show('unknown ones ignored', () =>
  database.prepare('select $a a', { allowUnknownNamedParameters: true }).get({ a: 1, b: 2 }));
