'use strict';
// ChildProcess: a running process, its standard streams and, when it has one, its IPC channel.

const EventEmitter = require('events');
const dc = require('diagnostics_channel');
const {
  ErrnoException,
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { convertToValidSignal } = require('internal/util');
const { validateObject, validateOneOf, validateString } =
  require('internal/validators');
const { closePipes, getStdio, kPipe, kStream, toNative } =
  require('internal/child_process/stdio');
const binding = internalBinding('child_process');

// Not worth an exception: whoever spawns cannot know them beforehand, so they come as an 'error' event.
const softErrors = new Set(['EACCES', 'EAGAIN', 'EMFILE', 'ENFILE', 'ENOENT']);

const kUsedAsStdio = Symbol('kUsedAsStdio');

const processChannel = dc.channel('child_process');
const spawnChannel = dc.tracingChannel('child_process.spawn');

let signalNames;

/** The name of the signal with this number, null for none. */
function signalName(number) {
  if (number === 0) return null;
  if (signalNames === undefined) {
    signalNames = new Map();
    for (const [name, value] of Object.entries(require('os').constants.signals)) {
      if (!signalNames.has(value)) signalNames.set(value, name);
    }
  }
  return signalNames.get(number) ?? null;
}

function errorCode(errno) {
  const { getSystemErrorName } = require('internal/util');
  return getSystemErrorName(errno);
}

function ChildProcess() {
  if (!new.target) return new ChildProcess();
  Reflect.apply(EventEmitter, this, []);
  this._closesNeeded = 1;
  this._closesGot = 0;
  this.connected = false;
  this.signalCode = null;
  this.exitCode = null;
  this.killed = false;
  this.spawnfile = null;
  this._handle = new binding.Process();
  this._handle.onexit = (exitCode, signal) => onExit(this, exitCode, signalName(signal));
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);

function onExit(child, exitCode, signalCode) {
  if (signalCode !== null) child.signalCode = signalCode;
  else child.exitCode = exitCode;
  child.stdin?.destroy();
  if (child._handle) {
    child._handle.close();
    child._handle = null;
  }
  if (exitCode < 0) {
    const syscall = child.spawnfile ? `spawn ${child.spawnfile}` : 'spawn';
    const error = new ErrnoException(exitCode, syscall);
    if (child.spawnfile) error.path = child.spawnfile;
    error.spawnargs = child.spawnargs.slice(1);
    child.emit('error', error);
  } else {
    child.emit('exit', child.exitCode, child.signalCode);
  }
  // Output that nobody asked for must not keep 'close' from coming.
  process.nextTick(flushStdio, child);
  maybeClose(child);
}

function flushStdio(child) {
  for (const stream of child.stdio ?? []) {
    if (!stream || !stream.readable || stream[kUsedAsStdio]) continue;
    stream.resume();
  }
}

function maybeClose(child) {
  child._closesGot++;
  if (child._closesGot === child._closesNeeded) {
    child.emit('close', child.exitCode, child.signalCode);
  }
}

function checkPermission(file) {
  const { check, scopes } = internalBinding('permission');
  check(scopes.child, file);
}

function checkSpawnOptions(options) {
  validateObject(options, 'options');
  if (options.serialization !== undefined) {
    validateOneOf(options.serialization, 'options.serialization', [undefined, 'json', 'advanced']);
  }
  if (options.envPairs !== undefined && !Array.isArray(options.envPairs)) {
    throw new ERR_INVALID_ARG_TYPE('options.envPairs', 'Array', options.envPairs);
  }
  validateString(options.file, 'options.file');
  if (options.args !== undefined && !Array.isArray(options.args)) {
    throw new ERR_INVALID_ARG_TYPE('options.args', 'Array', options.args);
  }
}

/** Starts the process; options as normalizeSpawn() makes them. */
ChildProcess.prototype.spawn = function(options) {
  checkSpawnOptions(options);
  checkPermission(options.file);
  const serialization = options.serialization || 'json';
  const { entries, ipc, ipcFd } = getStdio(options.stdio || 'pipe', false);
  const envPairs = options.envPairs ?? [];
  if (ipc !== undefined) {
    envPairs.push(`NODE_CHANNEL_FD=${ipcFd}`, `NODE_CHANNEL_SERIALIZATION_MODE=${serialization}`);
  }
  if (spawnChannel.hasSubscribers) spawnChannel.start.publish({ process: this, options });
  this.spawnfile = options.file;
  this.spawnargs = options.args ?? [];
  const status = this._handle.spawn(
    options.file, options.args ?? [], envPairs, options.cwd || undefined, options.uid ?? undefined,
    options.gid ?? undefined, Boolean(options.detached), toNative(entries));
  const failed = status !== 0;
  if (!failed) {
    process.nextTick(emitSpawn, this);
  } else if (softErrors.has(errorCode(status))) {
    process.nextTick(reportFailure, this, status);
    traceFailure(this, status);
    // Without descriptors, streams could not be made either.
    if (errorCode(status) === 'EMFILE' || errorCode(status) === 'ENFILE') {
      closePipes(entries);
      return status;
    }
  } else {
    closePipes(entries);
    this._handle.close();
    this._handle = null;
    throw traceFailure(this, status) ?? new ErrnoException(status, 'spawn');
  }
  this.pid = failed ? undefined : this._handle.pid;
  makeStreams(this, entries, failed);
  if (ipc !== undefined) {
    const { setupChannel } = require('internal/child_process/ipc');
    setupChannel(this, ipc, serialization);
  }
  if (!failed && spawnChannel.hasSubscribers) spawnChannel.end.publish({ process: this });
  if (processChannel.hasSubscribers) processChannel.publish({ process: this });
  return status;
};

function traceFailure(child, status) {
  if (!spawnChannel.hasSubscribers) return undefined;
  const error = new ErrnoException(status, 'spawn');
  spawnChannel.error.publish({ process: child, error });
  return error;
}

function emitSpawn(child) {
  child.emit('spawn');
}

function reportFailure(child, status) {
  onExit(child, status, null);
}

/** child.stdin, stdout, stderr and stdio. */
function makeStreams(child, entries, failed) {
  const { Socket } = require('net');
  const streams = entries.map(({ kind, handle, ipc, stream }, i) => {
    if (kind === kStream) stopUsing(stream);
    if (kind !== kPipe || ipc) return null;
    if (failed) {
      handle.close();
      handle = null;
    }
    const socket = new Socket({ handle: handle ?? undefined, readable: i > 0 });
    if (failed) socket.destroy();
    // The end of a stream that the child holds is part of its 'close'.
    if (i > 0 && !failed) {
      child._closesNeeded++;
      socket.on('close', () => maybeClose(child));
    }
    return socket;
  });
  child.stdin = streams[0];
  child.stdout = streams[1];
  child.stderr = streams[2];
  child.stdio = streams;
}

/** A socket that the child got: the parent must not take its data, and closing is no event of the child's. */
function stopUsing(stream) {
  if (typeof stream?.pause !== 'function' || stream._handle == null) return;
  const { kReading } = require('internal/net/stream_handle');
  stream._handle.readStop();
  stream._handle[kReading] = false;
  stream.pause();
  // The read that was asked for will not be answered: the next one must ask anew.
  stream._readableState.reading = false;
  stream[kUsedAsStdio] = true;
}

ChildProcess.prototype.kill = function(signal) {
  const number = signal === 0 ? 0 : convertToValidSignal(signal === undefined ? 'SIGTERM' : signal);
  if (!this._handle) return false;
  const status = this._handle.kill(number);
  if (status === 0) {
    this.killed = true;
    return true;
  }
  const code = errorCode(status);
  if (code === 'EINVAL' || code === 'ENOSYS') throw new ErrnoException(status, 'kill');
  // Gone already is no failure.
  if (code !== 'ESRCH') this.emit('error', new ErrnoException(status, 'kill'));
  return false;
};

ChildProcess.prototype[Symbol.dispose] = function() {
  if (!this.killed) this.kill();
};

ChildProcess.prototype.ref = function() {
  this._handle?.ref();
};

ChildProcess.prototype.unref = function() {
  this._handle?.unref();
};

module.exports = { ChildProcess, maybeClose, signalName };
