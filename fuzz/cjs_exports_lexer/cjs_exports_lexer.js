'use strict';
// The names that a CommonJS module exports, guessed from its text. The properties: the lexer gives names or nothing,
// in linear time; blanks and a comment before a program change nothing.

const assert = require('assert');
const { Buffer } = require('buffer');
const { lexExports } = internalBinding('modules');

function lex(text) {
  const found = lexExports(text);
  return found && { exports: found[0].sort(), reexports: found[1].sort() };
}

module.exports = function cjsExportsLexerProperty(bytes) {
  const text = Buffer.from(bytes).utf8Slice();
  const names = lex(text);
  if (names === undefined) return;
  for (const name of [...names.exports, ...names.reexports]) assert.strictEqual(typeof name, 'string');
  // A hashbang is one at the very beginning only.
  if (!text.startsWith('#!')) assert.deepStrictEqual(lex(`\n/* c */ ${text}`), names);
};
