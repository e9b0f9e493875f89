'use strict';
// fs.glob: walks the directories that a pattern can lead to. The walk is written once, as a generator that yields what
// it wants to know of the file system and the matches it finds; globSync, glob and promises.glob answer it.

const path = require('path');
const { validateBoolean, validateObject, validateString, validateStringArray } =
  require('internal/validators');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const { callAsPromise, constants, validateCallback } = require('internal/fs/utils');
const { Dirent, kType } = require('internal/fs/dirent');
const { compileGlob, kGlobstar, matchComponents, matchesComponent } =
  require('internal/path/glob');
const { toPathIfFileURL } = require('internal/url');
const binding = internalBinding('fs');

const { UV_DIRENT_DIR, UV_DIRENT_LINK, UV_DIRENT_UNKNOWN } = constants;

// What the walk yields besides matches: questions, answered by next().
const kList = 'list';           // the directory's [names, types], or null when it cannot be read
const kIsDirectory = 'isDirectory';  // through links
const kOwnType = 'type';          // the entry's own UV_DIRENT_*, or undefined when it is not there
const kRealpath = 'realpath';

class Glob {
  #cwd;
  #patterns;
  #exclude;
  #followSymlinks;
  #withFileTypes;
  #found = new Set();    // normalised paths of matches
  #visited = new Set();  // place and rest of a pattern
  #listings = new Map();

  constructor(patterns, options = kEmptyObject) {
    validateObject(options, 'options');
    const { cwd, exclude, followSymlinks = false, withFileTypes } = options;
    if (Array.isArray(patterns)) validateStringArray(patterns, 'patterns');
    else validateString(patterns, 'patterns');
    validateBoolean(followSymlinks, 'options.followSymlinks');
    this.#cwd = path.resolve(toPathIfFileURL(cwd) ?? '.');
    this.#patterns = [patterns].flat().flatMap((pattern) => compileGlob(pattern));
    this.#exclude = toExclude(exclude);
    this.#followSymlinks = followSymlinks;
    this.#withFileTypes = Boolean(withFileTypes);
  }

  * walk() {
    for (let i = 0; i < this.#patterns.length; i++) {
      const tests = this.#patterns[i];
      if (tests[0] === '' && tests.length > 1) yield* this.#visit('/', tests, 1, i);
      else yield* this.#visit('', tests, 0, i);
    }
  }

  #absolute(place) {
    return path.resolve(this.#cwd, place);
  }

  /** Everything below `place` that satisfies tests[at...]. */
  * #visit(place, tests, at, pattern) {
    const key = `${pattern}\0${at}\0${place}`;
    if (this.#visited.has(key)) return;
    this.#visited.add(key);
    if (at === tests.length) {
      yield* this.#match(place);
      return;
    }
    const test = tests[at];
    if (test === kGlobstar) {
      yield* this.#visitGlobstar(place, tests, at, pattern, []);
    } else if (test === '' || test === '.' || test === '..') {
      if (!(yield [kIsDirectory, this.#absolute(place)])) return;
      const next = test === '..' ? `${place}${place === '' ? '' : '/'}..` : place;
      yield* this.#visit(next, tests, at + 1, pattern);
    } else if (typeof test === 'string') {
      yield* this.#visitEntry(join(place, test), undefined, tests, at + 1, pattern);
    } else {
      const [names, types] = yield* this.#list(place);
      for (let i = 0; i < names.length; i++) {
        if (!matchesComponent(test, names[i])) continue;
        yield* this.#visitEntry(join(place, names[i]), types[i], tests, at + 1, pattern);
      }
    }
  }

  /** An entry that satisfied its test: a match when it was the last, else a directory to go into. */
  * #visitEntry(place, type, tests, at, pattern) {
    if (type === undefined) {
      type = yield [kOwnType, this.#absolute(place)];
      if (type === undefined) return;
    }
    if (this.#isExcluded(place, type)) return;
    const rest = tests.length - at;
    if (rest === 0) {
      yield* this.#match(place, type);
    } else if (yield* this.#leadsOn(place, type)) {
      yield* this.#visit(place, tests, at, pattern);
    } else if (rest === 1 && tests[at] === kGlobstar) {
      yield* this.#match(place, type);
    }
  }

  * #leadsOn(place, type) {
    if (type === UV_DIRENT_DIR) return true;
    if (type !== UV_DIRENT_LINK && type !== UV_DIRENT_UNKNOWN) return false;
    return yield [kIsDirectory, this.#absolute(place)];
  }

  /** `**`: no directory at all, or any below `place`; a link counts as one, but ends the descent. */
  * #visitGlobstar(place, tests, at, pattern, ancestors) {
    const isLast = at === tests.length - 1;
    if (isLast) {
      if (!(yield [kIsDirectory, this.#absolute(place)])) return;
      if (place !== '') yield* this.#match(place);
    } else {
      yield* this.#visit(place, tests, at + 1, pattern);
    }
    const [names, types] = yield* this.#list(place);
    for (let i = 0; i < names.length; i++) {
      if (names[i].startsWith('.')) continue;
      const child = join(place, names[i]);
      if (this.#isExcluded(child, types[i])) continue;
      if (isLast) yield* this.#match(child, types[i]);
      if (!(yield* this.#leadsOn(child, types[i]))) continue;
      if (types[i] === UV_DIRENT_DIR) {
        yield* this.#visitGlobstar(child, tests, at, pattern, ancestors);
      } else if (this.#followSymlinks) {
        yield* this.#follow(child, tests, at, pattern, ancestors);
      } else if (!isLast && at > 0) {
        yield* this.#visit(child, tests, at + 1, pattern);
      }
    }
  }

  /** Goes through a link unless it leads to a directory that the way to it came through. */
  * #follow(place, tests, at, pattern, ancestors) {
    const target = yield [kRealpath, this.#absolute(place)];
    const parent = yield [kRealpath, path.dirname(this.#absolute(place))];
    if (target === undefined || parent === target || parent.startsWith(`${target}/`) ||
        ancestors.includes(target)) {
      return;
    }
    yield* this.#visitGlobstar(place, tests, at, pattern, [...ancestors, target]);
  }

  * #list(place) {
    const directory = this.#absolute(place);
    let listing = this.#listings.get(directory);
    if (listing === undefined) {
      listing = (yield [kList, directory]) ?? [[], []];
      this.#listings.set(directory, listing);
    }
    return listing;
  }

  * #match(place, type) {
    const normalized = trimSlash(path.normalize(place));
    if (normalized === '.' || normalized === '..' || place === '') return;
    if (this.#found.has(normalized)) return;
    if (!this.#withFileTypes) {
      this.#found.add(normalized);
      yield ['match', normalized];
      return;
    }
    type ??= yield [kOwnType, this.#absolute(place)];
    if (this.#isExcluded(place, type)) return;
    this.#found.add(normalized);
    yield ['match', this.#dirent(normalized, type)];
  }

  #dirent(place, type) {
    const full = this.#absolute(place);
    return new Dirent(path.basename(full), type, path.dirname(full));
  }

  #isExcluded(place, type) {
    if (this.#exclude === undefined) return false;
    const normalized = trimSlash(path.normalize(place));
    if (typeof this.#exclude === 'function') {
      return Boolean(this.#exclude(this.#withFileTypes ? this.#dirent(normalized, type) :
        path.basename(normalized)));
    }
    const names = normalized.split('/');
    const asDirectory = [...names, ''];
    return this.#exclude.some((tests) => (tests[0] === '') === path.isAbsolute(normalized) &&
      (matchComponents(tests, names) || matchComponents(tests, asDirectory)));
  }
}

function join(place, name) {
  return place === '' || place === '/' ? place + name : `${place}/${name}`;
}

function trimSlash(place) {
  return place.length > 1 && place.endsWith('/') ? place.slice(0, -1) : place;
}

/** options.exclude as a function or as compiled patterns. */
function toExclude(exclude) {
  if (exclude === undefined || typeof exclude === 'function') return exclude;
  if (!Array.isArray(exclude) || !exclude.every((pattern) => typeof pattern === 'string')) {
    throw new ERR_INVALID_ARG_TYPE('options.exclude', ['function', 'string[]'], exclude);
  }
  return exclude.flatMap((pattern) => compileGlob(pattern))
    .map((tests) => (tests[0] === '.' && tests.length > 1 ? tests.slice(1) : tests));
}

// --- answering the walk ----------------------------------------------------------------------------------------

function ownType(place) {
  const name = path.basename(place);
  const { makeDirentSync } = require('internal/fs/dirent');
  try {
    return makeDirentSync(path.dirname(place), name, UV_DIRENT_UNKNOWN)[kType];
  } catch {
    return undefined;
  }
}

function answerSync(kind, place) {
  if (kind === kIsDirectory) return binding.internalModuleStat(place) === 1;
  if (kind === kOwnType) return ownType(place);
  try {
    return kind === kList ? binding.readdir(place) : binding.realpathNative(place);
  } catch {
    return undefined;
  }
}

// Directories are listed on the thread pool; the short questions are not worth the trip.
async function answer(kind, place) {
  if (kind !== kList) return answerSync(kind, place);
  try {
    return await callAsPromise(binding.readdir, place);
  } catch {
    return undefined;
  }
}

function* matchesSync(glob) {
  const walk = glob.walk();
  for (let step = walk.next(); !step.done;) {
    const [kind, value] = step.value;
    if (kind === 'match') {
      yield value;
      step = walk.next();
    } else {
      step = walk.next(answerSync(kind, value));
    }
  }
}

async function* matches(glob) {
  const walk = glob.walk();
  for (let step = walk.next(); !step.done;) {
    const [kind, value] = step.value;
    if (kind === 'match') {
      yield value;
      step = walk.next();
    } else {
      step = walk.next(await answer(kind, value));
    }
  }
}

function globSync(pattern, options) {
  return [...matchesSync(new Glob(pattern, options))];
}

function glob(pattern, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  callback = validateCallback(callback);
  Array.fromAsync(matches(new Glob(pattern, options)))
    .then((found) => process.nextTick(callback, null, found),
          (error) => process.nextTick(callback, error));
}

async function* globPromise(pattern, options) {
  yield* matches(new Glob(pattern, options));
}

module.exports = { glob, globPromise, globSync };
