'use strict';
// The File class: a Blob with a name.
// Run once per realm.

const { Blob } = require('internal/blob');
const { codes: { ERR_INVALID_THIS, ERR_MISSING_ARGS } } = require('internal/errors');
const { customInspectSymbol: kInspect, kEnumerableProperty } = require('internal/util');
const { kClone, kDeserialize } = require('internal/messaging/transferable');

class File extends Blob {
  #name;
  #lastModified;

  constructor(fileBits, fileName, options = undefined) {
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, options);
    const lastModified = options?.lastModified;
    this.#lastModified = lastModified === undefined ? Date.now() : Math.trunc(lastModified) || 0;
    this.#name = `${fileName}`.toWellFormed();
  }

  get name() {
    if (typeof this !== 'object' || this === null || !(#name in this)) throw new ERR_INVALID_THIS('File');
    return this.#name;
  }

  get lastModified() {
    if (typeof this !== 'object' || this === null || !(#name in this)) throw new ERR_INVALID_THIS('File');
    return this.#lastModified;
  }

  [kInspect](depth, options) {
    if (typeof this !== 'object' || this === null || !(#name in this)) throw new ERR_INVALID_THIS('File');
    if (depth < 0) return options.stylize('[File]', 'special');
    const { inspect } = require('internal/util/inspect');
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    const { size, type } = this;
    return `File ${inspect({ size, type, name: this.#name, lastModified: this.#lastModified }, nested)}`;
  }

  [kClone]() {
    return {
      data: { blob: super[kClone]().data, name: this.#name, lastModified: this.#lastModified },
      deserializeInfo: 'internal/file:ClonedFile',
    };
  }

  [kDeserialize]({ blob, name, lastModified }) {
    super[kDeserialize](blob);
    this.#name = name;
    this.#lastModified = lastModified;
  }
}

Object.defineProperties(File.prototype, {
  name: kEnumerableProperty,
  lastModified: kEnumerableProperty,
  [Symbol.toStringTag]: { configurable: true, value: 'File' },
});

// Filled by [kDeserialize].
function ClonedFile() {
  return new File([], '');
}

module.exports = { ClonedFile, File };
