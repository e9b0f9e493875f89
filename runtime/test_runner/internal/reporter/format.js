'use strict';
// What the spec and dot reporters print a test as. Loaded by them.

const colors = require('internal/util/colors');
const { inspect } = require('internal/util/inspect');

const symbols = {
  __proto__: null, pass: '\u2714 ', fail: '\u2716 ', diagnostic: '\u2139 ', start: '\u25B6 ', skip: '\uFE63 ', todo: '\u26A0 ',
};

const indentOf = (nesting) => '  '.repeat(nesting);

function inspectError(error) {
  const options = { __proto__: null, colors: colors.hasColors, breakLength: Infinity };
  try {
    return inspect(error, options);
  } catch {
    // Custom inspection failed.
    return inspect(error, { ...options, customInspect: false });
  }
}

/** The error of a failed test, indented. */
function formatError(error, indent) {
  if (!error) return '';
  const shown = error.code === 'ERR_TEST_FAILURE' ? error.cause : error;
  return inspectError(shown).split(/\r?\n/).map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n');
}

function looksOf(type, data) {
  if (data.skip !== undefined) return { symbol: symbols.skip, color: colors.gray };
  if (type === 'test:pass') return { symbol: symbols.pass, color: colors.green };
  if (data.todo !== undefined) return { symbol: symbols.todo, color: colors.yellow };
  return { symbol: symbols.fail, color: colors.red };
}

function directiveOf({ skip, todo, expectFailure }) {
  if (skip !== undefined) return ` # ${typeof skip === 'string' && skip.length > 0 ? skip : 'SKIP'}`;
  if (todo !== undefined) return ` # ${typeof todo === 'string' && todo.length > 0 ? todo : 'TODO'}`;
  if (expectFailure !== undefined) return ' # EXPECTED FAILURE';
  return '';
}

/** The line of a test that passed or failed, its error after it when `withError`. */
function formatResult(type, data, nesting, withError) {
  const { symbol, color } = looksOf(type, data);
  const indent = indentOf(nesting);
  const duration = data.details?.duration_ms;
  // A test that never began has taken no time.
  const time = !duration ? '' : ` ${colors.gray}(${duration}ms)${colors.white}`;
  const error = withError ? formatError(data.details?.error, indent) : '';
  const attempt = data.details?.passed_on_attempt;
  const earlier = attempt === undefined ? '' : ` (passed on attempt ${attempt})`;
  const line = `${indent}${color}${symbol}${data.name}${time}${earlier}${directiveOf(data)}${colors.white}`;
  return error === '' ? `${line}\n` : `${line}\n${error}\n`;
}

module.exports = { formatError, formatResult, indentOf, symbols };
