'use strict';
// module.SourceMap: a parsed source map (https://tc39.es/ecma426/), index maps included, and the search for what a
// position in generated code was written as. Loaded by module.findSourceMap and --enable-source-maps.

const { validateObject } = require('internal/validators');

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
// What is no digit counts as zero and ends a number, as the end of the text does.
const valueOf = new Uint8Array(128);
for (let i = 0; i < digits.length; i++) valueOf[digits.charCodeAt(i)] = i;

/** Reads the numbers of a "mappings" string. */
class VlqReader {
  constructor(mappings) {
    // What is no string is read as its text if it has a length, and refused in these words if it is nothing: as in Node.
    this.text = ''.charAt.call(mappings, 0) !== '' && mappings.length > 0 ? String(mappings) : '';
    this.position = 0;
  }

  atEnd() {
    return this.position >= this.text.length;
  }

  /** Whether the current segment has no further number. */
  atSegmentEnd() {
    const char = this.text[this.position];
    return char === undefined || char === ',' || char === ';';
  }

  next() {
    let result = 0;
    let shift = 0;
    let digit;
    do {
      const code = this.text.charCodeAt(this.position++);
      digit = code < 128 ? valueOf[code] : 0;
      result += (digit & 31) << shift;
      shift += 5;
    } while (digit & 32);
    // The lowest bit is the sign; -0 stands for the smallest 32-bit number.
    const negative = result & 1;
    result >>>= 1;
    if (!negative) return result;
    return result === 0 ? -0x8000_0000 : -result;
  }
}

/**
 * @typedef {object} Entry
 * @property {number} generatedLine
 * @property {number} generatedColumn
 * @property {string|undefined} originalSource
 * @property {number|undefined} originalLine
 * @property {number|undefined} originalColumn
 * @property {string|undefined} name
 */

/** Adds the entries of one map, `line` and `column` being where its part of the file begins. */
function decode(map, line, column, entries) {
  const { sources, names = [], mappings } = map;
  const root = map.sourceRoot && !map.sourceRoot.endsWith('/') ? `${map.sourceRoot}/` : map.sourceRoot ?? '';
  const urls = sources.map((source) => root + source);
  const reader = new VlqReader(mappings);
  let sourceIndex = 0;
  let originalLine = 0;
  let originalColumn = 0;
  let nameIndex = 0;
  while (!reader.atEnd()) {
    if (reader.atSegmentEnd()) {
      if (reader.text[reader.position++] === ';') {
        line++;
        column = 0;
      }
      continue;
    }
    column += reader.next();
    if (reader.atSegmentEnd()) {
      entries.push({ generatedLine: line, generatedColumn: column });
      continue;
    }
    sourceIndex += reader.next();
    originalLine += reader.next();
    originalColumn += reader.next();
    let name;
    if (!reader.atSegmentEnd()) {
      nameIndex += reader.next();
      name = names[nameIndex];
    }
    entries.push({
      generatedLine: line, generatedColumn: column, originalSource: urls[sourceIndex], originalLine, originalColumn,
      name,
    });
  }
}

function compareEntries(a, b) {
  return a.generatedLine - b.generatedLine || a.generatedColumn - b.generatedColumn;
}

function clone(payload) {
  const copy = { ...payload };
  for (const key of Object.keys(copy)) {
    if (Array.isArray(copy[key])) copy[key] = copy[key].slice();
  }
  return copy;
}

class SourceMap {
  #payload;
  #lineLengths;
  /** @type {Entry[]} */
  #entries = [];

  constructor(payload, { lineLengths } = {}) {
    validateObject(payload, 'payload');
    this.#payload = clone(payload);
    this.#lineLengths = lineLengths === undefined ? undefined : [...lineLengths];
    const { sections } = payload;
    if (sections) {
      for (const { map, offset } of sections) decode(map, offset.line, offset.column, this.#entries);
    } else {
      decode(payload, 0, 0, this.#entries);
    }
    this.#entries.sort(compareEntries);
  }

  get payload() {
    return clone(this.#payload);
  }

  get lineLengths() {
    return this.#lineLengths === undefined ? undefined : [...this.#lineLengths];
  }

  /**
   * The last mapping at or before a position of the generated file, both zero-based; {} when there is none.
   * @returns {Entry|{}}
   */
  findEntry(lineOffset, columnOffset) {
    const wanted = { generatedLine: lineOffset, generatedColumn: columnOffset };
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareEntries(this.#entries[middle], wanted) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const entry = this.#entries[low - 1];
    return entry === undefined ? {} : { ...entry };
  }

  /** The same for positions counted from one, as in stacks. */
  findOrigin(lineNumber, columnNumber) {
    const entry = this.findEntry(lineNumber - 1, columnNumber - 1);
    if (entry.originalSource === undefined || entry.originalLine === undefined || entry.originalColumn === undefined) {
      return {};
    }
    return {
      name: entry.name,
      fileName: entry.originalSource,
      lineNumber: lineNumber - 1 - entry.generatedLine + entry.originalLine + 1,
      columnNumber: columnNumber - 1 - entry.generatedColumn + entry.originalColumn + 1,
    };
  }
}

module.exports = { SourceMap };
