'use strict';
// fs.openAsBlob: a Blob over a file whose bytes are read when they are asked for.

const { validateObject, validateString } = require('internal/validators');
const { kEmptyObject } = require('internal/util');
const { callAsPromise, getValidatedPath } = require('internal/fs/utils');
const { lazyDOMException } = require('internal/util');
const { makeStats } = require('internal/fs/stats');
const binding = internalBinding('fs');

/** Reads [start, end) of the file; a file that changed since the Blob was made is not readable. */
async function readSlice(path, size, mtimeMs, start, end) {
  const fd = await callAsPromise(binding.open, path, 0, 0);
  try {
    const stats = await callAsPromise((done) => {
      binding.fstat(fd, (error) => done(error, error ? undefined : makeStats()));
    });
    if (stats.size !== size || stats.mtimeMs !== mtimeMs) {
      throw lazyDOMException('The blob could not be read', 'NotReadableError');
    }
    const bytes = new Uint8Array(end - start);
    for (let done = 0; done < bytes.length;) {
      const count = await callAsPromise(binding.read, fd, bytes, done, bytes.length - done, start + done);
      if (count === 0) throw lazyDOMException('The blob could not be read', 'NotReadableError');
      done += count;
    }
    return bytes;
  } finally {
    await callAsPromise(binding.close, fd);
  }
}

function canStat(path) {
  try {
    return binding.stat(path, false);
  } catch {
    return false;
  }
}

function openAsBlob(path, options = kEmptyObject) {
  validateObject(options, 'options');
  const type = options.type || '';
  validateString(type, 'options.type');
  path = getValidatedPath(path);
  const { check, scopes } = internalBinding('permission');
  check(scopes['fs.read'], path);
  if (!canStat(path)) {
    throw Object.assign(new TypeError('Unable to open file as blob'), { code: 'ERR_INVALID_ARG_VALUE' });
  }
  const { mtimeMs, size } = makeStats();
  const { createBlobFromSource } = require('internal/blob');
  return Promise.resolve(createBlobFromSource({
    size,
    type,
    read: (start, end) => readSlice(path, size, mtimeMs, start, end),
  }));
}

module.exports = { openAsBlob };
