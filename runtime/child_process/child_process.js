'use strict';
// The public module `child_process`.

const {
  AbortError,
  codes: {
    ERR_CHILD_PROCESS_IPC_REQUIRED, ERR_CHILD_PROCESS_STDIO_MAXBUFFER,
  },
  genericNodeError,
} = require('internal/errors');
const { getSystemErrorName, kEmptyObject, promisify } = require('internal/util');
const {
  validateAbortSignal, validateArray, validateFunction, validateObject, validateString,
} = require('internal/validators');
const {
  checkNoNull, normalizeSpawn, splitArguments, toKillSignal, validateMaxBuffer, validateTimeout,
} = require('internal/child_process/arguments');
const { ChildProcess } = require('internal/child_process');
const { stdioStringToArray } = require('internal/child_process/stdio');

const kMaxBuffer = 1024 * 1024;

// --- fork ------------------------------------------------------------------------------------------------------

/** The parent's own flags, without the script of -e: a child has its own program. */
function inheritedExecArgv() {
  const { execArgv } = process;
  if (process._eval == null) return execArgv;
  const i = execArgv.lastIndexOf(process._eval);
  return i > 0 ? execArgv.toSpliced(i - 1, 2) : execArgv;
}

function forkStdio(options) {
  if (typeof options.stdio === 'string') return stdioStringToArray(options.stdio, 'ipc');
  if (!Array.isArray(options.stdio)) {
    return stdioStringToArray(options.silent ? 'pipe' : 'inherit', 'ipc');
  }
  if (!options.stdio.includes('ipc')) throw new ERR_CHILD_PROCESS_IPC_REQUIRED('options.stdio');
  return options.stdio;
}

function fork(modulePath, args = [], options) {
  const { getValidatedPath } = require('internal/fs/utils');
  modulePath = getValidatedPath(modulePath, 'modulePath');
  if (args == null) {
    args = [];
  } else if (typeof args === 'object' && !Array.isArray(args)) {
    options = args;
    args = [];
  } else {
    validateArray(args, 'args');
  }
  if (options != null) validateObject(options, 'options');
  options = { __proto__: null, ...options, shell: false };
  options.execPath ||= process.execPath;
  validateString(options.execPath, 'options.execPath');
  checkNoNull(options.execPath, 'options.execPath');
  const execArgv = options.execArgv || inheritedExecArgv();
  validateArray(execArgv, 'options.execArgv');
  execArgv.forEach((arg, i) => checkNoNull(arg, `options.execArgv[${i}]`));
  options.stdio = forkStdio(options);
  return spawn(options.execPath, [...execArgv, modulePath, ...args], options);
}

/** The other side of fork(): opens the channel that the parent left at `fd`. Called at start-up. */
function _forkChild(fd, serialization) {
  require('internal/child_process/parent_channel').open(fd, serialization);
}

// --- spawn -----------------------------------------------------------------------------------------------------

function abortChild(child, killSignal, reason) {
  if (!child) return;
  try {
    if (child.kill(killSignal)) child.emit('error', new AbortError(undefined, { cause: reason }));
  } catch (error) {
    child.emit('error', error);
  }
}

function killAfterTimeout(child, timeout, killSignal) {
  const { clearTimeout, setTimeout } = require('timers');
  const timer = setTimeout(() => {
    try {
      child.kill(killSignal);
    } catch (error) {
      child.emit('error', error);
    }
  }, timeout);
  child.once('exit', () => clearTimeout(timer));
}

function killOnAbort(child, signal, killSignal) {
  const onAbort = () => abortChild(child, killSignal, signal.reason);
  if (signal.aborted) {
    process.nextTick(onAbort);
    return;
  }
  signal.addEventListener('abort', onAbort, { once: true });
  child.once('exit', () => signal.removeEventListener('abort', onAbort));
}

function spawn(file, args, options) {
  options = normalizeSpawn(file, args, options);
  validateTimeout(options.timeout);
  validateAbortSignal(options.signal, 'options.signal');
  const killSignal = toKillSignal(options.killSignal);
  const child = new ChildProcess();
  child.spawn(options);
  if (options.timeout > 0) killAfterTimeout(child, options.timeout, killSignal);
  if (options.signal) killOnAbort(child, options.signal, killSignal);
  return child;
}

// --- exec and execFile -----------------------------------------------------------------------------------------

/** exec(command, options?, callback?) as execFile's arguments: the command goes to a shell. */
function execOptions(command, options, callback) {
  validateString(command, 'command');
  checkNoNull(command, 'command');
  if (typeof options === 'function') [options, callback] = [undefined, options];
  options = { __proto__: null, ...options };
  options.shell = typeof options.shell === 'string' ? options.shell : true;
  return [options, callback];
}

function exec(command, options, callback) {
  const [normalized, done] = execOptions(command, options, callback);
  return execFile(command, normalized, done);
}

/** @returns {[string[], object, Function | undefined]} */
function execFileArguments(args, options, callback) {
  if (args != null && typeof args === 'object' && !Array.isArray(args)) {
    [args, options, callback] = [undefined, args, options];
  } else if (typeof args === 'function') {
    [args, options, callback] = [undefined, undefined, args];
  }
  if (args == null) args = [];
  if (typeof options === 'function') [options, callback] = [undefined, options];
  else if (options != null) validateObject(options, 'options');
  if (callback != null) validateFunction(callback, 'callback');
  [args, options] = splitArguments(args, options);
  return [args, options ?? kEmptyObject, callback];
}

const execFileDefaults = {
  encoding: 'utf8',
  timeout: 0,
  maxBuffer: kMaxBuffer,
  killSignal: 'SIGTERM',
  cwd: null,
  env: null,
  shell: false,
};

/** What a child says on one stream, as text or bytes, up to a limit. */
class OutputCollector {
  #chunks = [];
  #size = 0;
  #stream;
  #text;

  constructor(stream, encoding, maxBuffer, onOverflow) {
    const { Buffer } = require('buffer');
    this.#stream = stream;
    this.#text = encoding && Buffer.isEncoding(encoding);
    if (!stream) return;
    if (this.#text) stream.setEncoding(encoding);
    stream.on('data', (chunk) => {
      // A limit in bytes, even where the text is shorter than its bytes. The program may have set an encoding too.
      const { readableEncoding } = stream;
      const length = readableEncoding ? Buffer.byteLength(chunk, readableEncoding) : chunk.length;
      const room = maxBuffer - this.#size;
      this.#size += length;
      if (length <= room) {
        this.#chunks.push(chunk);
        return;
      }
      if (room > 0) this.#chunks.push(chunk.slice(0, room));
      onOverflow();
    });
  }

  result() {
    if (this.#text || this.#stream?.readableEncoding) return this.#chunks.join('');
    const { Buffer } = require('buffer');
    return Buffer.concat(this.#chunks);
  }
}

class ExecFile {
  #child;
  #callback;
  #command;
  #error = null;
  #exited = false;
  #killed = false;
  #options;
  #stderr;
  #stdout;
  #timer;

  constructor(child, command, options, callback) {
    this.#child = child;
    this.#command = command;
    this.#options = options;
    this.#callback = callback;
    this.#stdout = this.#collect('stdout');
    this.#stderr = this.#collect('stderr');
    if (options.timeout > 0) {
      const { setTimeout } = require('timers');
      this.#timer = setTimeout(() => this.#kill(), options.timeout);
    }
    child.addListener('close', (code, signal) => this.#exit(code, signal));
    child.addListener('error', (error) => this.#fail(error));
  }

  #collect(name) {
    const { encoding, maxBuffer } = this.#options;
    return new OutputCollector(this.#child[name], encoding, maxBuffer, () => {
      this.#error = new ERR_CHILD_PROCESS_STDIO_MAXBUFFER(name);
      this.#kill();
    });
  }

  #kill() {
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    this.#killed = true;
    try {
      this.#child.kill(this.#options.killSignal);
    } catch (error) {
      this.#error = error;
      this.#exit();
    }
  }

  #fail(error) {
    this.#error = error;
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    this.#exit();
  }

  #exit(code, signal) {
    if (this.#exited) return;
    this.#exited = true;
    if (this.#timer !== undefined) {
      const { clearTimeout } = require('timers');
      clearTimeout(this.#timer);
    }
    if (!this.#callback) return;
    const stdout = this.#stdout.result();
    const stderr = this.#stderr.result();
    if (!this.#error && code === 0 && signal === null) {
      this.#callback(null, stdout, stderr);
      return;
    }
    const error = this.#error ?? genericNodeError(`Command failed: ${this.#command}\n${stderr}`, {
      code: code < 0 ? getSystemErrorName(code) : code,
      killed: this.#child.killed || this.#killed,
      signal,
    });
    error.cmd = this.#command;
    this.#callback(error, stdout, stderr);
  }
}

function execFile(file, args, options, callback) {
  [args, options, callback] = execFileArguments(args, options, callback);
  options = { __proto__: null, ...execFileDefaults, ...options };
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  options.killSignal = toKillSignal(options.killSignal);
  const { argv0, cwd, env, gid, shell, signal, uid, windowsHide, windowsVerbatimArguments } = options;
  const child = spawn(file, args, {
    argv0,
    cwd,
    env,
    gid,
    shell,
    signal,
    uid,
    windowsHide: Boolean(windowsHide),
    windowsVerbatimArguments: Boolean(windowsVerbatimArguments),
  });
  const command = args.length > 0 ? `${file} ${args.join(' ')}` : file;
  new ExecFile(child, command, options, callback);
  return child;
}

/** The form for util.promisify: { stdout, stderr }, the promise knowing its child. */
function promisified(start) {
  const promisedStart = function(...args) {
    const { promise, resolve, reject } = Promise.withResolvers();
    // Outside of the promise: wrong arguments are thrown, not rejected.
    promise.child = start(...args, (error, stdout, stderr) => {
      if (error !== null) {
        error.stdout = stdout;
        error.stderr = stderr;
        reject(error);
      } else {
        resolve({ stdout, stderr });
      }
    });
    return promise;
  };
  Object.defineProperty(promisedStart, 'name', { value: start.name });
  return promisedStart;
}
Object.defineProperty(exec, promisify.custom, { enumerable: false, value: promisified(exec) });
Object.defineProperty(execFile, promisify.custom, {
  enumerable: false, value: promisified(execFile),
});

// --- the synchronous three -------------------------------------------------------------------------------------

function spawnSync(file, args, options) {
  const normalized = normalizeSpawn(file, args, options);
  normalized.maxBuffer ??= kMaxBuffer;
  validateTimeout(normalized.timeout);
  validateMaxBuffer(normalized.maxBuffer);
  normalized.killSignal = toKillSignal(normalized.killSignal);
  const { runSync } = require('internal/child_process/sync');
  return runSync(normalized);
}

/** The error of a synchronous run that did not succeed. */
function syncError(result, args, command) {
  if (result.error) {
    return Object.assign(result.error, { ...result, error: result.error });
  }
  if (result.status === 0) return undefined;
  let message = `Command failed: ${command || args.join(' ')}`;
  if (result.stderr && result.stderr.length > 0) message += `\n${result.stderr.toString()}`;
  return genericNodeError(message, result);
}

function finishSync(result, showErrors, args, command) {
  if (showErrors && result.stderr) process.stderr.write(result.stderr);
  const error = syncError(result, args, command);
  if (error) throw error;
  return result.stdout;
}

function execFileSync(file, args, options) {
  const [list, given] = splitArguments(args, options);
  const result = spawnSync(file, list, given);
  return finishSync(result, !given?.stdio, [given?.argv0 || file, ...list]);
}

function execSync(command, options) {
  const [normalized] = execOptions(command, options);
  const result = spawnSync(command, normalized);
  return finishSync(result, !normalized.stdio, undefined, command);
}

module.exports = {
  _forkChild,
  ChildProcess,
  exec,
  execFile,
  execFileSync,
  execSync,
  fork,
  spawn,
  spawnSync,
};
