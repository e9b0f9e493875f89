'use strict';
// The TAP reporter: version 13, details of a test as YAML. Loaded when it is asked for.

const { inspect } = require('internal/util/inspect');
const { isDate, isNativeError } = require('internal/util/types');

const kIndent = '    ';
const escapes = { '\b': '\\b', '\f': '\\f', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\v': '\\v' };

const indentOf = (nesting) => kIndent.repeat(nesting);

/** A description, directive or comment: no character of it may mean anything to TAP. */
function escape(text) {
  return text.replaceAll('\\', '\\\\').replaceAll('#', '\\#').replaceAll(/[\b\f\t\n\r\v]/g, (char) => `\\${escapes[char]}`);
}

function directiveOf({ skip, todo, expectFailure }) {
  const text = (word, value) => ` # ${word}${typeof value === 'string' ? ` ${escape(value)}` : ''}`;
  if (skip !== undefined) return text('SKIP', skip === '' ? true : skip);
  if (todo !== undefined) return text('TODO', todo === '' ? true : todo);
  if (expectFailure !== undefined) return text('EXPECTED FAILURE', expectFailure);
  return '';
}

function block(indent, name, lines) {
  return `${indent}  ${name}: |-\n${lines.map((line) => `${indent}    ${line}\n`).join('')}`;
}

function framesOf(error) {
  const frames = [];
  if (typeof error?.stack !== 'string') return frames;
  for (const line of error.stack.split('\n')) {
    const frame = /^\s+at (.*)$/.exec(line);
    if (frame !== null) frames.push(frame[1]);
  }
  return frames;
}

function errorToYaml(indent, error) {
  const isFailure = error.code === 'ERR_TEST_FAILURE' && error.failureType !== undefined;
  const cause = isFailure && error.cause !== null && typeof error.cause === 'object' && isNativeError(error.cause);
  const shown = cause ? error.cause : error;
  let text = '';
  if (isFailure) text += toYaml(indent, 'failureType', error.failureType);
  text += toYaml(indent, 'exitCode', error.exitCode) + toYaml(indent, 'signal', error.signal);
  text += toYaml(indent, 'error', shown.message);
  text += toYaml(indent, 'code', shown.code ?? error.code);
  if (shown.name && shown.name !== 'Error') text += toYaml(indent, 'name', shown.name);
  if (shown.code === 'ERR_ASSERTION') {
    const seen = new Set();
    text += toYaml(indent, 'expected', shown.expected, seen);
    text += toYaml(indent, 'actual', shown.actual, seen);
    text += toYaml(indent, 'operator', shown.operator);
  }
  const frames = framesOf(shown);
  return frames.length > 0 ? text + block(indent, 'stack', frames) : text;
}

function stringToYaml(indent, name, value) {
  const lines = value.split(/\r?\n/);
  return lines.length === 1 ? `${indent}  ${name}: ${inspect(value)}\n` : block(indent, name, lines);
}

function toYaml(indent, name, value, seen = new Set()) {
  const key = `${indent}  ${name}:`;
  if (value === undefined) return '';
  if (value === null) return `${key} ~\n`;
  if (typeof value === 'string') return stringToYaml(indent, name, value);
  if (typeof value !== 'object') return `${key} ${inspect(value)}\n`;
  if (seen.has(value)) return `${key} <Circular>\n`;
  if (isDate(value)) return `${key} ${value.toISOString()}\n`;
  if (isNativeError(value)) return `${key}\n${errorToYaml(`${indent}  `, value)}`;
  seen.add(value);
  let text = `${key}\n`;
  for (const [property, inner] of Object.entries(value)) text += toYaml(`${indent}  `, property, inner, seen);
  seen.delete(value);
  return text;
}

function detailsOf(indent, data) {
  const { duration_ms: duration, type, error } = data.details;
  let text = `${indent}  ---\n`;
  text += toYaml(indent, 'duration_ms', duration);
  text += toYaml(indent, 'type', type);
  if (error) {
    if (data.file !== undefined) text += toYaml(indent, 'location', `${data.file}:${data.line}:${data.column}`);
    text += errorToYaml(indent, error);
  }
  return `${text}${indent}  ...\n`;
}

function* resultOf(status, data) {
  const indent = indentOf(data.nesting);
  const name = data.name === '' ? '' : ` - ${escape(data.name)}`;
  yield `${indent}${status} ${data.testNumber}${name}${directiveOf(data)}\n`;
  yield detailsOf(indent, data);
}

const commentOf = (nesting, message) => `${indentOf(nesting)}# ${escape(message)}\n`;

async function* tap(source) {
  yield 'TAP version 13\n';
  for await (const { type, data } of source) {
    switch (type) {
      case 'test:fail':
        yield* resultOf('not ok', data);
        break;
      case 'test:pass':
        yield* resultOf('ok', data);
        break;
      case 'test:plan':
        yield `${indentOf(data.nesting)}1..${data.count}\n`;
        break;
      case 'test:start':
        yield `${indentOf(data.nesting)}# Subtest: ${escape(data.name)}\n`;
        break;
      case 'test:stderr':
      case 'test:stdout':
        for (const line of data.message.split(/\r?\n/)) if (line !== '') yield commentOf(0, line);
        break;
      case 'test:diagnostic':
      case 'test:log':
        yield commentOf(data.nesting, data.message);
        break;
      case 'test:coverage':
        yield require('internal/test_runner/coverage_table').coverageTable(data.summary, '# ');
        break;
      case 'test:interrupted':
        for (const test of data.tests) {
          yield `# Interrupted while running: ${escape(test.name)} at ${test.file}:${test.line}:${test.column}\n`;
        }
        break;
      default:
    }
  }
}

module.exports = tap;
