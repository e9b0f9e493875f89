'use strict';
// The coverage report of the tap and spec reporters: a table of files in the tree of their folders, as wide as the terminal.

const path = require('path');

const kNumbers = [
  ['line %', 'coveredLinePercent'], ['branch %', 'coveredBranchPercent'], ['funcs %', 'coveredFunctionPercent'],
];
const kUncovered = 'uncovered lines';
const kEllipsis = '\u2026';
const kHigh = 90;
const kLow = 50;
const kNoColors = { blue: '', green: '', white: '', yellow: '', red: '' };

/** "5-7 9 11-13": the lines that nothing ran. */
function uncoveredLines(lines) {
  const ranges = [];
  for (const { line, count } of lines) {
    if (count > 0) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(' ');
}

/** Rows in the order of the files: {name, depth, file?}. */
function rowsOf(files, workingDirectory) {
  const tree = { folders: new Map(), entries: [] };
  for (const file of files) {
    const parts = path.relative(workingDirectory, file.path).split(path.sep);
    const name = parts.pop();
    let node = tree;
    for (const part of parts) {
      let folder = node.folders.get(part);
      if (folder === undefined) {
        folder = { name: part, folders: new Map(), entries: [] };
        node.folders.set(part, folder);
        node.entries.push(folder);
      }
      node = folder;
    }
    node.entries.push({ name, file });
  }
  const rows = [];
  const visit = (node, depth) => {
    for (const entry of node.entries) {
      rows.push({ name: entry.name, depth, file: entry.file });
      if (entry.entries !== undefined) visit(entry, depth + 1);
    }
  };
  visit(tree, 0);
  return rows;
}

class Table {
  constructor(summary, prefix, colors = kNoColors) {
    this.prefix = prefix;
    this.colors = colors;
    this.rows = rowsOf(summary.files, summary.workingDirectory);
    this.totals = summary.totals;
    const uncovered = this.rows.map(({ file }) => (file === undefined ? '' : uncoveredLines(file.lines)));
    this.rows.forEach((row, i) => { row.uncovered = uncovered[i]; });
    this.#measure();
  }

  #measure() {
    const numbers = kNumbers.reduce((sum, [title]) => sum + title.length + 3, 3);
    const available = (process.stdout.columns ?? Infinity) - this.prefix.length;
    // Colored names are set apart by two.
    const extra = this.colors.red === '' ? 0 : 2;
    // The longest name, as deep as the deepest.
    const deepest = Math.max(0, ...this.rows.map(({ depth }) => depth));
    this.fileWidth = Math.max('all files'.length, ...this.rows.map(({ name }) => name.length + deepest + extra));
    this.uncoveredWidth = Math.max(kUncovered.length, ...this.rows.map(({ uncovered }) => uncovered.length));
    this.width = this.fileWidth + numbers + this.uncoveredWidth + 1;
    if (this.width <= available) return;
    this.width = available;
    this.fileWidth = Math.min(this.fileWidth, Math.floor(available / 2));
    this.uncoveredWidth = Math.max(1, available - 1 - numbers - this.fileWidth);
  }

  #colored(text, percent) {
    const { blue, green, red, yellow } = this.colors;
    return `${percent >= kHigh ? green : percent >= kLow ? yellow : red}${text}${blue}`;
  }

  #name({ name, depth, file }) {
    const width = this.fileWidth - depth;
    const text = name.length > width ? kEllipsis + name.slice(name.length - width + 1) : name;
    const padded = text.padEnd(width);
    if (file === undefined) return ' '.repeat(depth) + padded;
    const average = kNumbers.reduce((sum, [, key]) => sum + file[key], 0) / kNumbers.length;
    return ' '.repeat(depth) + this.#colored(padded, average);
  }

  #line(name, numberOf, uncovered) {
    const numbers = kNumbers.map(([title, key]) => numberOf(title, key));
    const rest = uncovered.length > this.uncoveredWidth ? uncovered.slice(0, this.uncoveredWidth - 1) + kEllipsis : uncovered;
    return `${name} | ${numbers.join(' | ')} | ${rest}`;
  }

  #percent(source, title, key) {
    return this.#colored(source[key].toFixed(2).padStart(title.length), source[key]);
  }

  text() {
    const { blue, white } = this.colors;
    const border = '-'.repeat(this.width);
    const blank = (title) => this.#colored(' '.repeat(title.length));
    const lines = [
      'start of coverage report',
      border,
      this.#line('file'.padEnd(this.fileWidth), (title) => this.#colored(title), kUncovered),
      border,
      ...this.rows.map((row) => this.#line(
        this.#name(row), (title, key) => (row.file === undefined ? blank(title) : this.#percent(row.file, title, key)),
        row.uncovered)),
      border,
      this.#line('all files'.padEnd(this.fileWidth), (title, key) => this.#percent(this.totals, title, key), ''),
      border,
      'end of coverage report',
    ];
    return blue + lines.map((line) => `${this.prefix}${line}\n`).join('') + white;
  }
}

/**
 * @param {object} summary of the event test:coverage
 * @param {string} prefix of each line
 * @param {object} [colors] internal/util/colors
 */
function coverageTable(summary, prefix, colors) {
  return new Table(summary, prefix, colors).text();
}

module.exports = { coverageTable };
