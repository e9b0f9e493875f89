'use strict';
// Dir: a directory that is read in pieces. Asynchronous operations on one Dir run one after the other; synchronous
// ones refuse to cut in between.

const { Buffer } = require('buffer');
const {
  codes: { ERR_DIR_CLOSED, ERR_DIR_CONCURRENT_OPERATION, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_MISSING_ARGS },
} = require('internal/errors');
const { validateBoolean, validateFunction, validateUint32 } = require('internal/validators');
const {
  callAsPromise, encodeName, getOptions, getValidatedPath, isUtf8, validateCallback,
} = require('internal/fs/utils');
const { joinPath, makeDirentSync, makeDirents } = require('internal/fs/dirent');
const binding = internalBinding('fs');

const kDefaultBufferSize = 32;
// How many entries are read at a time is nobody's concern; memory for all that a program may ask for there is not.
const kMaxBufferSize = 4096;

class Dir {
  #handle;
  #path;
  #encoding;
  #bufferSize;
  #recursive;
  #closed = false;
  #entries = [];        // read but not yet given out
  #pending = [];        // directories a recursive Dir has still to read
  #current;             // { handle, path } that is being read; null at the end
  #queue = null;        // operations that wait for the one in flight; null when none is

  constructor(handle, path, options) {
    if (handle == null) throw new ERR_MISSING_ARGS('handle');
    if (!(handle instanceof binding.DirectoryHandle)) throw new ERR_INVALID_ARG_TYPE('handle', 'DirectoryHandle', handle);
    this.#handle = handle;
    this.#path = path;
    this.#encoding = options.encoding;
    this.#bufferSize = Math.min(options.bufferSize, kMaxBufferSize);
    this.#recursive = options.recursive;
    this.#current = { handle, path };
  }

  get path() {
    if (!(#path in this)) throw new ERR_INVALID_THIS('Dir');
    return this.#path;
  }

  #ended() {
    return this.#current === null && this.#pending.length === 0;
  }

  #remember(dirents) {
    this.#entries.push(...dirents);
    if (!this.#recursive) return;
    for (const dirent of dirents) {
      if (dirent.isDirectory()) this.#pending.push(joinPath(dirent.parentPath, dirent.name));
    }
  }

  // --- asynchronous ---

  read(callback) {
    if (arguments.length === 0) {
      return new Promise((resolve, reject) => {
        this.#read((error, dirent) => (error ? reject(error) : resolve(dirent)));
      });
    }
    validateCallback(callback);
    this.#read(callback);
  }

  #read(callback) {
    if (this.#closed) throw new ERR_DIR_CLOSED();
    if (this.#queue !== null) {
      this.#queue.push(() => this.#read(callback));
      return;
    }
    if (this.#entries.length > 0) {
      process.nextTick(callback, null, this.#entries.shift());
      return;
    }
    this.#queue = [];
    this.#fill((error) => {
      const waiting = this.#queue;
      this.#queue = null;
      if (error) callback(error);
      else callback(null, this.#entries.shift() ?? null);
      for (const operation of waiting) operation();
    });
  }

  /** Reads until there are entries or the end is reached. */
  #fill(callback) {
    if (this.#entries.length > 0 || this.#ended()) {
      callback(null);
      return;
    }
    if (this.#current === null) {
      this.#openNext(callback);
      return;
    }
    const { handle, path } = this.#current;
    readEntries(handle, this.#bufferSize, this.#encoding, (error, names, types) => {
      if (error) {
        callback(error);
      } else if (names.length === 0) {
        this.#finishCurrent();
        this.#fill(callback);
      } else {
        makeDirents(path, names, types, (direntError, dirents) => {
          if (direntError) {
            callback(direntError);
            return;
          }
          this.#remember(dirents);
          callback(null);
        });
      }
    });
  }

  #openNext(callback) {
    const path = this.#pending.shift();
    binding.opendir(path, (error, handle) => {
      if (error) {
        callback(error);
        return;
      }
      this.#current = { handle, path };
      this.#fill(callback);
    });
  }

  #finishCurrent() {
    // The Dir's own directory stays open until close().
    if (this.#current.handle !== this.#handle) binding.closeDirectory(this.#current.handle);
    this.#current = null;
  }

  close(callback) {
    if (callback === undefined) {
      if (this.#closed) return Promise.reject(new ERR_DIR_CLOSED());
      return callAsPromise((done) => this.close(done));
    }
    validateCallback(callback);
    if (this.#closed) {
      process.nextTick(callback, new ERR_DIR_CLOSED());
      return;
    }
    if (this.#queue !== null) {
      this.#queue.push(() => this.close(callback));
      return;
    }
    this.#closed = true;
    this.#closeSubdirectory();
    binding.closeDirectory(this.#handle, callback);
  }

  #closeSubdirectory() {
    if (this.#current !== null) this.#finishCurrent();
  }

  // --- synchronous ---

  readSync() {
    this.#checkIdle();
    while (this.#entries.length === 0 && !this.#ended()) {
      if (this.#current === null) {
        const path = this.#pending.shift();
        this.#current = { handle: binding.opendir(path), path };
      }
      const { handle, path } = this.#current;
      const [names, types] = readEntriesSync(handle, this.#bufferSize, this.#encoding);
      if (names.length === 0) this.#finishCurrent();
      else this.#remember(names.map((name, i) => makeDirentSync(path, name, types[i])));
    }
    return this.#entries.shift() ?? null;
  }

  closeSync() {
    this.#checkIdle();
    this.#closed = true;
    this.#closeSubdirectory();
    binding.closeDirectory(this.#handle);
  }

  #checkIdle() {
    if (this.#closed) throw new ERR_DIR_CLOSED();
    if (this.#queue !== null) throw new ERR_DIR_CONCURRENT_OPERATION();
  }

  // --- iteration and disposal ---

  async* entries() {
    try {
      for (let dirent = await this.read(); dirent !== null; dirent = await this.read()) yield dirent;
    } finally {
      await this.close();
    }
  }

  [Symbol.dispose]() {
    if (!this.#closed) this.closeSync();
  }

  async [Symbol.asyncDispose]() {
    if (!this.#closed) await this.close();
  }
}
Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  configurable: true, enumerable: false, value: Dir.prototype.entries, writable: true,
});

function decode([names, types], encoding) {
  return [names.map((name) => encodeName(name, encoding)), types];
}

function readEntriesSync(handle, count, encoding) {
  if (isUtf8(encoding)) return binding.readDirectory(handle, count);
  return decode(binding.readDirectoryBytes(handle, count), encoding);
}

function readEntries(handle, count, encoding, callback) {
  if (isUtf8(encoding)) {
    binding.readDirectory(handle, count, (error, listing) => {
      if (error) callback(error);
      else callback(null, listing[0], listing[1]);
    });
    return;
  }
  binding.readDirectoryBytes(handle, count, (error, listing) => {
    if (error) callback(error);
    else callback(null, ...decode(listing, encoding));
  });
}

function dirOptions(options) {
  const result = { bufferSize: kDefaultBufferSize, ...getOptions(options, { encoding: 'utf8' }) };
  validateUint32(result.bufferSize, 'options.bufferSize', true);
  if (result.recursive != null) validateBoolean(result.recursive, 'options.recursive');
  return result;
}

function plainPath(path) {
  return typeof path === 'string' ? path : Buffer.from(path);
}

function opendir(path, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  validateFunction(callback, 'callback');
  path = getValidatedPath(path);
  options = dirOptions(options);
  binding.opendir(path, (error, handle) => {
    if (error) callback(error);
    else callback(null, new Dir(handle, plainPath(path), options));
  });
}

function opendirSync(path, options) {
  path = getValidatedPath(path);
  options = dirOptions(options);
  return new Dir(binding.opendir(path), plainPath(path), options);
}

function opendirPromise(path, options) {
  return callAsPromise((done) => opendir(path, options, done));
}

module.exports = { Dir, opendir, opendirPromise, opendirSync };
