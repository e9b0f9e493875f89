'use strict';
// Which of a set of files have changed, for `--watch` and for the watch mode of node:test. Loaded by them.

const fs = require('fs');
const path = require('path');
const { clearTimeout, setTimeout } = require('timers');

/** Editors write a file in several steps. */
const debounceMs = 100;

class FileWatcher {
  /** @type {Map<string, { watcher: any, files: Set<string>|undefined }>} folders; files undefined: everything below */
  #folders = new Map();
  #onChange;
  #changed = new Set();
  #timer;
  #isClosed = false;

  /** @param {(files: Set<string>) => void} onChange gets what changed within a short time */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  #add(file) {
    if (this.#isClosed) return;
    this.#changed.add(file);
    this.#timer ??= setTimeout(() => {
      const files = this.#changed;
      this.#changed = new Set();
      this.#timer = undefined;
      this.#onChange(files);
    }, debounceMs);
  }

  watchBelow(folder) {
    this.#folders.get(folder)?.watcher.close();
    const watcher = fs.watch(folder, { recursive: true }, (event, name) => this.#add(path.resolve(folder, name ?? '')));
    this.#folders.set(folder, { watcher, files: undefined });
  }

  /** By way of its folder: a file may be replaced by another of the same name. */
  watchFile(file) {
    if (this.#isClosed) return;
    const folder = path.dirname(file);
    const known = this.#folders.get(folder);
    if (known !== undefined) {
      known.files?.add(path.basename(file));
      return;
    }
    const files = new Set([path.basename(file)]);
    let watcher;
    try {
      watcher = fs.watch(folder, (event, name) => {
        if (files.has(name)) this.#add(path.join(folder, name));
      });
    } catch {
      // A folder that is not there cannot change.
      return;
    }
    this.#folders.set(folder, { watcher, files });
  }

  close() {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const { watcher } of this.#folders.values()) watcher.close();
    this.#folders.clear();
  }
}

module.exports = { FileWatcher };
