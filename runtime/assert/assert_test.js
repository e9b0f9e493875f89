'use strict';

// assert: which values are equal, and what a failure says. Runs under Node, too.

const assert = require('assert');
const { AssertionError } = assert;

function failure(fn) {
  try {
    fn();
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    return error;
  }
  throw new Error(`did not fail: ${fn}`);
}

function check(fn, ...lines) {
  const { message } = failure(fn);
  if (message !== lines.join('\n')) throw new Error(`${fn}:\n${message}\ninstead of\n${lines.join('\n')}`);
}

// -- Equality ------------------------------------------------------------------------------------------------------

const symbol = Symbol('s');
const circular = () => {
  const object = { a: 1 };
  object.self = object;
  return object;
};

const strictlyEqual = [
  [NaN, NaN],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }],
  [[1, , 3], [1, , 3]],  // eslint-disable-line no-sparse-arrays
  [new Map([[{ k: 1 }, [1]], [2, 3]]), new Map([[2, 3], [{ k: 1 }, [1]]])],
  [new Set([1, { a: 1 }]), new Set([{ a: 1 }, 1])],
  [new Date(NaN), new Date(NaN)],
  [/a/g, /a/g],
  [new Error('a'), new Error('a')],
  [Object('a'), Object('a')],
  [new Float64Array([0]), new Float64Array([0])],
  [{ [symbol]: 1 }, { [symbol]: 1 }],
  [circular(), circular()],
];
for (const [a, b] of strictlyEqual) {
  assert.deepStrictEqual(a, b);
  assert.partialDeepStrictEqual(a, b);
  failure(() => assert.notDeepStrictEqual(a, b));
}

const looselyEqual = [
  [1, '1'], [0, -0], [[1], ['1']], [{ a: 1 }, Object.assign(Object.create(null), { a: '1' })],
  [new Set([1]), new Set(['1'])], [new Map([['1', 1]]), new Map([[1, '1']])],
  [new Float32Array([0]), new Float32Array([-0])], [{ [symbol]: 1 }, { [symbol]: 2 }],
];
for (const [a, b] of looselyEqual) {
  assert.deepEqual(a, b);
  assert.notDeepStrictEqual(a, b);
}

const different = [
  [1, 2], [{ a: 1 }, { a: 2 }], [{ a: undefined }, { b: undefined }], [[], {}], [[1, 2], [2, 1]],
  [new Date(0), new Date(1)], [/a/g, /a/i], [new Error('a'), new Error('b')],
  [new Error('a', { cause: 1 }), new Error('a', { cause: 2 })],
  [new Map([[1, 1]]), new Map([[1, 2]])], [new Set([{ a: 1 }]), new Set([{ a: 2 }])],
  [Object(1), Object(2)], [new Uint8Array([1]), new Int8Array([1])], [() => {}, () => {}],
];
for (const [a, b] of different) {
  assert.notDeepEqual(a, b);
  assert.notDeepStrictEqual(a, b);
}

assert.partialDeepStrictEqual({ a: 1, b: { c: [1, 2, 3] } }, { b: { c: [1, 3] } });
assert.partialDeepStrictEqual(new Set([1, 2]), new Set([2]));
failure(() => assert.partialDeepStrictEqual([1, 2], [2, 1]));

// -- Messages --------------------------------------------------------------------------------------------------------

check(() => assert.strictEqual(1, 2), 'Expected values to be strictly equal:', '', '1 !== 2', '');
check(() => assert.strictEqual('a'.repeat(10), 'b'.repeat(10)),
      'Expected values to be strictly equal:', '+ actual - expected', '',
      "+ 'aaaaaaaaaa'", "- 'bbbbbbbbbb'", '');
check(() => assert.strictEqual('prefix one', 'prefix two'),
      'Expected values to be strictly equal:', '+ actual - expected', '',
      "+ 'prefix one'", "- 'prefix two'", '          ^', '');
check(() => assert.strictEqual([1], [1]),
      'Values have same structure but are not reference-equal:', '', '[', '  1', ']', '');
check(() => assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3], c: 4 }),
      'Expected values to be strictly deep-equal:', '+ actual - expected', '',
      '  {', '    a: 1,', '    b: [', '      1,', '+     2', '-     3', '    ],', '-   c: 4', '  }', '');
check(() => assert.deepEqual(1, 2), 'Expected values to be loosely deep-equal:', '', '1', '',
      'should loosely deep-equal', '', '2');
check(() => assert.notStrictEqual(1, 1), 'Expected "actual" to be strictly unequal to: 1');
check(() => assert.equal(1, 2), '1 == 2');
check(() => assert.ok(typeof 1 === 'string'),
      'The expression evaluated to a falsy value:', '', "  assert.ok(typeof 1 === 'string')", '');
check(() => assert(0), 'The expression evaluated to a falsy value:', '', '  assert(0)', '');
check(() => assert.ok(), 'No value argument passed to `assert.ok()`');
check(() => assert.fail(), 'Failed');
check(() => assert.match('abc', /x/),
      'The input did not match the regular expression /x/. Input:', '', "'abc'", '');
check(() => assert.throws(() => {}, TypeError), 'Missing expected exception (TypeError).');
check(() => assert.doesNotThrow(() => { throw new Error('x'); }, 'why'),
      'Got unwanted exception: why', 'Actual message: "x"');
check(() => assert.ifError(new Error('x')), 'ifError got unwanted exception: x');

const error = failure(() => assert.strictEqual(1, 2, 'message'));
assert.deepStrictEqual({ ...error }, {
  generatedMessage: false, code: 'ERR_ASSERTION', actual: 1, expected: 2, operator: 'strictEqual', diff: 'simple',
});
assert.match(error.stack, /^AssertionError \[ERR_ASSERTION\]: message\n/);
const own = new RangeError('own');
assert.throws(() => assert.ok(false, own), own);

// -- Expected errors ---------------------------------------------------------------------------------------------------

const throwing = () => { throw Object.assign(new TypeError('text'), { code: 'CODE' }); };
assert.throws(throwing, TypeError);
assert.throws(throwing, /^TypeError: text$/);
assert.throws(throwing, { name: 'TypeError', message: /te/, code: 'CODE' });
assert.throws(throwing, (caught) => caught.code === 'CODE');
failure(() => assert.throws(throwing, RangeError));
failure(() => assert.throws(throwing, { code: 'OTHER' }));
assert.throws(() => assert.throws(throwing, 'text'), { code: 'ERR_AMBIGUOUS_ARGUMENT' });
assert.throws(() => assert.throws(throwing, {}), { code: 'ERR_INVALID_ARG_VALUE' });

// -- Variants ------------------------------------------------------------------------------------------------------------

assert.strictEqual(require('assert/strict'), assert.strict);
assert.strictEqual(assert.strict.equal, assert.strictEqual);
new assert.Assert({ strict: false }).equal(1, '1');
new assert.Assert({ skipPrototype: true }).deepStrictEqual({ a: 1 }, { __proto__: null, a: 1 });

(async () => {
  await assert.rejects(Promise.reject(new Error('x')), /x/);
  await assert.rejects(async () => throwing(), { code: 'CODE' });
  await assert.doesNotReject(async () => {});
  await assert.rejects(assert.rejects(Promise.resolve()), { message: 'Missing expected rejection.' });
  await assert.rejects(assert.rejects(() => 5), { code: 'ERR_INVALID_RETURN_VALUE' });
})();
