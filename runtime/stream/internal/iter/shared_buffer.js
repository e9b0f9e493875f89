'use strict';
// The buffer behind broadcast(), share() and shareSync(): entries in order, and readers that each have their own place
// among them. What every reader has passed is dropped.
// Evaluated with the first file of `stream/iter` that is asked for.

const { byteLength } = require('internal/stream/iter/bytes');

class SharedBuffer {
  #budget;
  // Absolute number of the first entry that is kept.
  #start = 0;
  #entries = [];
  #readers = new Set();
  bytes = 0;

  constructor(budget) {
    this.#budget = budget;
  }

  get hasRoom() {
    return this.bytes < this.#budget;
  }

  get readerCount() {
    return this.#readers.size;
  }

  readers() {
    return [...this.#readers];
  }

  has(reader) {
    return this.#readers.has(reader);
  }

  /** A reader begins at the oldest entry there is. */
  addReader(reader) {
    reader.cursor = this.#start;
    this.#readers.add(reader);
  }

  /** @returns {boolean} whether that made room */
  removeReader(reader) {
    if (!this.#readers.delete(reader)) return false;
    if (this.#readers.size > 0) return this.#trim();
    // Nobody has come for what the last one left.
    const hadRoom = this.hasRoom;
    this.clear();
    return !hadRoom;
  }

  removeAllReaders() {
    const readers = this.readers();
    this.#readers.clear();
    return readers;
  }

  push(batch) {
    this.#entries.push(batch);
    this.bytes += byteLength(batch);
  }

  hasNext(reader) {
    return reader.cursor < this.#start + this.#entries.length;
  }

  /** @returns {{ batch: Uint8Array[], freed: boolean }} the reader's next entry, and whether reading it made room */
  next(reader) {
    const batch = this.#entries[reader.cursor - this.#start];
    reader.cursor++;
    return { batch, freed: this.#trim() };
  }

  /** Makes room at the cost of those who are behind. */
  dropOldest() {
    while (!this.hasRoom) this.#drop(1);
    for (const reader of this.#readers) reader.cursor = Math.max(reader.cursor, this.#start);
  }

  clear() {
    this.#drop(this.#entries.length);
  }

  #drop(count) {
    for (let i = 0; i < count; i++) this.bytes -= byteLength(this.#entries.shift());
    this.#start += count;
  }

  #trim() {
    const hadRoom = this.hasRoom;
    let least = Infinity;
    for (const { cursor } of this.#readers) least = Math.min(least, cursor);
    if (least > this.#start) this.#drop(Math.min(least - this.#start, this.#entries.length));
    return !hadRoom && this.hasRoom;
  }
}

module.exports = { SharedBuffer };
