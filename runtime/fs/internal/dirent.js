'use strict';
// Dirent, the entries of readdir({ withFileTypes: true }) and of Dir.

const path = require('path');
const { Buffer } = require('buffer');
const { isUint8Array } = require('internal/util/types');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { constants } = require('internal/fs/utils');
const { makeStats } = require('internal/fs/stats');
const binding = internalBinding('fs');

const {
  UV_DIRENT_BLOCK, UV_DIRENT_CHAR, UV_DIRENT_DIR, UV_DIRENT_FIFO, UV_DIRENT_FILE, UV_DIRENT_LINK,
  UV_DIRENT_SOCKET, UV_DIRENT_UNKNOWN,
} = constants;

const kType = Symbol('type');

class Dirent {
  constructor(name, type, path) {
    this.name = name;
    this.parentPath = path;
    this[kType] = type;
  }

  isDirectory() { return this[kType] === UV_DIRENT_DIR; }
  isFile() { return this[kType] === UV_DIRENT_FILE; }
  isBlockDevice() { return this[kType] === UV_DIRENT_BLOCK; }
  isCharacterDevice() { return this[kType] === UV_DIRENT_CHAR; }
  isSymbolicLink() { return this[kType] === UV_DIRENT_LINK; }
  isFIFO() { return this[kType] === UV_DIRENT_FIFO; }
  isSocket() { return this[kType] === UV_DIRENT_SOCKET; }
}

// For file systems whose directories do not say what their entries are.
class DirentFromStats extends Dirent {
  constructor(name, stats, path) {
    super(name, UV_DIRENT_UNKNOWN, path);
    this[kType] = direntType(stats);
  }
}
Object.defineProperty(DirentFromStats, 'name', { value: 'Dirent' });

function direntType(stats) {
  if (stats.isDirectory()) return UV_DIRENT_DIR;
  if (stats.isFile()) return UV_DIRENT_FILE;
  if (stats.isSymbolicLink()) return UV_DIRENT_LINK;
  if (stats.isFIFO()) return UV_DIRENT_FIFO;
  if (stats.isSocket()) return UV_DIRENT_SOCKET;
  if (stats.isCharacterDevice()) return UV_DIRENT_CHAR;
  return stats.isBlockDevice() ? UV_DIRENT_BLOCK : UV_DIRENT_UNKNOWN;
}

/** path.join for names that may be buffers. */
function joinPath(directory, name) {
  if (typeof directory === 'string' && typeof name === 'string') return path.join(directory, name);
  const pieces = [];
  for (const piece of [directory, name]) {
    if (typeof piece === 'string') pieces.push(Buffer.from(piece));
    else if (isUint8Array(piece)) pieces.push(piece);
    else throw new ERR_INVALID_ARG_TYPE('path', ['string', 'Buffer'], piece);
  }
  return Buffer.concat([pieces[0], Buffer.from(path.sep), pieces[1]]);
}

function makeDirentSync(directory, name, type) {
  if (type !== UV_DIRENT_UNKNOWN) return new Dirent(name, type, directory);
  binding.lstat(joinPath(directory, name), true);
  return new DirentFromStats(name, makeStats(), directory);
}

async function makeDirent(directory, name, type) {
  if (type !== UV_DIRENT_UNKNOWN) return new Dirent(name, type, directory);
  const stats = await new Promise((resolve, reject) => {
    binding.lstat(joinPath(directory, name), true, (error) => {
      if (error) reject(error);
      else resolve(makeStats());
    });
  });
  return new DirentFromStats(name, stats, directory);
}

/** All entries of one listing, in its order; without a promise unless a type is not known. */
function makeDirents(directory, names, types, callback) {
  if (!types.includes(UV_DIRENT_UNKNOWN)) {
    callback(null, names.map((name, i) => new Dirent(name, types[i], directory)));
    return;
  }
  Promise.all(names.map((name, i) => makeDirent(directory, name, types[i])))
    .then((dirents) => process.nextTick(callback, null, dirents),
          (error) => process.nextTick(callback, error));
}

module.exports = { Dirent, joinPath, kType, makeDirent, makeDirentSync, makeDirents };
