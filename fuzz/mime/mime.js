'use strict';
// Media types. The properties: a MIMEType's text is parsed to the same type and parameters; what set() takes comes back;
// whatever is refused is refused with ERR_INVALID_MIME_SYNTAX.

const assert = require('assert');
const { Buffer } = require('buffer');
const { MIMEParams, MIMEType } = require('internal/util/mime');

function parse(text) {
  try {
    return new MIMEType(text);
  } catch (error) {
    assert.strictEqual(error.code, 'ERR_INVALID_MIME_SYNTAX');
    return null;
  }
}

function checkSet(name, value) {
  const params = new MIMEParams();
  try {
    params.set(name, value);
  } catch (error) {
    assert.strictEqual(error.code, 'ERR_INVALID_MIME_SYNTAX');
    return;
  }
  assert.strictEqual(params.get(name), value);
  assert.strictEqual(new MIMEType(`a/b;${params}`).params.get(name), value);
}

module.exports = function mimeProperty(bytes) {
  for (const text of [Buffer.from(bytes).latin1Slice(), Buffer.from(bytes).utf8Slice()]) {
    const type = parse(text);
    const equals = text.indexOf('=');
    checkSet(text.slice(0, equals), text.slice(equals + 1));
    if (type === null) continue;
    const again = new MIMEType(`${type}`);
    assert.strictEqual(again.essence, type.essence);
    assert.deepStrictEqual([...again.params], [...type.params]);
    assert.strictEqual(`${again}`, `${type}`);
  }
};
