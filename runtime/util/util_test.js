'use strict';

// util: promisify and callbackify, deprecations, parseArgs, MIMEType, text. Runs under Node, too.

const assert = require('assert');
const util = require('util');

// -- Callbacks and promises ----------------------------------------------------------------------------------------

function divide(a, b, callback) {
  if (b === 0) callback(new Error('zero'));
  else callback(null, a / b, a % b);
}

const promised = util.promisify(divide);
assert.strictEqual(promised.name, 'divide');
assert.strictEqual(promised.length, 3);
assert.strictEqual(util.promisify(promised), promised);
divide[util.promisify.custom] = () => 'custom';
assert.strictEqual(util.promisify(divide)(), 'custom');
assert.throws(() => util.promisify(1), { code: 'ERR_INVALID_ARG_TYPE' });

const calledBack = util.callbackify(async function value(result) { return result; });
assert.strictEqual(calledBack.name, 'valueCallbackified');
assert.strictEqual(calledBack.length, 2);
assert.throws(() => calledBack(1), { message: /^The last argument must be of type function\./ });

let pending = 3;
calledBack(7, (error, result) => {
  assert.deepStrictEqual([error, result], [null, 7]);
  pending--;
});
util.callbackify(() => Promise.reject(null))((error) => {  // eslint-disable-line prefer-promise-reject-errors
  assert.strictEqual(error.code, 'ERR_FALSY_VALUE_REJECTION');
  assert.strictEqual(error.reason, null);
  pending--;
});
(async () => {
  assert.strictEqual(await promised(7, 2), 3.5);
  await assert.rejects(promised(1, 0), /zero/);
  pending--;
})();

// -- Deprecation -------------------------------------------------------------------------------------------------------

const warnings = [];
process.on('warning', (warning) => warnings.push([warning.name, warning.code, warning.message]));
const old = util.deprecate((a) => a + 1, 'old is old', 'DEP9999');
assert.strictEqual(old(1), 2);
old(1);
util.deprecate(() => {}, 'same code', 'DEP9999')();
class Base { constructor(value) { this.value = value; } }
const OldBase = util.deprecate(Base, 'Base is old');
assert.ok(new OldBase(1) instanceof Base);

process.on('exit', () => {
  assert.strictEqual(pending, 0);
  assert.deepStrictEqual(warnings, [
    ['DeprecationWarning', 'DEP9999', 'old is old'],
    ['DeprecationWarning', undefined, 'Base is old'],
  ]);
});

// -- parseArgs -----------------------------------------------------------------------------------------------------------

const options = {
  file: { type: 'string', short: 'f' },
  verbose: { type: 'boolean', short: 'v', multiple: true },
  color: { type: 'boolean', default: true },
};
function parse(args, more = {}) {
  const { values, positionals } = util.parseArgs({ args, options, allowPositionals: true, ...more });
  return { values: { ...values }, positionals };
}
assert.deepStrictEqual(parse(['-vvf', 'name', 'a', '--', '--file']), {
  values: { verbose: [true, true], file: 'name', color: true }, positionals: ['a', '--file'],
});
assert.deepStrictEqual(parse(['--file=x=y', '--no-color'], { allowNegative: true }).values,
                       { file: 'x=y', color: false });
assert.throws(() => parse(['--nope']), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
assert.throws(() => parse(['--file']), {
  code: 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', message: "Option '-f, --file <value>' argument missing",
});
assert.throws(() => parse(['-f', '-x']), { message: /^Option '-f' argument is ambiguous\./ });
assert.throws(() => parse(['a'], { allowPositionals: false }), { code: 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL' });
assert.deepStrictEqual(util.parseArgs({ args: ['-ab', '--c=1'], strict: false, tokens: true }).tokens, [
  { kind: 'option', name: 'a', rawName: '-a', index: 0, value: undefined, inlineValue: undefined },
  { kind: 'option', name: 'b', rawName: '-b', index: 0, value: undefined, inlineValue: undefined },
  { kind: 'option', name: 'c', rawName: '--c', index: 1, value: '1', inlineValue: true },
]);

// -- MIMEType --------------------------------------------------------------------------------------------------------------

const mime = new util.MIMEType(' Text/HTML ; Charset="utf\\-8" ;x=y;x=z');
assert.strictEqual(mime.essence, 'text/html');
assert.strictEqual(mime.params.get('charset'), 'utf-8');
assert.strictEqual(String(mime), 'text/html;charset=utf-8;x=y');
mime.params.set('q', 'a b');
assert.strictEqual(JSON.stringify(mime), '"text/html;charset=utf-8;x=y;q=\\"a b\\""');
assert.throws(() => new util.MIMEType('text'), { code: 'ERR_INVALID_MIME_SYNTAX' });

// -- Text ------------------------------------------------------------------------------------------------------------------

assert.strictEqual(util.format('%s %d %i %f %j %o %O %% %c|', 'a', '5', 1.9, '2.5x', { a: 1 }, [1], [2], 'css', 'rest'),
                   'a 5 1 2.5 {"a":1} [ 1, [length]: 1 ] [ 2 ] % | rest');
assert.strictEqual(util.format('%s', { toString() { return 'own'; } }), 'own');
assert.strictEqual(util.format('%s', class A {}), 'class A {}');
assert.strictEqual(util.format(1, 'a', { b: 2 }), '1 a { b: 2 }');
assert.strictEqual(util.stripVTControlCharacters('\u001b[1mbold\u001b]8;;http://x\u0007link'), 'boldlink');
assert.strictEqual(util.styleText(['bold', 'red'], 'x', { validateStream: false }),
                   '\u001b[1m\u001b[31mx\u001b[39m\u001b[22m');
assert.strictEqual(util.toUSVString('a\ud800'), 'a\ufffd');
assert.deepStrictEqual(util.diff('abc', 'abd'), [[0, 'a'], [0, 'b'], [1, 'c'], [-1, 'd']]);
assert.deepStrictEqual(util.parseEnv('A="x\\ny" # c\nexport B=1'), { A: 'x\ny', B: '1' });

// -- The rest --------------------------------------------------------------------------------------------------------------

assert.ok(util.types.isProxy(new Proxy({}, {})));
assert.ok(util.types.isArgumentsObject((function() { return arguments; })()));
assert.ok(util.types.isUint8Array(Buffer.alloc(1)));
assert.ok(!util.types.isDate({ __proto__: Date.prototype }));
assert.ok(util.types.isBoxedPrimitive(Object(1n)));
assert.strictEqual(require('util/types'), util.types);

function outer() { return util.getCallSites(1); }
assert.strictEqual(outer()[0].functionName, 'outer');
assert.strictEqual(outer()[0].scriptName, __filename);

function Parent() {}
function Child() {}
util.inherits(Child, Parent);
assert.ok(new Child() instanceof Parent);
assert.strictEqual(Child.super_, Parent);
assert.ok(util.isDeepStrictEqual({ a: [1] }, { a: [1] }));
