'use strict';
// The public module `fs`. Each topic (one module below internal/fs) has its functions in three faces: synchronous,
// with a callback, and as promises; this file puts the first two together and loads the rest when it is asked for.

const { defineLazyProperties, deprecate } = require('internal/util');
const { constants, toUnixTimestamp } = require('internal/fs/utils');
const { DeprecatedStats } = require('internal/fs/stats');
const { Dirent } = require('internal/fs/dirent');
const simpleCalls = require('internal/fs/simple_calls');
const stat = require('internal/fs/stat');
const io = require('internal/fs/io');
const wholeFile = require('internal/fs/whole_file');
const links = require('internal/fs/links');
const tree = require('internal/fs/tree');

for (const topic of [simpleCalls, stat, io, wholeFile, links, tree]) {
  Object.assign(exports, topic.callback, topic.sync);
}

// lchmod(2) is not on Linux; the names exist so that programs can test for it.
exports.lchmod = undefined;
exports.lchmodSync = undefined;

exports.Dirent = Dirent;
exports.Stats = DeprecatedStats;
exports._toUnixTimestamp = toUnixTimestamp;

/** Functions whose modules are loaded by their first call; the parameter counts are API. */
function defineLazyFunctions(id, functions) {
  for (const [name, length] of Object.entries(functions)) {
    // Not a method: `new fs.createReadStream()` has always worked.
    const fn = function(...args) {
      return Reflect.apply(require(id)[name], this, args);
    };
    Object.defineProperty(fn, 'name', { value: name, configurable: true });
    Object.defineProperty(fn, 'length', { value: length, configurable: true });
    exports[name] = fn;
  }
}

defineLazyFunctions('internal/fs/cp', { cp: 4, cpSync: 3 });
defineLazyFunctions('internal/fs/glob', { glob: 3, globSync: 2 });
defineLazyFunctions('internal/fs/watchers', { unwatchFile: 2, watch: 3, watchFile: 3 });
defineLazyFunctions('internal/fs/dir', { opendir: 3, opendirSync: 2 });
defineLazyFunctions('internal/fs/streams', { createReadStream: 2, createWriteStream: 2 });
defineLazyFunctions('internal/fs/open_as_blob', { openAsBlob: 1 });

defineLazyProperties(exports, 'internal/fs/dir', ['Dir']);
defineLazyProperties(exports, 'internal/fs/utf8_stream', ['Utf8Stream']);

/** A class of the streams module that programs may replace, as graceful-fs does. */
function defineReplaceableClass(name, original) {
  let value;
  Object.defineProperty(exports, name, {
    configurable: true,
    enumerable: true,
    get() {
      value ??= require('internal/fs/streams')[original];
      return value;
    },
    set(replacement) {
      value = replacement;
    },
  });
}

defineReplaceableClass('ReadStream', 'ReadStream');
defineReplaceableClass('WriteStream', 'WriteStream');
defineReplaceableClass('FileReadStream', 'ReadStream');
defineReplaceableClass('FileWriteStream', 'WriteStream');

Object.defineProperty(exports, 'constants', {
  configurable: false,
  enumerable: true,
  value: constants,
  writable: false,
});

for (const name of ['F_OK', 'R_OK', 'W_OK', 'X_OK']) {
  Object.defineProperty(exports, name, {
    enumerable: false,
    get: deprecate(() => constants[name],
                   `fs.${name} is deprecated, use fs.constants.${name} instead`, 'DEP0176'),
  });
}

Object.defineProperty(exports, 'promises', {
  configurable: true,
  enumerable: true,
  get() {
    return require('internal/fs/promises').exports;
  },
});
