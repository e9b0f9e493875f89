'use strict';
// spawnSync: what goes into the native call and what comes out of it.

const { Buffer } = require('buffer');
const { ErrnoException, codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { getStdio, kFd, kIgnore, kPipe, kStream } = require('internal/child_process/stdio');
const { signalName } = require('internal/child_process');
const binding = internalBinding('child_process');

function inputBytes(input, i, encoding) {
  if (input == null) return undefined;
  if (isArrayBufferView(input)) return input;
  if (typeof input === 'string') return Buffer.from(input, encoding === 'buffer' ? 'utf8' : encoding);
  throw new ERR_INVALID_ARG_TYPE(`options.stdio[${i}]`,
                                 ['Buffer', 'TypedArray', 'DataView', 'string'], input);
}

/** The flat form that the native spawnSync() takes: kind, value, input, ... */
function toNativeStdio(options) {
  const { entries } = getStdio(options.stdio || 'pipe', true);
  if (options.input) entries[0] = { kind: kPipe, readable: true, input: options.input };
  const flat = [];
  entries.forEach(({ kind, fd, readable, input, handle }, i) => {
    if (kind === kPipe) flat.push(kPipe, Boolean(readable), inputBytes(input, i, options.encoding));
    else if (kind === kFd) flat.push(kFd, fd, undefined);
    else if (kind === kStream) flat.push(kFd, handle.fd, undefined);
    else flat.push(kIgnore, undefined, undefined);
  });
  return flat;
}

// What process.binding('spawn_sync') is: tools that follow child processes (nyc, tap) put a function of their own around
// `spawn`, which may change the options.
const spawnSyncDoor = {
  spawn(options) {
    const { check, scopes } = internalBinding('permission');
    check(scopes.child, options.file);
    return binding.spawnSync(
      options.file, options.args, options.envPairs, options.cwd || undefined,
      options.uid ?? undefined, options.gid ?? undefined, options.detached, toNativeStdio(options),
      options.timeout ?? 0, options.maxBuffer ?? Infinity, options.killSignal ?? 0);
  },
};

function runSync(options) {
  const [error, pid, status, signal, output] = spawnSyncDoor.spawn(options);
  const decoded = output && output.map((bytes) => decode(bytes, options.encoding));
  return {
    ...(error !== 0 && { error: syncError(error, options) }),
    status: pid !== 0 && signal === 0 ? status : null,
    signal: signalName(signal),
    output: decoded,
    pid,
    stdout: decoded?.[1],
    stderr: decoded?.[2],
  };
}

function syncError(errno, { args, file }) {
  const error = new ErrnoException(errno, `spawnSync ${file}`);
  error.path = file;
  error.spawnargs = args.slice(1);
  return error;
}

function decode(bytes, encoding) {
  if (bytes === null) return null;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

module.exports = { runSync, spawnSyncDoor };
