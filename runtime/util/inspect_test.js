'use strict';

// util.inspect(): what values of every kind look like, option by option. The expectations are Node's: the test runs
// under both.

const assert = require('assert');
const { inspect } = require('util');

/** [value, its text] with default options. */
const cases = [
  [() => 1, '1'],
  [() => -0, '-0'],
  [() => 0, '0'],
  [() => 1.5, '1.5'],
  [() => NaN, 'NaN'],
  [() => Infinity, 'Infinity'],
  [() => 123456789.123, '123456789.123'],
  [() => 1n, '1n'],
  [() => -5n, '-5n'],
  [() => true, 'true'],
  [() => null, 'null'],
  [() => undefined, 'undefined'],
  [() => Symbol('a b'), 'Symbol(a b)'],
  [() => Symbol(), 'Symbol()'],
  [() => Symbol(''), 'Symbol()'],
  [() => Symbol.iterator, 'Symbol(Symbol.iterator)'],
  [() => 'a', "'a'"],
  [() => "it's", '"it\'s"'],
  [() => '"', '\'"\''],
  [() => 'a\nb', "'a\\nb'"],
  [() => '\x00\x1f\x7f\x9f\ud800', "'\\x00\\x1F\\x7F\\x9F\\ud800'"],
  [() => "it's \"q\"", '`it\'s "q"`'],
  [() => "it's \"q\" \x60", '\'it\\\'s "q" `\''],
  [() => '\t\b\f\r\\', "'\\t\\b\\f\\r\\\\'"],
  [() => '\u{1F600}', "'\ud83d\ude00'"],
  [() => '\udc00x', "'\\udc00x'"],
  [() => ['a\nb'], "[ 'a\\nb' ]"],
  [() => ({ a: 'line1\nline2' }), "{ a: 'line1\\nline2' }"],
  [() => ({}), '{}'],
  [() => ({ a: 1 }), '{ a: 1 }'],
  [() => ({ a: { b: { c: { d: 1 } } } }), '{ a: { b: { c: [Object] } } }'],
  [() => ({ a: { b: { c: {} } } }), '{ a: { b: { c: {} } } }'],
  [() => ({ 'a-b': 1, 2: 3, [Symbol('s')]: 4, '': 5 }), "{ '2': 3, 'a-b': 1, '': 5, Symbol(s): 4 }"],
  [() => ({ a: 1, b: 'x', c: [1, 2, 3], d: { e: 1 } }), "{ a: 1, b: 'x', c: [ 1, 2, 3 ], d: { e: 1 } }"],
  [() => ({ a: undefined, b: null }), '{ a: undefined, b: null }'],
  [() => Object.create(null), '[Object: null prototype] {}'],
  [() => Object.assign(Object.create(null), { a: 1 }), '[Object: null prototype] { a: 1 }'],
  [() => Object.create({}), '{}'],
  [() => Object.create({ a: 1 }), '{}'],
  [() => Object.create(Object.create(null)), 'Object <[Object: null prototype] {}> {}'],
  [() => [], '[]'],
  [() => [1, 2, 3], '[ 1, 2, 3 ]'],
  [() => [,], '[ <1 empty item> ]'],
  [() => [1,, 2], '[ 1, <1 empty item>, 2 ]'],
  [() => [,,,], '[ <3 empty items> ]'],
  [() => [1,,,, 2,,], '[ 1, <3 empty items>, 2, <1 empty item> ]'],
  [() => [undefined, null], '[ undefined, null ]'],
  [() => [[]], '[ [] ]'],
  [() => [[[]]], '[ [ [] ] ]'],
  [() => [[[[]]]], '[ [ [ [] ] ] ]'],
  [() => [[[[1]]]], '[ [ [ [Array] ] ] ]'],
  [() => [{}], '[ {} ]'],
  [() => [{ a: 1, b: 2 }, { a: 3, b: 4 }], '[ { a: 1, b: 2 }, { a: 3, b: 4 } ]'],
  [() => Array(5), '[ <5 empty items> ]'],
  [() => Object.assign([1, 2], { x: 1 }), '[ 1, 2, x: 1 ]'],
  [() => Object.assign([], { '-1': 1 }), "[ '-1': 1 ]"],
  [() => [true, false, null, undefined, 1n, Symbol('a'), 'x'],
   "[ true, false, null, undefined, 1n, Symbol(a), 'x' ]"],
  [() => [[1, 2, [3, 4, [5, [6]]]], 1], '[ [ 1, 2, [ 3, 4, [Array] ] ], 1 ]'],
  [() => new Map, 'Map(0) {}'],
  [() => new Map([[1, 2], ['a', { b: 1 }]]), "Map(2) { 1 => 2, 'a' => { b: 1 } }"],
  [() => new Map([[{ a: 1 }, new Map([[1, 2]])]]), 'Map(1) { { a: 1 } => Map(1) { 1 => 2 } }'],
  [() => new Set, 'Set(0) {}'],
  [() => new Set([1, 'a', [1]]), "Set(3) { 1, 'a', [ 1 ] }"],
  [() => new Map([[1, 2]]).entries(), '[Map Entries] { [ 1, 2 ] }'],
  [() => new Map([[1, 2]]).keys(), '[Map Iterator] { 1 }'],
  [() => new Map([[1, 2]]).values(), '[Map Iterator] { 2 }'],
  [() => new Set([1, 2]).values(), '[Set Iterator] { 1, 2 }'],
  [() => new Set([1, 2]).entries(), '[Set Entries] { [ 1, 1 ], [ 2, 2 ] }'],
  [() => [1, 2][Symbol.iterator](), 'Object [Array Iterator] {}'],
  [() => 'ab'[Symbol.iterator](), 'Object [String Iterator] {}'],
  [() => new Map([[1, 2]])[Symbol.iterator](), '[Map Entries] { [ 1, 2 ] }'],
  [() => Object.assign(new Map([[1, 2]]), { x: 1 }), 'Map(1) { 1 => 2, x: 1 }'],
  [() => Object.assign(new Set([1]), { x: 1 }), 'Set(1) { 1, x: 1 }'],
  [() => new WeakMap, 'WeakMap { <items unknown> }'],
  [() => new WeakSet, 'WeakSet { <items unknown> }'],
  [() => new WeakRef({ a: 1 }), 'WeakRef {}'],
  [() => () => {}, '[Function (anonymous)]'],
  [() => function() {}, '[Function (anonymous)]'],
  [() => function f() {}, '[Function: f]'],
  [() => async() => {}, '[AsyncFunction (anonymous)]'],
  [() => async function g() {}, '[AsyncFunction: g]'],
  [() => function*h() {}, '[GeneratorFunction: h]'],
  [() => async function*i() {}, '[AsyncGeneratorFunction: i]'],
  [() => class {}, '[class (anonymous)]'],
  [() => class A {}, '[class A]'],
  [() => class B extends Array {}, '[class B extends Array]'],
  [() => (() => { class A {}; return class B extends A {} })(), '[class B extends A]'],
  [() => class extends null {}, '[class (anonymous)]'],
  [() => Object.assign(function f() {}, { a: 1 }), '[Function: f] { a: 1 }'],
  [() => Object.assign(class Q {}, { a: 1 }), '[class Q] { a: 1 }'],
  [() => class S { static x = 1 }, '[class S] { x: 1 }'],
  [() => Math.max, '[Function: max]'],
  [() => Object.setPrototypeOf(function x() {}, null), '[Function (null prototype): x]'],
  [() => Object.setPrototypeOf(() => {}, {}), '[Function (anonymous)] Object'],
  [() => (() => { const f = () => {}; Object.defineProperty(f, 'name', { value: 5 }); return f })(),
   '[Function: 5]'],
  [() => Function.prototype, '[Function (anonymous)] Object'],
  [() => Object.prototype, '[Object: null prototype] {}'],
  [() => Array.prototype, 'Object(0) []'],
  [() => Map.prototype, 'Object [Map] {}'],
  [() => Date.prototype, '{}'],
  [() => RegExp.prototype, '{}'],
  [() => Promise.prototype, 'Object [Promise] {}'],
  [() => Symbol.prototype, 'Object [Symbol] {}'],
  [() => Error.prototype, '{}'],
  [() => Uint8Array.prototype, 'TypedArray {}'],
  [() => (class Foo {}).prototype, '{}'],
  [() => (class Foo extends Map {}).prototype, 'Map {}'],
  [() => Object.getPrototypeOf(Uint8Array), '[Function: TypedArray]'],
  [() => (function() { return arguments })(1, 2), "[Arguments] { '0': 1, '1': 2 }"],
  [() => new Date(0), '1970-01-01T00:00:00.000Z'],
  [() => new Date(NaN), 'Invalid Date'],
  [() => Object.assign(new Date(0), { x: 1 }), '1970-01-01T00:00:00.000Z { x: 1 }'],
  [() => /a/g, '/a/g'],
  [() => Object.assign(/a/, { x: 1 }), '/a/ { x: 1 }'],
  [() => new (class R extends RegExp {})('x', 'g'), 'R /x/g'],
  [() => new (class D extends Date {})(0), 'D 1970-01-01T00:00:00.000Z'],
  [() => Object.setPrototypeOf(new Date(0), null), '[Date: null prototype] 1970-01-01T00:00:00.000Z'],
  [() => Object.setPrototypeOf(/x/, null), '[RegExp: null prototype] /x/'],
  [() => new Number(3), '[Number: 3]'],
  [() => new Number(-0), '[Number: -0]'],
  [() => new String('abc'), "[String: 'abc']"],
  [() => new Boolean(false), '[Boolean: false]'],
  [() => Object(Symbol('x')), '[Symbol: Symbol(x)]'],
  [() => Object(1n), '[BigInt: 1n]'],
  [() => Object.assign(new String('ab'), { x: 1 }), "[String: 'ab'] { x: 1 }"],
  [() => Object.assign(new Number(1), { a: 2 }), '[Number: 1] { a: 2 }'],
  [() => new (class N extends Number {})(5), '[Number (N): 5]'],
  [() => new (class S extends String {})('x'), "[String (S): 'x']"],
  [() => Object.setPrototypeOf(new Number(1), null), '[Number (null prototype): 1]'],
  [() => Object.setPrototypeOf(new String('abc'), null), "[String (null prototype): 'abc']"],
  [() => new (class SSS extends Boolean {})(true), '[Boolean (SSS): true]'],
  [() => Promise.resolve(1), 'Promise { 1 }'],
  [() => Promise.resolve({ a: { b: 1 } }), 'Promise { { a: { b: 1 } } }'],
  [() => new Promise(() => {}), 'Promise { <pending> }'],
  [() => Object.assign(Promise.resolve(1), { x: 2 }), 'Promise { 1, x: 2 }'],
  [() => new (class P extends Promise {})(() => {}), 'P [Promise] { <pending> }'],
  [() => new Proxy({ a: 1 }, {}), '{ a: 1 }'],
  [() => new Proxy(function f() {}, {}), '[Function: f]'],
  [() => new Proxy([1, 2], {}), '[ 1, 2 ]'],
  [() => new Proxy(class A {}, {}), '[class A]'],
  [() => (() => { const r = Proxy.revocable({}, {}); r.revoke(); return r.proxy })(), '<Revoked Proxy>'],
  [() => new Proxy(new Proxy({}, {}), { get() {} }), '{}'],
  [() => new ArrayBuffer(4), 'ArrayBuffer { [Uint8Contents]: <00 00 00 00>, [byteLength]: 4 }'],
  [() => new Uint8Array([1, 2]), 'Uint8Array(2) [ 1, 2 ]'],
  [() => new Float64Array(3), 'Float64Array(3) [ 0, 0, 0 ]'],
  [() => new BigInt64Array(2), 'BigInt64Array(2) [ 0n, 0n ]'],
  [() => new Uint8ClampedArray(2), 'Uint8ClampedArray(2) [ 0, 0 ]'],
  [() => Buffer.from('hello'), '<Buffer 68 65 6c 6c 6f>'],
  [() => Object.assign(Buffer.from('a'), { x: 1 }), '<Buffer 61, x: 1>'],
  [() => Object.assign(new Uint8Array(1), { z: 1 }), 'Uint8Array(1) [ 0, z: 1 ]'],
  [() => new (class U extends Uint8Array {})(2), 'U(2) [Uint8Array] [ 0, 0 ]'],
  [() => Object.setPrototypeOf(new Uint8Array(1), null), '[Uint8Array(1): null prototype] [ 0 ]'],
  [() => Object.assign(new ArrayBuffer(1), { q: 1 }),
   'ArrayBuffer { [Uint8Contents]: <00>, [byteLength]: 1, q: 1 }'],
  [() => new (class Foo {}), 'Foo {}'],
  [() => new (class extends (class Bar {}) {}), 'Bar {}'],
  [() => new (class A2 extends Map { constructor() { super([[1, 2]]); this.q = 1 } }),
   'A2(1) [Map] { 1 => 2, q: 1 }'],
  [() => new (class extends Array {})(3), '[ <3 empty items> ]'],
  [() => new (class Foo { get [Symbol.toStringTag]() { return 'bar' } }), 'Foo [bar] {}'],
  [() => ({ [Symbol.toStringTag]: 'x' }), "{ Symbol(Symbol.toStringTag): 'x' }"],
  [() => ({ get [Symbol.toStringTag]() { return 'y' } }), '{ Symbol(Symbol.toStringTag): [Getter] }'],
  [() => new (class Foo { get [Symbol.toStringTag]() { return 'Foo' } }), 'Foo {}'],
  [() => Object.create({ [Symbol.toStringTag]: 'tt' }), 'Object [tt] {}'],
  [() => Object.assign(Object.create(null), { [Symbol.toStringTag]: 'nn' }),
   "[nn: null prototype] { Symbol(Symbol.toStringTag): 'nn' }"],
  [() => new (class extends Set {})([1]), 'Set(1) { 1 }'],
  [() => Object.setPrototypeOf(new Map([[1, 2]]), null), '[Map(1): null prototype] { 1 => 2 }'],
  [() => Object.setPrototypeOf(new Set([1]), null), '[Set(1): null prototype] { 1 }'],
  [() => Object.setPrototypeOf([1, 2], null), '[Array(2): null prototype] [ 1, 2 ]'],
  [() => Object.setPrototypeOf(Promise.resolve(1), null), '[Promise: null prototype] { 1 }'],
  [() => Object.create(Array.prototype), 'Array {}'],
  [() => Object.create(Map.prototype), 'Map {}'],
  [() => Object.create(Error.prototype), '[Error]'],
  [() => Object.create((class Foo {}).prototype), 'Foo {}'],
  [() => Object.setPrototypeOf([1], (class Foo {}).prototype), "Foo { '0': 1 }"],
  [() => Object.create(Object.create(Object.create((class Deep {}).prototype))), 'Deep {}'],
  [() => ({ get a() { return 1 } }), '{ a: [Getter] }'],
  [() => ({ set a(v) {} }), '{ a: [Setter] }'],
  [() => ({ get a() { return 1 }, set a(v) {} }), '{ a: [Getter/Setter] }'],
  [() => ({ get a() { return { b: 1 } } }), '{ a: [Getter] }'],
  [() => ({ get a() { return 'x'.repeat(100) }, b: 1 }), '{ a: [Getter], b: 1 }'],
  [() => (() => { const a = {}; a.a = a; return a })(), '<ref *1> { a: [Circular *1] }'],
  [() => (() => { const a = { b: {} }; a.b.c = a; a.b.d = a.b; return a })(),
   '<ref *1> { b: <ref *2> { c: [Circular *1], d: [Circular *2] } }'],
  [() => (() => { const a = []; a.push(a, [a]); return a })(),
   '<ref *1> [ [Circular *1], [ [Circular *1] ] ]'],
  [() => (() => { const m = new Map; m.set(m, m); return m })(),
   '<ref *1> Map(1) { [Circular *1] => [Circular *1] }'],
  [() => (() => { const s = new Set; s.add(s); return s })(), '<ref *1> Set(1) { [Circular *1] }'],
  [() => ({ [inspect.custom]() { return 'C' } }), 'C'],
  [() => ({ [inspect.custom]() { return { a: 1 } } }), '{ a: 1 }'],
  [() => ({ a: { [inspect.custom](d, o) { return 'depth '+d+typeof o.stylize } } }),
   '{ a: depth 1function }'],
  [() => [{ [inspect.custom](d, o, i) { return i({ x: { y: { z: {} } } }, o) } }],
   '[ { x: { y: { z: {} } } } ]'],
  [() => ({ inspect() { return 'x' } }), '{ inspect: [Function: inspect] }'],
  [() => ({ [inspect.custom]: 5 }), '{ Symbol(nodejs.util.inspect.custom): 5 }'],
  [() => [{ [inspect.custom](d, o, i) { return o.stylize('abc', 'special')+d } }], '[ abc1 ]'],
  [() => (() => { const o = {}; Object.defineProperty(o, 'h', { value: 1 }); return o })(), '{}'],
  [() => (() => { const o = [1]; Object.defineProperty(o, 'h', { value: 1 }); return o })(), '[ 1 ]'],
  [() => (() => { const o = {}; Object.defineProperty(o, 'h', { get() { return 5 } }); return o })(), '{}'],
  [() => Object.freeze({ a: 1 }), '{ a: 1 }'],
  [() => Object.defineProperty({}, Symbol('q'), { value: 2 }), '{}'],
  [() => Object.defineProperty({}, Symbol('q'), { value: 2, enumerable: true }), '{ Symbol(q): 2 }'],
  [() => (function*() {})(), 'Object [Generator] {}'],
  [() => (async function*() {})(), 'Object [AsyncGenerator] {}'],
  [() => ({ a: [{ b: { c: {} } }] }), '{ a: [ { b: [Object] } ] }'],
  [() => ({ a: { b: 1, c: 2 }, d: { e: { f: [1, 2, 3, { g: 1 }] } } }),
   '{ a: { b: 1, c: 2 }, d: { e: { f: [Array] } } }'],
  [() => ({ k: class {}, l: class X extends Array {} }), '{ k: [class k], l: [class X extends Array] }'],
  [() => [['a', 1], ['b', 2], ['c', { d: 1 }]], "[ [ 'a', 1 ], [ 'b', 2 ], [ 'c', { d: 1 } ] ]"],
  [() => ({ __proto__: null, x: 1 }), '[Object: null prototype] { x: 1 }'],
  [() => ({ ['__proto__']: 1 }), "{ ['__proto__']: 1 }"],
  [() => [, 'a',, 'b',,,], "[ <1 empty item>, 'a', <1 empty item>, 'b', <2 empty items> ]"],
  [() => Object.assign([, 1], { foo: [1] }), '[ <1 empty item>, 1, foo: [ 1 ] ]'],
  [() => [1e21, 1e-7, 0xff, 123456, 1234.5678], '[ 1e+21, 1e-7, 255, 123456, 1234.5678 ]'],
  [() => [undefined,, null], '[ undefined, <1 empty item>, null ]'],
];

for (const [make, expected] of cases) {
  assert.strictEqual(inspect(make()), expected, String(make));
}

/** The text of `value` as lines without their common indentation. */
function check(value, options, ...lines) {
  assert.strictEqual(inspect(value, options), lines.join('\n'));
}


check({ a: { b: { c: { d: 1 } } } }, { depth: 0 }, '{ a: [Object] }');
check({ a: { b: { c: { d: 1 } } } }, { depth: null }, '{', '  a: { b: { c: { d: 1 } } }', '}');
check([1, 'a', null, undefined, Symbol('s'), 1n, true], { colors: true },
      "[ \u001b[33m1\u001b[39m, \u001b[32m'a'\u001b[39m, \u001b[1mnull\u001b[22m, \u001b[90mundefined\u001b[39m, \u001b[32mSymbol(s)\u001b[39m, \u001b[33m1n\u001b[39m, \u001b[33mtrue\u001b[39m ]");
check({ a: [1, 2, { b: new Map([['k', [1]]]) }], c: 'x' }, { compact: false },
      '{',
      '  a: [',
      '    1,',
      '    2,',
      '    {',
      '      b: [Map]',
      '    }',
      '  ],',
      "  c: 'x'",
      '}');
check({ a: [1, 2, { b: new Map([['k', [1]]]) }], c: 'x' }, { compact: true, breakLength: 20 },
      '{ a:',
      '   [ 1, 2, { b: [Map] } ],',
      "  c: 'x' }");
check({ b: 1, a: 2 }, { sorted: true }, '{ a: 2, b: 1 }');
check({ get a() { return 1; }, get b() { return {}; }, set c(v) {} }, { getters: true },
      '{ a: [Getter: 1], b: [Getter] {}, c: [Setter] }');
check(new Proxy({ a: 1 }, { get() {} }), { showProxy: true },
      'Proxy [ { a: 1 }, { get: [Function: get] } ]');
check(Array(200).fill(0), { maxArrayLength: 3 }, '[ 0, 0, 0, ... 197 more items ]');
check('x'.repeat(20), { maxStringLength: 5 }, "'xxxxx'... 15 more characters");
check([1234567.891, 123456789n, -1e21, 0.0001], { numericSeparator: true },
      '[ 1_234_567.891, 123_456_789n, -1e+21, 0.000_1 ]');
check([1, 2, 3], { showHidden: true }, '[ 1, 2, 3, [length]: 3 ]');
check(new Uint8Array(2), { showHidden: true },
      'Uint8Array(2) [',
      '  0,',
      '  0,',
      '  [BYTES_PER_ELEMENT]: 1,',
      '  [length]: 2,',
      '  [byteLength]: 2,',
      '  [byteOffset]: 0,',
      '  [buffer]: ArrayBuffer { [byteLength]: 2 }',
      ']');
check(Object.defineProperty({}, 'hidden', { value: 1 }), { showHidden: true }, '{ [hidden]: 1 }');
check(Array.from({ length: 30 }, (_, i) => i * 100), {},
      '[',
      '     0,  100,  200,  300,  400,  500,',
      '   600,  700,  800,  900, 1000, 1100,',
      '  1200, 1300, 1400, 1500, 1600, 1700,',
      '  1800, 1900, 2000, 2100, 2200, 2300,',
      '  2400, 2500, 2600, 2700, 2800, 2900',
      ']');
check(Array.from({ length: 12 }, (_, i) => 'item' + i), {},
      '[',
      "  'item0',  'item1',",
      "  'item2',  'item3',",
      "  'item4',  'item5',",
      "  'item6',  'item7',",
      "  'item8',  'item9',",
      "  'item10', 'item11'",
      ']');
check({ long: 'x'.repeat(60), other: 'y'.repeat(30) }, {},
      '{',
      "  long: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',",
      "  other: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy'",
      '}');
check({ text: 'first line\nsecond line, which is quite a bit longer than the first\nthird' }, {},
      '{',
      "  text: 'first line\\nsecond line, which is quite a bit longer than the first\\nthird'",
      '}');
check(new Map([[{ a: 1 }, new Set([[1, 2]])]]), { depth: 0 }, 'Map(1) { [Object] => [Set] }');
check(['\u4e2d\u6587', '\u{1f600}', 'a', 'b', 'c', 'd', 'e', 'f'], {},
      '[',
      "  '\u4e2d\u6587', '\ud83d\ude00',",
      "  'a',    'b',",
      "  'c',    'd',",
      "  'e',    'f'",
      ']');
check(Object.assign([1, 2, 3], { x: { y: {} } }), { breakLength: 10 },
      '[',
      '  1,',
      '  2,',
      '  3,',
      '  x: {',
      '    y: {}',
      '  }',
      ']');

// References back.
const circular = { name: 'a', list: [] };
circular.self = circular;
circular.list.push(circular, circular.list);
check(circular, {},
      '<ref *1> {',
      "  name: 'a',",
      '  list: <ref *2> [ [Circular *1], [Circular *2] ],',
      '  self: [Circular *1]',
      '}');

// Errors: the class is named, the cause is indented, properties follow.
class CustomError extends Error {}
const error = new CustomError('message', { cause: new TypeError('inner') });
error.stack = 'Error: message\n    at f (file.js:1:1)';
error.cause.stack = 'TypeError: inner\n    at g (file.js:2:2)';
error.code = 'CODE';
check(error, {},
      'CustomError: message',
      '    at f (file.js:1:1) {',
      "  code: 'CODE',",
      '  [cause]: TypeError: inner',
      '      at g (file.js:2:2)',
      '}');
check(Object.assign(new Error('no frames'), { stack: 'Error: no frames' }), {}, '[Error: no frames]');

// Custom inspection.
class Box {
  constructor(value) {
    this.value = value;
  }

  [inspect.custom](depth, options, inspectAgain) {
    if (depth < 0) return options.stylize('[Box]', 'special');
    return `Box<${inspectAgain(this.value, { ...options, depth: depth - 1 })}>`;
  }
}
check({ box: new Box({ a: { b: {} } }) }, { depth: 2 }, '{ box: Box<{ a: [Object] }> }');
check([[[new Box(1)]]], { depth: 1 }, '[ [ [Array] ] ]');
check(new Box(new Box(1)), { depth: 0 }, 'Box<[Box]>');
check(new Box(1), { customInspect: false }, 'Box { value: 1 }');
