'use strict';
// Stats, BigIntStats and StatFs, made from the typed arrays that the native calls fill.

const { deprecate } = require('internal/util');
const { constants } = require('internal/fs/utils');
const binding = internalBinding('fs');

const { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } = constants;

// Where a field is in the arrays; StatBuffers::Field in stat_buffers.h.
const kAtime = 10;
const kMtime = 12;
const kCtime = 14;
const kBirthtime = 16;
/** Fields of one record; a watcher's previous state starts there. */
const kFieldCount = 18;

let numbers;
let bigints;

// Native memory, which no start-up snapshot can hold: asked for on first use.
function getNumbers() {
  if (numbers === undefined) [numbers, bigints] = binding.statArrays();
  return numbers;
}

function getBigints() {
  getNumbers();
  return bigints;
}

function forgetProcess() {
  numbers = bigints = undefined;
}

function msFromNumbers(fields, index) {
  return fields[index] * 1000 + fields[index + 1] / 1e6;
}

function nsFromBigints(fields, index) {
  return fields[index] * 1000_000_000n + fields[index + 1];
}

function dateFromMs(ms) {
  return new Date(Math.round(Number(ms)));
}

class StatsBase {
  constructor(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks) {
    this.dev = dev;
    this.mode = mode;
    this.nlink = nlink;
    this.uid = uid;
    this.gid = gid;
    this.rdev = rdev;
    this.blksize = blksize;
    this.ino = ino;
    this.size = size;
    this.blocks = blocks;
  }

  isDirectory() { return this._checkModeProperty(S_IFDIR); }
  isFile() { return this._checkModeProperty(S_IFREG); }
  isBlockDevice() { return this._checkModeProperty(S_IFBLK); }
  isCharacterDevice() { return this._checkModeProperty(S_IFCHR); }
  isSymbolicLink() { return this._checkModeProperty(S_IFLNK); }
  isFIFO() { return this._checkModeProperty(S_IFIFO); }
  isSocket() { return this._checkModeProperty(S_IFSOCK); }
}

// atime, mtime, ctime and birthtime are made from their milliseconds when first looked at.
function defineLazyDates(prototype) {
  for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) {
    const ms = `${name}Ms`;
    const set = function(value) {
      Object.defineProperty(this, name, {
        configurable: true, enumerable: true, writable: true, value,
      });
    };
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get() {
        const date = dateFromMs(this[ms]);
        set.call(this, date);
        return date;
      },
      set,
    });
  }
}

class Stats extends StatsBase {
  constructor(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks,
              atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
    super(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
    this.atimeMs = atimeMs;
    this.mtimeMs = mtimeMs;
    this.ctimeMs = ctimeMs;
    this.birthtimeMs = birthtimeMs;
  }

  _checkModeProperty(property) {
    return (this.mode & S_IFMT) === property;
  }
}
defineLazyDates(Stats.prototype);

class BigIntStats extends StatsBase {
  constructor(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks,
              atimeNs, mtimeNs, ctimeNs, birthtimeNs) {
    super(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
    this.atimeMs = atimeNs / 1_000_000n;
    this.mtimeMs = mtimeNs / 1_000_000n;
    this.ctimeMs = ctimeNs / 1_000_000n;
    this.birthtimeMs = birthtimeNs / 1_000_000n;
    this.atimeNs = atimeNs;
    this.mtimeNs = mtimeNs;
    this.ctimeNs = ctimeNs;
    this.birthtimeNs = birthtimeNs;
  }

  _checkModeProperty(property) {
    return (this.mode & BigInt(S_IFMT)) === BigInt(property);
  }
}
defineLazyDates(BigIntStats.prototype);

// fs.Stats has always been callable without `new`, which a class is not.
function StatsConstructor(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks,
                          atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
  return Reflect.construct(Stats, arguments, new.target || Stats);
}
StatsConstructor.prototype = Stats.prototype;
const DeprecatedStats = deprecate(StatsConstructor, 'fs.Stats constructor is deprecated.', 'DEP0180');
Object.defineProperty(DeprecatedStats, 'prototype', { value: Stats.prototype, writable: false });
Object.defineProperty(DeprecatedStats, 'name', { value: 'deprecated Stats' });

/** The stats of the call that just returned, from the arrays it filled. */
function makeStats(bigint = false, offset = 0) {
  if (bigint) {
    const b = getBigints();
    return new BigIntStats(
      b[offset], b[offset + 1], b[offset + 2], b[offset + 3], b[offset + 4], b[offset + 5],
      b[offset + 6], b[offset + 7], b[offset + 8], b[offset + 9],
      nsFromBigints(b, offset + kAtime), nsFromBigints(b, offset + kMtime),
      nsFromBigints(b, offset + kCtime), nsFromBigints(b, offset + kBirthtime));
  }
  const n = getNumbers();
  return new Stats(
    n[offset], n[offset + 1], n[offset + 2], n[offset + 3], n[offset + 4], n[offset + 5],
    n[offset + 6], n[offset + 7], n[offset + 8], n[offset + 9],
    msFromNumbers(n, offset + kAtime), msFromNumbers(n, offset + kMtime),
    msFromNumbers(n, offset + kCtime), msFromNumbers(n, offset + kBirthtime));
}

class StatFs {
  constructor(type, bsize, frsize, blocks, bfree, bavail, files, ffree) {
    this.type = type;
    this.bsize = bsize;
    this.frsize = frsize;
    this.blocks = blocks;
    this.bfree = bfree;
    this.bavail = bavail;
    this.files = files;
    this.ffree = ffree;
  }
}

function makeStatFs(bigint) {
  const a = bigint ? getBigints() : getNumbers();
  return new StatFs(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
}

/** Whether the mode of the call that just returned is of this kind (S_IFDIR, ...). */
function isFileType(kind) {
  return (getNumbers()[1] & S_IFMT) === kind;
}

module.exports = {
  BigIntStats,
  DeprecatedStats,
  Stats,
  forgetProcess,
  isFileType,
  kFieldCount,
  makeStatFs,
  makeStats,
};
