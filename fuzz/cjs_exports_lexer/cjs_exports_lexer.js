'use strict';
// The names that a CommonJS module exports, guessed from its text. The properties: the lexer gives names or throws an
// Error, in linear time; blanks and a comment before a program change nothing.

const assert = require('assert');
const { Buffer } = require('buffer');
const { parse } = require('internal/deps/cjs_module_lexer');

function lex(text) {
  try {
    const { exports, reexports } = parse(text);
    return { exports: [...exports].sort(), reexports: [...reexports].sort() };
  } catch (error) {
    assert.ok(error instanceof Error);
    return null;
  }
}

module.exports = function cjsExportsLexerProperty(bytes) {
  const text = Buffer.from(bytes).utf8Slice();
  const names = lex(text);
  if (names === null) return;
  for (const name of [...names.exports, ...names.reexports]) assert.strictEqual(typeof name, 'string');
  // The lexer takes a keyword at the very beginning for a name.
  if (!text.startsWith('#!')) assert.deepStrictEqual(lex(`\n/* c */ ${text}`), lex(`\n${text}`));
};
