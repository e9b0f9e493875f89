'use strict';

// Run when assert.ok() fails without a message; finds the text of the call in the program's source.

// eslint-disable-next-line no-control-regex
const controlCharacters = /[\x00-\x08\x0b-\x1f\x7f]/g;

function escapeControl(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const opening = '([{';
const closing = ')]}';

/** The index behind the string, template or comment that starts at `i`; `i` if there is none. */
function skipLiteral(text, i) {
  const quote = text[i];
  if (quote === '"' || quote === "'" || quote === '`') {
    for (i++; i < text.length && text[i] !== quote; i++) {
      if (text[i] === '\\') i++;
    }
    return i + 1;
  }
  if (quote === '/' && text[i + 1] === '*') {
    const end = text.indexOf('*/', i + 2);
    return end === -1 ? text.length : end + 2;
  }
  if (quote === '/' && text[i + 1] === '/') return text.length;
  if (quote === '/' && /(?:^|[(,=:[!&|?{};+\-*%~^<>])\s*$/.test(text.slice(0, i))) {
    const expression = /^\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[a-z]*/.exec(text.slice(i));
    return expression === null ? i : i + expression[0].length;
  }
  return i;
}

/** Where the call ends whose parenthesis opens at or behind `start`; the end of the line if it goes on below. */
function callEnd(text, start) {
  let depth = 0;
  for (let i = text.indexOf('(', start); i !== -1 && i < text.length;) {
    const behind = skipLiteral(text, i);
    if (behind > i) {
      i = behind;
      continue;
    }
    if (opening.includes(text[i])) depth++;
    else if (closing.includes(text[i]) && --depth === 0) return i + 1;
    i++;
  }
  return text.length;
}

const identifierPart = /[\p{ID_Continue}$]/u;

/** The index of the bracket that opens the one at `close`, -1 without one. */
function openingBracket(text, close) {
  let depth = 0;
  for (let i = close; i >= 0; i--) {
    if (text[i] === ']') depth++;
    else if (text[i] === '[' && --depth === 0) return i;
  }
  return -1;
}

/** Where `a.b['c'].ok` starts, `ok` or `['ok']` being at `position`. */
function calleeStart(text, position) {
  let start = position;
  for (let i = position; i > 0;) {
    const spaces = i - text.slice(0, i).trimEnd().length;
    const before = text[i - 1];
    if (identifierPart.test(before)) {
      start = --i;
    } else if (before === ']' && openingBracket(text, i - 1) !== -1) {
      start = i = openingBracket(text, i - 1);
    } else if (before === '.') {
      i -= text[i - 2] === '?' ? 2 : 1;
      // White space may stand on both sides.
      i = text.slice(0, i).trimEnd().length;
    } else if (spaces > 0 && (text[i - spaces - 1] === '.' || text[i] === '[')) {
      i -= spaces;
    } else {
      break;
    }
  }
  return start;
}

/**
 * The source of the call that the stack of `error` starts with, its first line at least.
 * @param {Error} error
 * @returns {string | undefined}
 */
function getCallSource(error) {
  const position = internalBinding('errors').getSourcePosition(error);
  if (position === undefined) return undefined;
  const [line, column] = position;
  const start = calleeStart(line, column);
  const source = line.slice(start, callEnd(line, column)).trimEnd();
  return source === '' ? undefined : source.replace(controlCharacters, escapeControl);
}

module.exports = { getCallSource };
