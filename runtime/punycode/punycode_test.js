'use strict';

// punycode, and its warning. Runs under Node, too.

const assert = require('assert');

const warnings = [];
process.on('warning', (warning) => warnings.push(warning.code));
process.on('exit', () => assert.deepStrictEqual(warnings, ['DEP0040']));

const punycode = require('punycode');

const pairs = [
  ['', ''],
  ['abc', 'abc-'],
  ['ma\u00f1ana', 'maana-pta'],
  ['\u2603-\u2318', '--dqo34k'],
  ['\u{1f600}x', 'x-iv3s'],
];
for (const [text, encoded] of pairs) {
  assert.strictEqual(punycode.encode(text), encoded);
  assert.strictEqual(punycode.decode(encoded), text);
}

assert.strictEqual(punycode.toASCII('ma\u00f1ana.com'), 'xn--maana-pta.com');
assert.strictEqual(punycode.toASCII('u@b\u00fccher.de'), 'u@xn--bcher-kva.de');
assert.strictEqual(punycode.toASCII('a\u3002b'), 'a.b');
assert.strictEqual(punycode.toUnicode('xn--maana-pta.com'), 'ma\u00f1ana.com');
assert.deepStrictEqual(punycode.ucs2.decode('a\u{1f600}\ud800'), [0x61, 0x1f600, 0xd800]);
assert.strictEqual(punycode.ucs2.encode([0x61, 0x1f600]), 'a\u{1f600}');
assert.throws(() => punycode.decode('\u00e9-'), { name: 'RangeError', message: /Illegal input >= 0x80/ });
assert.throws(() => punycode.decode('='), { name: 'RangeError', message: 'Invalid input' });
