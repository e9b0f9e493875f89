'use strict';

// Run when assert.ok() fails without a message; finds the text of the call in the program's source.

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

/** Where `a.b['c'].ok` starts, `ok` or `['ok']` being at `position`. */
function calleeStart(text, position) {
  const before = /(?:[\p{ID_Continue}$]+|\[[^\]]*\]|\s*\??\.\s*|(?<=[\p{ID_Continue}$\]])\s*(?=\[))*$/u
    .exec(text.slice(0, position));
  const start = position - before[0].length;
  const word = /^(?:\s|(?:return|await|void|typeof|throw|new|yield|case|else|do|in|of|delete)\b)*/
    .exec(text.slice(start));
  return start + word[0].length;
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
  return source === '' ? undefined : source;
}

module.exports = { getCallSource };
