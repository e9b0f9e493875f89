'use strict';

// querystring. Runs under Node, too.

const assert = require('assert');
const qs = require('querystring');

function parsed(text, ...args) {
  return { ...qs.parse(text, ...args) };
}

assert.deepStrictEqual(parsed('a=1&b=2&a=3'), { a: ['1', '3'], b: '2' });
assert.deepStrictEqual(parsed('a&=b&c=&&d=e=f'), { 'a': '', '': 'b', 'c': '', 'd': 'e=f' });
assert.deepStrictEqual(parsed('a+b=%E4%BD%A0&x=%'), { 'a b': '\u4f60', 'x': '%' });
assert.deepStrictEqual(parsed('a:1;b:2', ';', ':'), { a: '1', b: '2' });
assert.deepStrictEqual(parsed('a=1&b=2&c=3', null, null, { maxKeys: 2 }), { a: '1', b: '2' });
assert.deepStrictEqual(parsed('a=%ff'), { a: '\ufffd' });
assert.strictEqual(Object.getPrototypeOf(qs.parse('a')), null);
assert.strictEqual(qs.parse('toString=1').toString, '1');

const keys = Array.from({ length: 1500 }, (each, i) => `k${i}=1`).join('&');
assert.strictEqual(Object.keys(qs.parse(keys)).length, 1000);
assert.strictEqual(Object.keys(qs.parse(keys, '&', '=', { maxKeys: 0 })).length, 1500);

// A decoder that throws is replaced for that text.
const decodeURIComponent = (text) => {
  if (text.includes('!')) throw new Error('no');
  return text.toUpperCase();
};
assert.deepStrictEqual(parsed('a=b&c=!d', '&', '=', { decodeURIComponent }), { A: 'B', C: '!d' });

assert.strictEqual(qs.stringify({ a: [1, 'x'], b: true, c: null, d: NaN, e: 1n, f: {} }),
                   'a=1&a=x&b=true&c=&d=&e=1&f=');
assert.strictEqual(qs.stringify({ 'a b': '&=' }), 'a%20b=%26%3D');
assert.strictEqual(qs.stringify({ a: 'b' }, ';', ':', { encodeURIComponent: (text) => `<${text}>` }), '<a>:<b>');
assert.strictEqual(qs.stringify('text'), '');

assert.strictEqual(qs.escape("-_.!~*'()aZ9 \u00e9"), "-_.!~*'()aZ9%20%C3%A9");
assert.throws(() => qs.escape('\ud800'), { code: 'ERR_INVALID_URI', name: 'URIError' });
assert.strictEqual(qs.unescape('%41%zz'), 'A%zz');
assert.deepStrictEqual(qs.unescapeBuffer('a%62%'), Buffer.from('ab%'));
assert.strictEqual(qs.encode, qs.stringify);
assert.strictEqual(qs.decode, qs.parse);
