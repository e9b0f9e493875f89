'use strict';

// Run with internal/errors; makes errors of failed system calls: the plain ones named by the system (ENOENT ...) and
// the SystemError classes with an ERR_* code and the details in `info`.

const { withoutStack, kIsNodeError } = require('internal/errors/stack');

const systemErrorMessages = {
  ERR_FS_CP_DIR_TO_NON_DIR: 'Cannot overwrite non-directory with directory',
  ERR_FS_CP_EEXIST: 'Target already exists',
  ERR_FS_CP_EINVAL: 'Invalid src or dest',
  ERR_FS_CP_FIFO_PIPE: 'Cannot copy a FIFO pipe',
  ERR_FS_CP_NON_DIR_TO_DIR: 'Cannot overwrite directory with non-directory',
  ERR_FS_CP_SOCKET: 'Cannot copy a socket file',
  ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY: 'Cannot overwrite symlink in subdirectory of self',
  ERR_FS_CP_UNKNOWN: 'Cannot copy an unknown file type',
  ERR_FS_EISDIR: 'Path is a directory',
  ERR_SOCKET_BUFFER_SIZE: 'Could not get or set buffer size',
  ERR_SYSTEM_ERROR: 'A system error occurred',
  ERR_TTY_INIT_FAILED: 'TTY initialization failed',
};

let errorMap;

/** @returns {[string, string] | undefined} name and message of a libuv error number */
function uvErrmapGet(errno) {
  errorMap ??= internalBinding('uv').getErrorMap();
  return errorMap.get(errno);
}

function nameAndMessage(errno) {
  return uvErrmapGet(errno) ?? ['UNKNOWN', 'unknown error'];
}

/** The name of a system error number; complains as the public util.getSystemErrorName() does. */
function nameOf(errno) {
  return require('internal/util').getSystemErrorName(errno);
}

/** An Error whose stack starts at the caller of `constructor`. */
function makeError(message, constructor, properties) {
  const error = withoutStack(() => new Error(message));
  for (const key of Object.keys(properties)) {
    // A DNS error without a number has the property all the same.
    if (properties[key] !== undefined || key === 'errno') error[key] = properties[key];
  }
  Error.captureStackTrace(error, constructor);
  return error;
}

/** `{ get, set }` for a property of a SystemError that is kept in its `info`. */
function forwardToInfo(info, key, convert) {
  return {
    __proto__: null,
    get: () => convert(info[key]),
    set: (value) => { info[key] = value; },
    enumerable: true,
    configurable: true,
  };
}

function pathToString(path) {
  return path?.toString();
}

/** What the messages of SystemErrors start with, by code. */
const prefixes = new Map();

/** An error of a system call under a code of the runtime's own. */
class SystemError extends Error {
  /**
   * @param {string} code
   * @param {{ errno: number, syscall: string, code: string, message: string, path?: string, dest?: string }} context
   */
  constructor(code, context) {
    const syscall = context.syscall;
    const { path, dest } = context;
    let message = `${prefixes.get(code)}: ${syscall} returned ${context.code} (${context.message})`;
    if (path !== undefined) message += ` ${path}`;
    if (dest !== undefined) message += ` => ${dest}`;
    super(message);
    this.code = code;
    const same = (value) => value;
    Object.defineProperties(this, {
      [kIsNodeError]: { __proto__: null, value: true, configurable: true },
      name: { __proto__: null, value: 'SystemError', writable: true, configurable: true },
      info: { __proto__: null, value: context, enumerable: true, configurable: true },
      errno: forwardToInfo(context, 'errno', same),
      syscall: forwardToInfo(context, 'syscall', same),
    });
    if (path !== undefined) {
      Object.defineProperty(this, 'path', forwardToInfo(context, 'path', pathToString));
    }
    if (dest !== undefined) {
      Object.defineProperty(this, 'dest', forwardToInfo(context, 'dest', pathToString));
    }
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  /** Shows the values of the accessors. */
  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    return inspect(this, { ...options, getters: true, customInspect: false });
  }
}

function makeSystemErrorClass(code, prefix) {
  prefixes.set(code, prefix);
  return class NodeError extends SystemError {
    constructor(context) {
      super(code, context);
    }
  };
}

/** `ENOENT: no such file or directory, open 'x'`. */
class UVException {
  /** @param {{ errno: number, syscall: string, message?: string, path?: any, dest?: any }} context */
  constructor(context) {
    const [code, uvMessage] = nameAndMessage(context.errno);
    let message = `${code}: ${context.message || uvMessage}, ${context.syscall}`;
    const path = pathToString(context.path);
    const dest = pathToString(context.dest);
    if (path !== undefined) message += ` '${path}'`;
    if (dest !== undefined) message += ` -> '${dest}'`;
    const { message: ignored, path: rawPath, dest: rawDest, ...properties } = context;
    return makeError(message, new.target, { ...properties, code, path, dest });
  }
}

function whereOf(address, port) {
  if (port && port > 0) return ` ${address}:${port}`;
  return address ? ` ${address}` : '';
}

/** `listen EADDRINUSE: address already in use :::80`. */
class UVExceptionWithHostPort {
  constructor(errno, syscall, address, port) {
    const [code, uvMessage] = nameAndMessage(errno);
    const message = `${syscall} ${code}: ${uvMessage}${whereOf(address, port)}`;
    return makeError(message, new.target,
                     { code, errno, syscall, address, port: port || undefined });
  }
}

/** `read ECONNRESET`. */
class ErrnoException {
  constructor(errno, syscall, original = undefined) {
    const code = nameOf(errno);
    const message = `${syscall} ${code}${original ? ` ${original}` : ''}`;
    return makeError(message, new.target, { errno, code, syscall });
  }
}

/** `connect ECONNREFUSED 127.0.0.1:80`. */
class ExceptionWithHostPort {
  constructor(errno, syscall, address, port, additional = undefined) {
    const code = nameOf(errno);
    let message = `${syscall} ${code}${whereOf(address, port)}`;
    if (additional) message += ` - Local (${additional})`;
    return makeError(message, new.target,
                     { errno, code, syscall, address, port: port || undefined });
  }
}

// libuv tells two ways in which a name has no address; users know one.
const noSuchHost = new Set(['EAI_NODATA', 'EAI_NONAME']);

/** `getaddrinfo ENOTFOUND host`. */
class DNSException {
  /**
   * @param {number | string} reason libuv's error number or the name of a c-ares error
   * @param {string} syscall
   * @param {string} [hostname]
   */
  constructor(reason, syscall, hostname) {
    const errno = typeof reason === 'number' ? reason : undefined;
    let code = errno === undefined ? reason : nameOf(errno);
    if (noSuchHost.has(code)) code = 'ENOTFOUND';
    const message = `${syscall} ${code}${hostname ? ` ${hostname}` : ''}`;
    return makeError(message, new.target,
                     { errno, code, syscall, hostname: hostname || undefined });
  }
}

module.exports = {
  DNSException,
  ErrnoException,
  ExceptionWithHostPort,
  SystemError,
  UVException,
  UVExceptionWithHostPort,
  makeSystemErrorClass,
  systemErrorMessages,
  uvErrmapGet,
};
