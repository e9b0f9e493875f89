'use strict';

// Run on first use of console.table(); draws collections of objects as a table.

const { getStringWidth, inspect } = require('internal/util/inspect');
const { isMap, isMapIterator, isSet, isSetIterator } = require('internal/util/types');
const { validateArray } = require('internal/validators');

const kIndex = '(index)';
const kIteration = '(iteration index)';
const kKey = 'Key';
const kValues = 'Values';

/** The text of a cell. */
function makePrinter(options) {
  return (value) => {
    const isLarge = value !== null && typeof value === 'object' && !Array.isArray(value) &&
      Object.keys(value).length > 2;
    return inspect(value, {
      maxArrayLength: 3, breakLength: Infinity, ...options, depth: isLarge ? -1 : 0,
    });
  };
}

function drawRow(cells, widths) {
  const padded = cells.map((cell, i) => ` ${cell}${' '.repeat(widths[i] - getStringWidth(cell) - 1)}`);
  return `\u2502${padded.join('\u2502')}\u2502\n`;
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
function drawTable(head, rows) {
  const widths = head.map((title, i) =>
    rows.reduce((width, row) => Math.max(width, getStringWidth(row[i])), getStringWidth(title)) + 2);
  const lines = widths.map((width) => '\u2500'.repeat(width));
  return `\u250c${lines.join('\u252c')}\u2510\n` +
    drawRow(head, widths) +
    `\u251c${lines.join('\u253c')}\u2524\n` +
    rows.map((row) => drawRow(row, widths)).join('') +
    `\u2514${lines.join('\u2534')}\u2518`;
}

function previewOf(iterator) {
  return internalBinding('util').previewEntries(iterator, true);
}

/** Maps and sets have no properties to make columns of: undefined for anything else. */
function renderCollection(data, print) {
  const isIteratorOfMap = isMapIterator(data);
  if (isMap(data) || isIteratorOfMap) {
    let pairs;
    if (isIteratorOfMap) {
      const [entries, isKeyValue] = previewOf(data);
      if (!isKeyValue) return renderValues(entries, print);
      pairs = entries.filter((each, i) => i % 2 === 0)
        .map((key, i) => [key, entries[2 * i + 1]]);
    } else {
      pairs = [...Map.prototype.entries.call(data)];
    }
    const rows = pairs.map(([key, value], i) => [`${i}`, print(key), print(value)]);
    return drawTable([kIteration, kKey, kValues], rows);
  }
  if (isSetIterator(data)) {
    const [entries, isKeyValue] = previewOf(data);
    return renderValues(isKeyValue ? entries.filter((each, i) => i % 2 === 0) : entries, print);
  }
  if (isSet(data)) return renderValues([...Set.prototype.values.call(data)], print);
  return undefined;
}

function renderValues(values, print) {
  return drawTable([kIteration, kValues], values.map((value, i) => [`${i}`, print(value)]));
}

function isPrimitive(value) {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}

function renderObjects(data, properties, print) {
  const indexes = Object.keys(data);
  const columns = new Map();
  const values = [];
  indexes.forEach((index, row) => {
    const item = data[index];
    const primitive = isPrimitive(item);
    if (primitive && properties === undefined) {
      values[row] = print(item);
      return;
    }
    for (const key of properties ?? Object.keys(item)) {
      if (!columns.has(key)) columns.set(key, []);
      if (!primitive && Object.hasOwn(item, key)) columns.get(key)[row] = print(item[key]);
    }
  });
  const head = [kIndex, ...[...columns.keys()].map(String)];
  const cells = [indexes, ...columns.values()];
  if (values.length > 0) {
    head.push(kValues);
    cells.push(values);
  }
  return drawTable(head, indexes.map((index, row) => cells.map((column) => column[row] ?? '')));
}

/**
 * @param {object} data
 * @param {string[]} [properties] the columns to show
 * @param {object} options for inspecting cells
 */
function renderTable(data, properties, options) {
  if (properties !== undefined) validateArray(properties, 'properties');
  const print = makePrinter(options);
  return renderCollection(data, print) ?? renderObjects(data, properties, print);
}

module.exports = { renderTable };
