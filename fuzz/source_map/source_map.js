'use strict';
// Source maps. The properties: any mappings are decoded in linear time; entries are found in the order of their
// positions, and a found one is not behind what was asked for; an index map of one section is the map itself. The input
// is a "mappings" string, or a whole map as JSON when it begins with '{'.

const assert = require('assert');
const { Buffer } = require('buffer');
const { SourceMap } = require('internal/modules/source_map');

function payloadOf(text) {
  if (!text.startsWith('{')) return { version: 3, sources: ['a', 'b'], names: ['n'], mappings: text };
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Sections begin somewhere: what has no numbers there has no order. */
function hasPlaces({ sections }) {
  if (!Array.isArray(sections)) return true;
  return sections.every((section) => Number.isInteger(section?.offset?.line) && Number.isInteger(section?.offset?.column));
}

function make(payload) {
  try {
    return new SourceMap(payload);
  } catch (error) {
    // What has not the shape of a source map.
    assert.ok(error instanceof TypeError, error.stack);
    return null;
  }
}

function checkSearch(map) {
  let last = [-1, -1];
  for (const line of [0, 1, 2, 5, 1000]) {
    for (const column of [0, 1, 7, 40, 100000]) {
      const entry = map.findEntry(line, column);
      if (entry.generatedLine === undefined) continue;
      const found = [entry.generatedLine, entry.generatedColumn];
      assert.ok(found[0] < line || (found[0] === line && found[1] <= column), `${found} for ${line},${column}`);
      assert.ok(found[0] > last[0] || (found[0] === last[0] && found[1] >= last[1]), `${found} after ${last}`);
      last = found;
      map.findOrigin(line + 1, column + 1);
    }
  }
}

module.exports = function sourceMapProperty(bytes) {
  const payload = payloadOf(Buffer.from(bytes).utf8Slice());
  if (payload === null || !hasPlaces(payload)) return;
  const map = make(payload);
  if (map === null) return;
  checkSearch(map);
  assert.deepStrictEqual(map.payload, payload);
  if (payload.sections) return;
  const index = new SourceMap({ version: 3, sections: [{ offset: { line: 0, column: 0 }, map: payload }] });
  for (const line of [0, 3]) assert.deepStrictEqual(index.findEntry(line, 9), map.findEntry(line, 9));
};
