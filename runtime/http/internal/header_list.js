// The headers of a message that is being made: in the order in which they were first set, found by their names in any
// case. There are few of them, and most names are known (internal/http/common): looking through a list by identity is
// quicker than an object whose keys are made at run time.
// Run once per realm by internal/http/outgoing.
'use strict';

const { findHeaderName } = require('internal/http/common');

class HeaderList {
  constructor() {
    this.entries = [];    // of {known, name, value}; `known` is what headerName() says of the name
  }

  /** The place of a name as headerName() knows it, or -1. */
  placeOf(known) {
    const { entries } = this;
    for (let i = 0; i < entries.length; i++) {
      if (entries[i].known === known) return i;
    }
    return known.shared ? -1 : this.placeOfText(known.lower);
  }

  placeOfText(lower) {
    const { entries } = this;
    for (let i = 0; i < entries.length; i++) {
      if (entries[i].known.lower === lower) return i;
    }
    return -1;
  }

  /** The place of a name that may be anything. */
  find(name) {
    const known = findHeaderName(name);
    return known === undefined ? this.placeOfText(name.toLowerCase()) : this.placeOf(known);
  }

  get(name) {
    const place = this.find(name);
    return place < 0 ? undefined : this.entries[place].value;
  }

  has(name) {
    return this.find(name) >= 0;
  }

  set(known, name, value) {
    const entry = { known, name, value };
    const place = this.placeOf(known);
    if (place < 0) this.entries.push(entry);
    else this.entries[place] = entry;
  }

  append(known, name, value) {
    const place = this.placeOf(known);
    if (place < 0) {
      this.entries.push({ known, name, value });
      return;
    }
    const before = this.entries[place];
    before.value = [].concat(before.value, value);
  }

  delete(name) {
    const place = this.find(name);
    if (place >= 0) this.entries.splice(place, 1);
  }
}

module.exports = { HeaderList };
