'use strict';
// Query strings. The properties: what was parsed, written and parsed again is the same, and written again too; a byte
// that is no part of an escape comes through unescapeBuffer; a limit on the keys gives the beginning of what no limit
// gives.

const assert = require('assert');
const { Buffer } = require('buffer');
const querystring = require('querystring');

function pairs(object) {
  return Object.entries(object).flatMap(([key, value]) => [value].flat().map((one) => [key, one]));
}

module.exports = function querystringProperty(bytes) {
  const text = Buffer.from(bytes).utf8Slice();
  for (const [separator, assignment] of [['&', '='], [';', ':'], ['&&', '=>']]) {
    const parsed = querystring.parse(text, separator, assignment, { maxKeys: 0 });
    const written = querystring.stringify(parsed, separator, assignment);
    const again = querystring.parse(written, separator, assignment, { maxKeys: 0 });
    assert.deepStrictEqual(again, parsed);
    assert.strictEqual(querystring.stringify(again, separator, assignment), written);
    const few = pairs(querystring.parse(text, separator, assignment, { maxKeys: 3 }));
    assert.ok(few.length <= 3);
    const all = pairs(parsed);
    for (const [key, value] of few) assert.ok(all.some((pair) => pair[0] === key && pair[1] === value));
  }
  const plain = Buffer.from(text.replaceAll('%', ''));
  assert.deepStrictEqual(querystring.unescapeBuffer(plain.utf8Slice()), Buffer.from(plain.utf8Slice(), 'latin1'));
  assert.strictEqual(querystring.unescape(querystring.escape(text)), text);
};
