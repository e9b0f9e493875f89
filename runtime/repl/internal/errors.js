'use strict';
// How the REPL prints what was thrown. Loaded by repl.

const { overrideStackTrace } = require('internal/errors');
const { isNativeError } = require('internal/util/types');

const kLineWidth = 80;
const kPlace = /^REPL\d+:\d+$/;
const kFrame = /^\s+at /;
const kReplFile = /^REPL\d+$/;
const kReplFrame = /^\s+at .*\bREPL\d+:\d+/;
const kErrorLine = /^\[?(?:[A-Z][A-Za-z0-9_]*)?(?:Error|Exception)\b/;

/** The frames between the line that was typed and what it threw, in the program's own format should it have one. */
function formatFrames(error, frames) {
  const last = error.name === 'SyntaxError' ? 0 : frames.findLastIndex((frame) => kReplFile.test(frame.getFileName()));
  const kept = last === -1 ? frames : frames.slice(0, last);
  if (typeof Error.prepareStackTrace === 'function') return Error.prepareStackTrace(error, kept);
  return [Error.prototype.toString.call(error), ...kept.map((frame) => `    at ${frame}`)].join('\n');
}

/** Ends a stack where the line that was typed begins. */
function trimStack(error) {
  let isTrimmed = false;
  try {
    // The stack has a format only once it is looked at; when that has been done, its text is what there is.
    overrideStackTrace.set(error, (...args) => {
      isTrimmed = true;
      return formatFrames(...args);
    });
    const { stack } = error;
    overrideStackTrace.delete(error);
    if (typeof stack !== 'string' || isTrimmed) return;
    const lines = stack.split('\n');
    let last = lines.findLastIndex((line) => kReplFrame.test(line));
    if (error.name === 'SyntaxError') last = lines.findIndex((line) => kFrame.test(line));
    // A syntax error has its place in front: name of the line, its text, a caret.
    const first = kPlace.test(lines[0]) ? 1 : 0;
    if (last !== -1 || first > 0) error.stack = lines.slice(first, last === -1 ? undefined : last).join('\n');
  } catch {
    // A stack that cannot be read or set stays as it is.
  }
}

function textOf(error, writer) {
  const text = writer(error);
  return text[0] === '[' && text.at(-1) === ']' ? text.slice(1, -1) : text;
}

/** `Uncaught ...`, ending with a newline. */
function formatUncaught(error, writer) {
  const isObject = error !== null && typeof error === 'object';
  if (isObject && isErrorLike(error)) trimStack(error);
  const text = isObject ? textOf(error, writer) : writer(error);
  const lines = text.split('\n');
  const line = lines.findIndex((one) => kErrorLine.test(one));
  let result;
  if (line !== -1) {
    lines[line] = `Uncaught${lines[line].length > kLineWidth ? ':\n' : ' '}${lines[line]}`;
    result = lines.join('\n');
  } else {
    result = lines.length === 1 ? `Uncaught ${text}` : `Uncaught:\n${text}`;
  }
  return `${result}${result.endsWith('\n') ? '' : '\n'}`;
}

const isErrorLike = (value) => isNativeError(value) || value instanceof Error || typeof value.stack === 'string';

module.exports = { formatUncaught };
