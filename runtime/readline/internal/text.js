'use strict';

// Steps in a line of text, by characters and by words, as an editor makes them.

/** UTF-16 units of the character before `i`. */
function charLengthLeft(text, i) {
  if (i <= 0) return 0;
  return i > 1 && text.codePointAt(i - 2) > 0xFFFF ? 2 : 1;
}

/** UTF-16 units of the character at `i`; at the end 1, for cursors move one too far rather than not at all. */
function charLengthAt(text, i) {
  if (text.length <= i) return 1;
  return text.codePointAt(i) > 0xFFFF ? 2 : 1;
}

const isSpace = (char) => /\s/.test(char);
const isWord = (char) => /\w/.test(char);

/** Where the word before `end` starts: spaces, then a run of word characters or of others. */
function wordStart(text, end) {
  let i = end;
  while (i > 0 && isSpace(text[i - 1])) --i;
  if (i === 0) return 0;
  const word = isWord(text[i - 1]);
  while (i > 0 && !isSpace(text[i - 1]) && isWord(text[i - 1]) === word) --i;
  return i;
}

/** Where what follows the word at `start` begins: that run and the spaces after it. */
function wordEnd(text, start) {
  return start + (/^(?:\s+|\W+|\w+)\s*/.exec(text.slice(start))?.[0].length ?? 0);
}

function commonPrefix(strings) {
  if (strings.length === 0) return '';
  const sorted = [...strings].sort();
  const min = sorted[0];
  const max = sorted[sorted.length - 1];
  let i = 0;
  while (i < min.length && min[i] === max[i]) ++i;
  return min.slice(0, i);
}

module.exports = { charLengthAt, charLengthLeft, commonPrefix, wordEnd, wordStart };
