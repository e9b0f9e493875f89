'use strict';

// Run with internal/util/inspect; makes the text side of it: quoted strings, widths on a terminal, escape sequences.

const { fullWidthRanges, zeroWidthRanges } = require('internal/util/inspect/unicode');

const escapes = {
  '__proto__': null, '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\',
};

const kSingleQuote = "'";
// eslint-disable-next-line no-control-regex
const controlOrBackslash = /[\x00-\x1f\\\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const controlOrBackslashAll = new RegExp(controlOrBackslash.source, 'g');

function escapeCharacter(character) {
  const known = escapes[character];
  if (known !== undefined) return known;
  const code = character.charCodeAt(0);
  if (code > 0xff) return `\\u${code.toString(16)}`;
  return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Makes control characters, backslashes and lone surrogates visible. */
function escapeText(text) {
  return controlOrBackslash.test(text) ? text.replace(controlOrBackslashAll, escapeCharacter) : text;
}

/** `text` as a literal, in the quotes that need the fewest escapes. */
function quote(text) {
  const escaped = escapeText(text);
  if (!text.includes(kSingleQuote)) return `'${escaped}'`;
  if (!text.includes('"')) return `"${escaped}"`;
  if (!text.includes('`') && !text.includes('${')) return `\`${escaped}\``;
  return `'${escaped.replaceAll(kSingleQuote, "\\'")}'`;
}

// What terminals take as commands: OSC strings, which end in BEL or ST, CSI sequences, and short ones.
const ansiPattern = new RegExp(
  '(?:\\u001B\\]|\\u009D)[^\\u0007\\u001B\\u009C]*(?:\\u0007|\\u001B\\\\|\\u009C)' +
  '|(?:\\u001B\\[|\\u009B)[0-?]*[ -/]*[@-~]' +
  '|[\\u001B\\u009B][[\\]()#;?]*(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-nq-uy=><~]', 'g');

/** @param {string} text */
function stripVTControlCharacters(text) {
  require('internal/validators').validateString(text, 'str');
  if (!text.includes('\u001b') && !/[\u009b\u009d]/.test(text)) return text;
  return text.replace(ansiPattern, '');
}

// eslint-disable-next-line no-control-regex
const colorPattern = /\u001b\[\d\d?m/g;

function removeColors(text) {
  return text.replace(colorPattern, '');
}

/** Whether `code` lies in one of the sorted [first, last] pairs of a flat table. */
function inRanges(table, code) {
  let low = 0;
  let high = table.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (code < table[2 * middle]) high = middle - 1;
    else if (code > table[2 * middle + 1]) low = middle + 1;
    else return true;
  }
  return false;
}

function isZeroWidthCodePoint(code) {
  return inRanges(zeroWidthRanges, code);
}

const printableAscii = /^[\x20-\x7e]*$/;

/** How many columns of a terminal `text` takes. */
function getStringWidth(text, removeControlCharacters = true) {
  if (printableAscii.test(text)) return text.length;
  if (removeControlCharacters) text = stripVTControlCharacters(text);
  let width = 0;
  for (const character of text.normalize('NFC')) {
    const code = character.codePointAt(0);
    if (inRanges(fullWidthRanges, code)) width += 2;
    else if (!isZeroWidthCodePoint(code)) width++;
  }
  return width;
}

module.exports = {
  escapeText,
  getStringWidth,
  isZeroWidthCodePoint,
  quote,
  removeColors,
  stripVTControlCharacters,
};
