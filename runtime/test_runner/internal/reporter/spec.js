'use strict';
// The spec reporter: the tree of tests for people, failures once more at the end. Loaded when it is asked for.

const { Transform } = require('stream');
const path = require('path');
const colors = require('internal/util/colors');
const { formatResult, indentOf, symbols } = require('internal/test_runner/reporter/format');

const levelColors = { __proto__: null, info: 'blue', warn: 'yellow', error: 'red' };

class SpecReporter extends Transform {
  // Tests whose subtests are being reported, outermost first; whether each has its heading.
  #open = [];
  #failures = [];
  #cwd = process.cwd();

  constructor() {
    super({ __proto__: null, writableObjectMode: true });
    colors.refresh();
  }

  #headings() {
    let text = '';
    for (const parent of this.#open) {
      if (parent.hasHeading) continue;
      parent.hasHeading = true;
      text += `${indentOf(parent.nesting)}${symbols.start}${parent.name}\n`;
    }
    return text;
  }

  #result(type, data) {
    const own = this.#open.pop();
    const headings = this.#headings();
    if (type === 'test:fail' && data.details?.error?.failureType !== 'subtestsFailed') this.#failures.push({ type, data });
    return headings + formatResult(type, data, own?.nesting ?? data.nesting, false);
  }

  #format({ type, data }) {
    switch (type) {
      case 'test:start':
        this.#open.push({ name: data.name, nesting: data.nesting, hasHeading: false });
        return '';
      case 'test:pass':
      case 'test:fail':
        return this.#result(type, data);
      case 'test:stderr':
      case 'test:stdout':
        return data.message;
      case 'test:diagnostic':
      case 'test:log':
        return `${indentOf(data.nesting)}${colors[levelColors[data.level] ?? 'blue']}${symbols.diagnostic}${data.message}` +
          `${colors.white}\n`;
      case 'test:coverage':
        return require('internal/test_runner/coverage_table').coverageTable(
          data.summary, symbols.diagnostic, colors);
      case 'test:summary':
        // That of a file among others is no end.
        return data.entryFile === undefined ? this.#failureList() : '';
      case 'test:interrupted':
        return this.#interrupted(data.tests);
      case 'test:watch:restarted':
        return `\nRestarted at ${new Date().toLocaleString()}\n`;
      default:
        return '';
    }
  }

  #place(data) {
    if (data.file === undefined) return '';
    return `test at ${path.relative(this.#cwd, data.file)}:${data.line}:${data.column}\n`;
  }

  #failureList() {
    if (this.#failures.length === 0) return '';
    let text = `\n${colors.red}${symbols.fail}failing tests:${colors.white}\n`;
    for (const { type, data } of this.#failures) text += `\n${this.#place(data)}${formatResult(type, data, 0, true)}`;
    this.#failures = [];
    return text;
  }

  #interrupted(tests) {
    let text = `\n${colors.yellow}Interrupted while running:${colors.white}\n`;
    for (const test of tests) {
      const place = test.file === undefined ? '' :
        ` at ${path.relative(this.#cwd, test.file)}:${test.line}:${test.column}`;
      text += `${indentOf(test.nesting)}${symbols.fail}${test.name}${colors.gray}${place}${colors.white}\n`;
    }
    return text;
  }

  _transform(event, encoding, callback) {
    callback(null, this.#format(event));
  }

  _flush(callback) {
    callback(null, this.#failureList());
  }
}

module.exports = SpecReporter;
