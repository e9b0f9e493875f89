'use strict';
// Watch mode of run(): test files run again when they, or something that they have loaded, change.
// Loaded by internal/test_runner/runner when it is asked for.

const fs = require('fs');
const path = require('path');
const { FileWatcher } = require('internal/process/file_watcher');
const { findTestFiles } = require('internal/test_runner/files');

// With isolation 'none' one process has all the files.
const kAllFiles = Symbol('kAllFiles');

class WatchMode {
  #harness;
  #options;
  #startFile;
  // Absolute path to the name by which a test file is known.
  #names = new Map();
  // What a test file, or kAllFiles, has loaded.
  #dependencies = new Map();
  // Those that run now: test file to { test, child, done }.
  #running = new Map();
  #watcher = new FileWatcher((files) => this.#onChange(files));
  #closed = Promise.withResolvers();

  /**
   * @param {Harness} harness
   * @param {object} options of run()
   * @param {(name: string|undefined, run: object) => Promise<void>} startFile runs a test file; without a name, all. It
   *   puts the test and its child into `run` and tells `run.onDependency` what the child loads.
   */
  constructor(harness, options, startFile) {
    this.#harness = harness;
    this.#options = options;
    this.#startFile = startFile;
  }

  /** Runs until close(). */
  async run(names) {
    for (const name of names) this.#addFile(name);
    // What is given by name is not looked for.
    if (this.#options.files === undefined) this.#watcher.watchBelow(this.#options.cwd);
    this.#start(this.#options.isolation === 'none' ? [kAllFiles] : [...this.#names.keys()]);
    await this.#closed.promise;
    this.#watcher.close();
    await Promise.all([...this.#running.values()].map((run) => stop(run)));
  }

  close() {
    this.#closed.resolve();
  }

  #addFile(name) {
    const file = path.resolve(this.#options.cwd, name);
    this.#names.set(file, name);
    this.#watcher.watchFile(file);
  }

  #start(files) {
    for (const file of files) {
      const run = { test: undefined, child: undefined, onDependency: (loaded) => this.#depends(file, loaded) };
      this.#dependencies.set(file, new Set());
      this.#running.set(file, run);
      run.done = this.#startFile(this.#names.get(file), run).then(() => this.#onDone(file, run));
    }
  }

  #depends(file, loaded) {
    this.#dependencies.get(file).add(loaded);
    this.#watcher.watchFile(loaded);
  }

  #onDone(file, run) {
    if (this.#running.get(file) !== run) return;
    this.#running.delete(file);
    if (this.#running.size > 0) return;
    this.#harness.root.reporter.send('test:watch:drained');
    this.#harness.reportRound();
  }

  async #onChange(changed) {
    const affected = this.#affected(changed);
    if (affected.length === 0) return;
    await Promise.all(affected.map((file) => stop(this.#running.get(file))));
    for (const file of affected) this.#running.delete(file);
    this.#harness.root.reporter.send('test:watch:restarted');
    if (this.#running.size === 0) this.#harness.startRound();
    this.#start(affected);
  }

  /** The test files to run again, new ones included. */
  #affected(changed) {
    const created = this.#findNew();
    for (const name of created) this.#addFile(name);
    if (this.#options.isolation === 'none') {
      const isOurs = (file) => this.#names.has(file) || this.#dependencies.get(kAllFiles).has(file);
      const existing = [...changed].filter((file) => isOurs(file) && (!this.#names.has(file) || this.#isThere(file)));
      return created.length > 0 || existing.length > 0 ? [kAllFiles] : [];
    }
    const files = [...this.#names.keys()].filter((file) =>
      changed.has(file) || !this.#dependencies.get(file)?.isDisjointFrom(changed));
    return files.filter((file) => this.#isThere(file));
  }

  /** One that was found, and is gone, is no failure; one that was asked for is. */
  #isThere(file) {
    return this.#options.files !== undefined || fs.existsSync(file);
  }

  #findNew() {
    const { files, globPatterns, cwd } = this.#options;
    if (files !== undefined) return [];
    return findTestFiles(globPatterns, cwd).filter((name) => !this.#names.has(path.resolve(cwd, name)));
  }
}

/** Ends a run of a file that nobody waits for any more: it leaves no trace in the report. */
async function stop(run) {
  if (run === undefined) return;
  run.test.supersede();
  run.child?.kill();
  await run.done;
}

module.exports = { WatchMode };
