'use strict';
// What programs pass to spawn, exec, execFile and fork, checked and brought into one form.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { convertToValidSignal, deprecate } = require('internal/util');
const {
  isInt32, validateBoolean, validateObject, validateString,
} = require('internal/validators');

function checkNoNull(value, name) {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
  }
}

function checkFile(file, name = 'file') {
  validateString(file, name);
  checkNoNull(file, name);
  if (file.length === 0) throw new ERR_INVALID_ARG_VALUE(name, file, 'cannot be empty');
}

function checkId(id, name) {
  if (id != null && !isInt32(id)) throw new ERR_INVALID_ARG_TYPE(name, 'int32', id);
}

function checkOptions(options) {
  if (options.detached != null) validateBoolean(options.detached, 'options.detached');
  checkId(options.uid, 'options.uid');
  checkId(options.gid, 'options.gid');
  if (options.shell != null && typeof options.shell !== 'boolean' &&
      typeof options.shell !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('options.shell', ['boolean', 'string'], options.shell);
  }
  if (options.argv0 != null) {
    validateString(options.argv0, 'options.argv0');
    checkNoNull(options.argv0, 'options.argv0');
  }
  if (options.windowsHide != null) validateBoolean(options.windowsHide, 'options.windowsHide');
  if (options.windowsVerbatimArguments != null) {
    validateBoolean(options.windowsVerbatimArguments, 'options.windowsVerbatimArguments');
  }
}

const warnAboutShellArguments = deprecate(
  () => {},
  'Passing args to a child process with shell option true can lead to security vulnerabilities, ' +
  'as the arguments are not escaped, only concatenated.',
  'DEP0190');

/** A command line for the shell that the options name. */
function throughShell(file, args, shell) {
  checkNoNull(shell, 'options.shell');
  if (args.length > 0) warnAboutShellArguments();
  const command = [file, ...args].join(' ');
  return [typeof shell === 'string' ? shell : '/bin/sh', ['-c', command]];
}

/** The environment as "NAME=value" strings; inherited properties count, undefined ones do not. */
function toPairs(env) {
  const pairs = [];
  for (const name in env) {
    const value = env[name];
    if (value === undefined) continue;
    checkNoNull(name, `options.env['${name}']`);
    checkNoNull(value, `options.env['${name}']`);
    pairs.push(`${name}=${value}`);
  }
  return pairs;
}

/** Coverage is of a process and of all it starts: an environment that does not say otherwise inherits its folder. */
function withCoverage(env) {
  if (!env || Object.hasOwn(env, 'NODE_V8_COVERAGE')) return env;
  const { NODE_V8_COVERAGE } = process.env;
  return NODE_V8_COVERAGE === undefined ? env : { ...env, NODE_V8_COVERAGE };
}

/** @returns {[string[], object]} what follows `file`: the arguments may be left out */
function splitArguments(args, options) {
  if (Array.isArray(args)) return [args.slice(), options];
  if (args == null) return [[], options];
  if (typeof args !== 'object') throw new ERR_INVALID_ARG_TYPE('args', 'object', args);
  return [[], args];
}

function inheritPermissions(args, envPairs) {
  return process.permission === undefined ? envPairs : require('internal/permission').inherited(args, envPairs);
}

function normalizeSpawn(file, args, options) {
  checkFile(file);
  [args, options] = splitArguments(args, options);
  args.forEach((arg, i) => checkNoNull(arg, `args[${i}]`));
  if (options !== undefined) validateObject(options, 'options');
  // Without a prototype: what somebody put on Object.prototype must not choose the program's user or shell.
  options = { __proto__: null, ...options };
  checkOptions(options);
  let { cwd } = options;
  if (cwd != null) {
    const { getValidatedPath } = require('internal/fs/utils');
    cwd = getValidatedPath(cwd, 'options.cwd');
  }
  if (options.shell) [file, args] = throughShell(file, args, options.shell);
  args.unshift(typeof options.argv0 === 'string' ? options.argv0 : file);
  return {
    __proto__: null,
    ...options,
    args: args.map(String),
    cwd,
    detached: Boolean(options.detached),
    envPairs: inheritPermissions(args, toPairs(withCoverage(options.env) || process.env)),
    file,
  };
}

function validateTimeout(timeout) {
  if (timeout != null && !(Number.isInteger(timeout) && timeout >= 0)) {
    throw new ERR_OUT_OF_RANGE('timeout', 'an unsigned integer', timeout);
  }
}

function validateMaxBuffer(maxBuffer) {
  if (maxBuffer != null && !(typeof maxBuffer === 'number' && maxBuffer >= 0)) {
    throw new ERR_OUT_OF_RANGE('options.maxBuffer', 'a positive number', maxBuffer);
  }
}

/** The number of options.killSignal; undefined when there is none. */
function toKillSignal(killSignal) {
  if (typeof killSignal === 'string' || typeof killSignal === 'number') {
    return convertToValidSignal(killSignal);
  }
  if (killSignal != null) {
    throw new ERR_INVALID_ARG_TYPE('options.killSignal', ['string', 'number'], killSignal);
  }
  return undefined;
}

module.exports = {
  checkNoNull,
  normalizeSpawn,
  splitArguments,
  toKillSignal,
  validateMaxBuffer,
  validateTimeout,
};
