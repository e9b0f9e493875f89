'use strict';
// --test-rerun-failures: a file that remembers which tests have passed, so that the next attempt runs only the others.
// Loaded by internal/test_runner/harness when there is such a file.

const fs = require('fs');
const path = require('path');

/** Numbers the tests of one place: a helper or a loop defines many there. */
class Keys {
  #counts = new Map();

  next({ file, line, column }) {
    const base = `${path.relative(process.cwd(), file)}:${line}:${column}`;
    const count = this.#counts.get(base) ?? 0;
    this.#counts.set(base, count + 1);
    return count === 0 ? base : `${base}:(${count})`;
  }
}

class Rerun {
  #file;
  #attempts;
  #passed = { __proto__: null };
  // Of tests as they start, and of tests as they are reported: the same order at one place.
  #started = new Keys();
  #reported = new Keys();
  // What has been reported of tests whose parents have not: process and test to children.
  #children = new Map();

  constructor(file) {
    this.#file = path.resolve(file);
    this.#attempts = fs.existsSync(this.#file) ? JSON.parse(fs.readFileSync(this.#file, 'utf8')) : [];
  }

  /** The number of this attempt. */
  get attempt() {
    return this.#attempts.length;
  }

  /** Called when a test starts: one that has passed passes again, with its subtests, and runs nothing. */
  prepare(test) {
    if (test.location === undefined) return;
    const entry = this.#attempts.at(-1)?.[this.#started.next(test.location)];
    if (entry === undefined) return;
    // A suite runs, as it is what defines its tests.
    if (test.isSuite) test.replayed = entry;
    else test.replay(entry);
  }

  /** Reads the outcome of a run, whichever process it was in; it is written when the run is over. */
  listen(reporter) {
    reporter.on('test:pass', (data) => this.#record(data, true));
    reporter.on('test:fail', (data) => this.#record(data, false));
  }

  #record(data, passed) {
    const { name, file, line, column, details, entryFile, testId, parentId } = data;
    const children = this.#takeChildren(entryFile, testId);
    if (file === undefined) return;
    const key = this.#reported.next(data);
    this.#siblings(entryFile, parentId).push({ name, file: path.relative(process.cwd(), file), line, column });
    if (!passed) return;
    this.#passed[key] = {
      passed_on_attempt: details.passed_on_attempt ?? this.attempt, name, duration_ms: details.duration_ms,
      children: children.length > 0 ? children : undefined,
    };
  }

  #siblings(entryFile, parentId) {
    const key = `${entryFile}:${parentId}`;
    let siblings = this.#children.get(key);
    if (siblings === undefined) this.#children.set(key, siblings = []);
    return siblings;
  }

  #takeChildren(entryFile, testId) {
    const children = this.#siblings(entryFile, testId);
    this.#children.delete(`${entryFile}:${testId}`);
    return children;
  }

  write() {
    this.#attempts.push(this.#passed);
    fs.writeFileSync(this.#file, JSON.stringify(this.#attempts, null, 2), 'utf8');
  }
}

module.exports = { Rerun };
