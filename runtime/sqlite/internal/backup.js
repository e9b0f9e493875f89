'use strict';

// backup(): copies a database some pages at a time, so that both stay usable. Run once per realm, on first use of
// node:sqlite.

const { invalidArgument, nativeError } = require('internal/sqlite/native_class');
const { checkFunction, checkObject, checkString, databasePath, isInt32, isObject } = require('internal/sqlite/arguments');
const { connectionOf, isDatabase } = require('internal/sqlite/database');
const { SqliteBackup } = internalBinding('sqlite');

function backupOptions(options) {
  const { rate = 100 } = options;
  if (!isInt32(rate)) throw invalidArgument('The "options.rate" argument must be an integer.');
  if (rate < 1) {
    throw nativeError(RangeError, 'ERR_OUT_OF_RANGE', 'The "options.rate" argument must be a positive integer.');
  }
  const { source = 'main' } = options;
  checkString(source, 'options.source');
  const { target = 'main' } = options;
  checkString(target, 'options.target');
  const { progress } = options;
  if (progress !== undefined) checkFunction(progress, 'options.progress');
  return { rate, source, target, progress };
}

/** One step of the copy: { isDone, left, total }, counted in pages. */
function step(native, rate) {
  return new Promise((resolve, reject) => {
    native.step(rate, (error, isDone, left, total) => {
      if (error !== null) return reject(error);
      resolve({ isDone, left, total });
    });
  });
}

async function run(native, { rate, progress }) {
  native.start();
  try {
    for (;;) {
      const { isDone, left, total } = await step(native, rate);
      if (isDone) return total;
      progress?.({ totalPages: total, remainingPages: left });
    }
  } finally {
    native.finish();
  }
}

function backup(sourceDb, path, ...rest) {
  if (!isObject(sourceDb)) throw invalidArgument('The "sourceDb" argument must be an object.');
  if (isDatabase(sourceDb)) connectionOf(sourceDb).ensureOpen();
  const target = databasePath(path);
  if (rest.length > 0) checkObject(rest[0], 'options');
  const options = backupOptions(rest.length > 0 ? rest[0] : {});
  const native = new SqliteBackup(connectionOf(sourceDb), target, options.source, options.target);
  return run(native, options);
}

module.exports = { backup };
