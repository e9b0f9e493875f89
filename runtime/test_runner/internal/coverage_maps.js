'use strict';
// Coverage of scripts that were made of other files, as their source maps say (--enable-source-maps): what V8 counted in
// the script becomes counts of the files. Loaded by internal/test_runner/coverage for the first script with a map.

const fs = require('fs');
const { codes: { ERR_SOURCE_MAP_CORRUPT, ERR_SOURCE_MAP_MISSING_SOURCE } } = require('internal/errors');
const { SourceMap } = require('internal/modules/source_map');
const { fileURLToPath } = require('internal/url');

/** Offsets at which the lines of a text begin. */
function lineStarts(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The zero-based line that an offset is in. */
function lineOf(starts, offset) {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle;
  }
  return low;
}

function readSource(source, content, url) {
  if (typeof content === 'string') return content;
  try {
    return fs.readFileSync(fileURLToPath(source), 'utf8');
  } catch {
    throw new ERR_SOURCE_MAP_MISSING_SOURCE(source, url);
  }
}

/** An original file: its text, and places in it. */
class Original {
  functions = [];
  #starts;

  constructor(text) {
    this.text = text;
    this.#starts = lineStarts(text);
  }

  #lineAt(line) {
    const start = this.#starts[line] ?? this.text.length;
    const next = this.#starts[line + 1];
    return { start, end: next === undefined ? this.text.length : next - 1 };
  }

  /** Where something begins: at the begin of its line when nothing is before it. */
  begin(line, column) {
    const { start } = this.#lineAt(line);
    return this.text.slice(start, start + column).trim() === '' ? start : start + column;
  }

  /** Where something ends whose last token is there: at the end of its line when only what closes it is behind it. */
  end(line, column) {
    const { start, end } = this.#lineAt(line);
    const token = /^(?:[\w$]+|[^])/.exec(this.text.slice(start + column, end))?.[0] ?? '';
    const behind = start + column + token.length;
    return /^[\s;,)\]}]*$/.test(this.text.slice(behind, end)) ? end : behind;
  }
}

class ScriptMap {
  #map;
  #starts;
  #originals = new Map();

  constructor(url, text, payload) {
    if (payload === null || typeof payload !== 'object') throw new ERR_SOURCE_MAP_CORRUPT(url);
    this.#map = new SourceMap(payload);
    this.#starts = lineStarts(text);
    for (const [i, source] of (payload.sources ?? []).entries()) {
      this.#originals.set(source, new Original(readSource(source, payload.sourcesContent?.[i], url)));
    }
  }

  #entryAt(offset) {
    const line = lineOf(this.#starts, offset);
    const entry = this.#map.findEntry(line, offset - this.#starts[line]);
    return entry.originalSource === undefined ? undefined : entry;
  }

  /** Before a mapping is what a compiler has added: the first one in a range. */
  #firstEntry(startOffset, endOffset) {
    for (let line = lineOf(this.#starts, startOffset); this.#starts[line] < endOffset; line++) {
      const entry = this.#entryAt(Math.min((this.#starts[line + 1] ?? Infinity) - 1, endOffset - 1));
      // Of its line the first one.
      if (entry !== undefined) return this.#entryAt(this.#starts[entry.generatedLine]) ?? entry;
    }
    return undefined;
  }

  /** A range of the script in an original file; undefined when there is none, or it is in several. */
  #mapRange({ startOffset, endOffset, count }) {
    const first = this.#entryAt(startOffset) ?? this.#firstEntry(startOffset, endOffset);
    const last = this.#entryAt(endOffset - 1);
    if (first === undefined || last === undefined || first.originalSource !== last.originalSource) return undefined;
    const original = this.#originals.get(first.originalSource);
    if (original === undefined) return undefined;
    const start = original.begin(first.originalLine, first.originalColumn);
    const end = original.end(last.originalLine, last.originalColumn);
    return end < start ? undefined : { original, range: { startOffset: start, endOffset: end, count } };
  }

  add({ functionName, isBlockCoverage, ranges }, isModule) {
    const mapped = ranges.map((range) => this.#mapRange(range)).filter((each) => each !== undefined);
    if (mapped.length === 0) return;
    const { original } = mapped[0];
    original.functions.push({
      functionName, isBlockCoverage, isModule,
      ranges: mapped.filter((each) => each.original === original).map(({ range }) => range),
    });
  }

  get originals() {
    return this.#originals;
  }
}

/**
 * What was counted in a script, by original file.
 * @param {string} url
 * @param {string} text of the script
 * @param {object[]} functions as V8 counts
 * @param {object|null} payload of its source map
 * @returns {Map<string, {text: string, functions: object[]}>} by URL
 */
function mapScript(url, text, functions, payload) {
  const map = new ScriptMap(url, text, payload);
  for (const [i, each] of functions.entries()) map.add(each, i === 0);
  return map.originals;
}

module.exports = { mapScript };
