'use strict';

// Run with internal/util/inspect; decides how the printed parts of a value share lines: on one, in columns, or one each.

const { getStringWidth, removeColors } = require('internal/util/inspect/text');

/** Kinds of parts: properties, elements alone, elements and then properties. */
const kObject = 0;
const kArray = 1;
const kArrayExtras = 2;

const kSeparatorWidth = 2;  // `, `
const kMinColumnsEntries = 6;
const kMaxColumns = 15;

function lengthOf(ctx, part) {
  return ctx.colors ? removeColors(part).length : part.length;
}

/** Whether the parts fit in a line, `start` columns being taken. */
function fitsLine(ctx, parts, start, base) {
  let total = parts.length + start;
  if (total + parts.length > ctx.breakLength) return false;
  for (const part of parts) {
    total += lengthOf(ctx, part);
    if (total > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

/** How many columns look best: about 2.5 times as wide as high, more when few entries are long. */
function chooseColumns(ctx, entries, total, longest) {
  const bias = Math.sqrt(longest - total / entries.all);
  const width = Math.max(longest - 3 - bias, 1);
  return Math.min(
    Math.round(Math.sqrt(2.5 * width * entries.shown) / width),
    Math.floor((ctx.breakLength - ctx.indentationLvl) / longest),
    ctx.compact * 4,
    kMaxColumns);
}

/** Whether the first `count` elements are numbers; properties that follow them are not. */
function allNumeric(values, count) {
  for (let i = 0; i < count; i++) {
    const type = typeof values[i];
    if (type !== 'number' && type !== 'bigint') return false;
  }
  return true;
}

/** One line of the table. */
function joinRow(row, widths, columnWidths, alignRight) {
  let line = '';
  for (let i = 0; i < row.length; i++) {
    const isLast = i === row.length - 1;
    // Colors and wide characters: the string is longer or shorter than it looks.
    const width = columnWidths[i] + row[i].length - widths[i];
    if (alignRight) {
      line += isLast ? row[i].padStart(width - kSeparatorWidth) : `${row[i]}, `.padStart(width);
    } else {
      line += isLast ? row[i] : `${row[i]}, `.padEnd(width);
    }
  }
  return line;
}

/** Puts many short elements in columns; returns the lines, or `parts` when columns would not help. */
function groupElements(ctx, parts, value) {
  const hasMore = ctx.maxArrayLength < parts.length;  // The last part counts what is not shown.
  const shown = hasMore ? parts.length - 1 : parts.length;
  const widths = new Array(shown);
  let total = 0;
  let longest = 0;
  for (let i = 0; i < shown; i++) {
    widths[i] = getStringWidth(parts[i], ctx.colors);
    total += widths[i] + kSeparatorWidth;
    longest = Math.max(longest, widths[i]);
  }
  const width = longest + kSeparatorWidth;
  const worthwhile = width * 3 + ctx.indentationLvl < ctx.breakLength &&
    (total / width > 5 || longest <= 6);
  if (!worthwhile) return parts;
  const columns = chooseColumns(ctx, { all: parts.length, shown }, total, width);
  if (columns <= 1) return parts;
  const columnWidths = [];
  for (let column = 0; column < columns; column++) {
    let columnWidth = 0;
    for (let i = column; i < shown; i += columns) columnWidth = Math.max(columnWidth, widths[i]);
    columnWidths.push(columnWidth + kSeparatorWidth);
  }
  const alignRight = value !== undefined && allNumeric(value, parts.length);
  const lines = [];
  for (let i = 0; i < shown; i += columns) {
    const end = Math.min(i + columns, shown);
    lines.push(joinRow(parts.slice(i, end), widths.slice(i, end), columnWidths, alignRight));
  }
  if (hasMore) lines.push(parts[shown]);
  return lines;
}

/** parts.join(separator), but without copying: the parts of nested objects are long, and are joined at each level. */
function join(parts, separator) {
  let text = parts.length > 0 ? parts[0] : '';
  for (let i = 1; i < parts.length; i++) text += separator + parts[i];
  return text;
}

function joinCompactly(ctx, parts, base, braces) {
  const lead = base ? ` ${base}` : '';
  if (fitsLine(ctx, parts, 0, base)) {
    return `${braces[0]}${lead} ${parts.join(', ')} ${braces[1]}`;
  }
  const newline = `\n${' '.repeat(ctx.indentationLvl)}  `;
  const first = base === '' && braces[0].length === 1 ? ' ' : `${lead}${newline}`;
  return `${braces[0]}${first}${join(parts, `,${newline}`)} ${braces[1]}`;
}

/**
 * The printed value.
 * @param {object} ctx
 * @param {string[]} parts
 * @param {string} base what comes before the braces
 * @param {[string, string]} braces
 * @param {number} kind
 * @param {number} recurseTimes depth of the value
 * @param {unknown} [value] the array whose elements the parts are
 */
function combine(ctx, parts, base, braces, kind, recurseTimes, value) {
  if (ctx.compact === true) return joinCompactly(ctx, parts, base, braces);
  const lead = base ? `${base} ` : '';
  if (typeof ctx.compact === 'number' && ctx.compact >= 1) {
    const entries = parts.length;
    if (kind === kArrayExtras && entries > kMinColumnsEntries) {
      parts = groupElements(ctx, parts, value);
    }
    // Only so many levels of nesting may share a line.
    if (ctx.currentDepth - recurseTimes < ctx.compact && entries === parts.length) {
      const start = parts.length + ctx.indentationLvl + braces[0].length + base.length + 10;
      if (fitsLine(ctx, parts, start, base)) {
        const joined = parts.join(', ');
        if (!joined.includes('\n')) return `${lead}${braces[0]} ${joined} ${braces[1]}`;
      }
    }
  }
  const newline = `\n${' '.repeat(ctx.indentationLvl)}`;
  return `${lead}${braces[0]}${newline}  ${join(parts, `,${newline}  `)}${newline}${braces[1]}`;
}

module.exports = { combine, kArray, kArrayExtras, kObject };
