'use strict';
// The dot reporter: one character for each test, failures at the end. Loaded when it is asked for.

const colors = require('internal/util/colors');
const { formatResult } = require('internal/test_runner/reporter/format');

const kMinColumns = 20;

const columns = () => Math.max(process.stdout.columns ?? kMinColumns, kMinColumns);

async function* dot(source) {
  colors.refresh();
  let count = 0;
  let width = columns();
  const failures = [];
  const problems = [];
  let summary;
  for await (const { type, data } of source) {
    if (type === 'test:pass') yield `${colors.green}.${colors.reset}`;
    if (type === 'test:fail') {
      yield `${colors.red}X${colors.reset}`;
      failures.push(data);
    }
    if (type === 'test:diagnostic' && data.level === 'error') problems.push(data.message);
    if (type === 'test:coverage') ({ summary } = data);
    if ((type === 'test:pass' || type === 'test:fail') && ++count === width) {
      yield '\n';
      width = columns();
      count = 0;
    }
  }
  yield '\n';
  if (failures.length > 0) {
    yield `\n${colors.red}Failed tests:${colors.white}\n\n`;
    for (const data of failures) yield formatResult('test:fail', data, 0, true);
  }
  for (const message of problems) yield `${colors.red}\u2139 ${message}${colors.white}\n`;
  if (summary !== undefined) {
    yield require('internal/test_runner/coverage_table').coverageTable(summary, '\u2139 ', colors.hasColors ? colors : undefined);
  }
}

module.exports = dot;
