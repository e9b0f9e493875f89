'use strict';
// fs.watch({ recursive: true }) where the system watches single directories only: one inotify watch per directory of
// the tree, kept in step with it as directories come and go.

const EventEmitter = require('events');
const path = require('path');
const { UVException } = require('internal/errors');
const { Buffer } = require('buffer');
const { constants, encodeName, isUtf8 } = require('internal/fs/utils');
const { isFileType, makeStats } = require('internal/fs/stats');
const binding = internalBinding('fs');

const { S_IFDIR, UV_DIRENT_DIR } = constants;

class RecursiveWatcher extends EventEmitter {
  #options;
  #root = null;
  #watches = new Map();   // directory -> FSEvent
  #files = new Set();     // entries that have been seen, to tell new ones from changed ones
  #closed = false;

  constructor(options) {
    super();
    this.#options = options;
  }

  start(filename) {
    this.#root = path.resolve(filename.toString());
    try {
      binding.stat(this.#root, true);
      if (isFileType(S_IFDIR)) this.#addDirectory(this.#root, false);
      else this.#watch(this.#root, () => path.basename(this.#root));
    } catch (error) {
      // What is not there (yet) is told when someone listens, as on systems that watch trees themselves.
      error.filename = filename;
      process.nextTick(() => {
        if (!this.#closed) this.emit('error', error);
      });
    }
  }

  /** One inotify watch; `nameOf` turns what it reports into a path below the root. */
  #watch(place, nameOf) {
    const handle = new binding.FSEvent();
    const status = handle.start(place, this.#options.persistent);
    if (status !== 0) {
      handle.close();
      throw new UVException({ errno: status, syscall: 'watch', path: place });
    }
    handle.onchange = (changeStatus, event, name) => {
      if (changeStatus < 0) this.#drop(place);
      else this.#onChange(place, event, nameOf(name === null ? null : encodeName(name, 'utf8')));
    };
    this.#watches.set(place, handle);
  }

  /** Watches a directory and everything below it; `announce` tells of entries that came with it. */
  #addDirectory(directory, announce) {
    if (this.#watches.has(directory)) return;
    const prefix = path.relative(this.#root, directory);
    this.#watch(directory, (name) => (name === null ? prefix : path.join(prefix, name)));
    const [names, types] = binding.readdir(directory);
    for (let i = 0; i < names.length; i++) {
      const entry = path.join(directory, names[i]);
      const isNew = !this.#files.has(entry);
      this.#files.add(entry);
      if (announce && isNew) this.#emitChange('rename', path.relative(this.#root, entry));
      if (types[i] === UV_DIRENT_DIR) this.#tryAddDirectory(entry, announce);
    }
  }

  // A directory may be gone again before it could be looked at.
  #tryAddDirectory(directory, announce) {
    try {
      this.#addDirectory(directory, announce);
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') this.emit('error', error);
    }
  }

  #onChange(place, event, relative) {
    if (this.#closed) return;
    this.#emitChange(event, relative);
    if (event !== 'rename' || this.#closed) return;
    const entry = path.join(this.#root, relative);
    if (!binding.lstat(entry, false)) {
      this.#files.delete(entry);
      this.#drop(entry);
      return;
    }
    this.#files.add(entry);
    if (makeStats().isDirectory()) this.#tryAddDirectory(entry, true);
  }

  /** Ends the watches of a directory that is gone and of those that were below it. */
  #drop(place) {
    const below = place + path.sep;
    for (const [directory, handle] of this.#watches) {
      if (directory !== place && !directory.startsWith(below)) continue;
      this.#watches.delete(directory);
      handle.close();
    }
  }

  #emitChange(event, relative) {
    const { encoding, isIgnored } = this.#options;
    if (isIgnored?.(relative)) return;
    this.emit('change', event,
              isUtf8(encoding) ? relative : encodeName(Buffer.from(relative), encoding));
  }

  close() {
    if (this.#closed) return;
    this.#closed = true;
    for (const handle of this.#watches.values()) handle.close();
    this.#watches.clear();
    process.nextTick(() => this.emit('close'));
  }

  ref() {
    for (const handle of this.#watches.values()) handle.ref();
    return this;
  }

  unref() {
    for (const handle of this.#watches.values()) handle.unref();
    return this;
  }
}
Object.defineProperty(RecursiveWatcher, 'name', { value: 'FSWatcher' });

module.exports = { RecursiveWatcher };
