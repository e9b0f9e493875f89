'use strict';
// The `stdio` option: what each of a child's first descriptors is.

const {
  codes: {
    ERR_INVALID_ARG_VALUE, ERR_INVALID_SYNC_FORK_INPUT, ERR_IPC_ONE_PIPE, ERR_IPC_SYNC_FORK,
  },
} = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');

// ProcessHandle::StdioKind in process_handle.h
const kIgnore = 0;
const kPipe = 1;
const kStream = 2;
const kFd = 3;

function newPipe(ipc) {
  const { Pipe } = internalBinding('net');
  return new Pipe(ipc);
}

/** 'pipe' means ['pipe', 'pipe', 'pipe']; 'inherit' the parent's own three. */
function stdioStringToArray(stdio, channel) {
  const result = [];
  switch (stdio) {
    case 'ignore':
    case 'overlapped':
    case 'pipe':
      result.push(stdio, stdio, stdio);
      break;
    case 'inherit':
      result.push(0, 1, 2);
      break;
    default:
      throw new ERR_INVALID_ARG_VALUE('stdio', stdio);
  }
  if (channel) result.push(channel);
  return result;
}

/** The native stream handle behind a stream, or behind an object that is one. */
function handleOf(value) {
  if (value === null || typeof value !== 'object') return undefined;
  const handle = value.handle ?? value._handle ?? value;
  return typeof handle.readStart === 'function' && typeof handle.close === 'function' ? handle :
    undefined;
}

function toEntry(value, i, sync) {
  value ??= i < 3 ? 'pipe' : 'ignore';
  if (value === 'ignore') return { kind: kIgnore };
  if (value === 'pipe' || value === 'overlapped' || (typeof value === 'number' && value < 0)) {
    return { kind: kPipe, handle: sync ? undefined : newPipe(false), readable: i === 0 };
  }
  if (value === 'ipc') {
    if (sync) throw new ERR_IPC_SYNC_FORK();
    return { kind: kPipe, handle: newPipe(true), ipc: true };
  }
  if (value === 'inherit') return { kind: kFd, fd: i };
  if (typeof value === 'number') return { kind: kFd, fd: value };
  if (typeof value.fd === 'number') return { kind: kFd, fd: value.fd };
  const handle = handleOf(value);
  if (handle !== undefined) {
    return { kind: kStream, handle, stream: value };
  }
  if (isArrayBufferView(value) || typeof value === 'string') {
    if (!sync) {
      const { inspect } = require('internal/util/inspect');
      throw new ERR_INVALID_SYNC_FORK_INPUT(inspect(value));
    }
  }
  throw new ERR_INVALID_ARG_VALUE('stdio', value);
}

/**
 * @returns {{ entries: object[], ipc?: object, ipcFd?: number }} an entry has a kind, and a handle, fd or readable
 *   as it needs; pipes of an asynchronous start are open already, and closed again when an entry is wrong
 */
function getStdio(stdio, sync) {
  if (typeof stdio === 'string') stdio = stdioStringToArray(stdio);
  else if (!Array.isArray(stdio)) throw new ERR_INVALID_ARG_VALUE('stdio', stdio);
  const result = { entries: [], ipc: undefined, ipcFd: undefined };
  const count = Math.max(3, stdio.length);
  try {
    for (let i = 0; i < count; i++) {
      if (stdio[i] === 'ipc' && !sync && result.ipc !== undefined) throw new ERR_IPC_ONE_PIPE();
      const entry = toEntry(stdio[i], i, sync);
      result.entries.push(entry);
      if (entry.ipc) {
        result.ipc = entry.handle;
        result.ipcFd = i;
      }
    }
  } catch (error) {
    closePipes(result.entries);
    throw error;
  }
  return result;
}

function closePipes(entries) {
  for (const { kind, handle } of entries) {
    if (kind === kPipe) handle?.close();
  }
}

/** The flat form that the native spawn() takes: kind, value, ... */
function toNative(entries) {
  const flat = [];
  for (const { kind, handle, fd } of entries) flat.push(kind, kind === kFd ? fd : handle);
  return flat;
}

module.exports = { closePipes, getStdio, kFd, kIgnore, kPipe, kStream, stdioStringToArray, toNative };
