'use strict';

// The permission model's face: process.permission, the diagnostics channels and what child processes inherit. Set up by
// internal/bootstrap/startup where --permission or --permission-audit is given, and loaded in no other process. What is
// checked before it is done asks `check` of the binding. https://nodejs.org/api/permissions.html

const { getGivenOptions, getOptionValue } = require('internal/options');
const { isUint8Array } = require('internal/util/types');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateString } = require('internal/validators');
const binding = internalBinding('permission');
const { scopes } = binding;

const kChannels = {
  __proto__: null,
  Addon: 'addon',
  ChildProcess: 'child',
  FileSystem: 'fs',
  FileSystemRead: 'fs',
  FileSystemWrite: 'fs',
  Inspector: 'inspector',
  OpenSSLStore: 'openssl-store',
  WASI: 'wasi',
  WorkerThreads: 'worker',
};

// A child gets these when its own command line says nothing of permissions.
const kFlags = ['--allow-addons', '--allow-child-process', '--allow-inspector', '--allow-openssl-store', '--allow-wasi',
                '--allow-worker'];
const kLists = ['--allow-fs-read', '--allow-fs-write'];

const kWarnings = [
  ['--allow-addons', 'PERM0001'],
  ['--allow-child-process', 'PERM0002'],
  ['--allow-inspector', 'PERM0004'],
  ['--allow-wasi', 'PERM0005'],
  ['--allow-worker', 'PERM0006'],
  ['--allow-openssl-store', 'PERM0007'],
];

/** Called by C++ for each access that was denied and each permission that was dropped. */
function tell(permission, resource, dropped) {
  const channel = require('diagnostics_channel').channel(`node:permission-model:${kChannels[permission]}`);
  if (channel.hasSubscribers) channel.publish({ permission, resource, drop: dropped || undefined });
}

function checkArguments(scope, reference) {
  validateString(scope, 'scope');
  if (reference === undefined || reference === null) return undefined;
  if (isUint8Array(reference)) return require('buffer').Buffer.from(reference).toString();
  if (typeof reference !== 'string') throw new ERR_INVALID_ARG_TYPE('reference', 'string', reference);
  return reference;
}

/**
 * @param {string} scope such as 'fs.read'; false for one that does not exist
 * @param {string | Uint8Array} [reference] a path; without one: is everything allowed
 * @returns {boolean}
 */
function has(scope, reference) {
  const resource = checkArguments(scope, reference);
  return Object.hasOwn(scopes, scope) && binding.has(scopes[scope], resource);
}

/** Gives up a permission for good: all of it, or what was granted for exactly this path. */
function drop(scope, reference) {
  const resource = checkArguments(scope, reference);
  if (Object.hasOwn(scopes, scope)) binding.drop(scopes[scope], resource);
}

/** The options of this process in the form of NODE_OPTIONS. */
function ownOptions() {
  const options = kFlags.filter((flag) => getOptionValue(flag));
  for (const name of kLists) {
    for (const value of getOptionValue(name)) {
      options.push(/[\s"\\]/.test(value) ? `"${`${name}=${value}`.replace(/["\\]/g, '\\$&')}"` : `${name}=${value}`);
    }
  }
  return ['--permission', ...options].join(' ');
}

function choosesItself(words) {
  return words.includes('--permission') || words.includes('--permission-audit');
}

/**
 * The environment of a child process, so that a program does not get out of the model by starting another one.
 * @param {string[]} args the child's, its name first
 * @param {string[]} envPairs NAME=value
 * @returns {string[]}
 */
function inherited(args, envPairs) {
  if (!getOptionValue('--permission') || choosesItself(args)) return envPairs;
  const kName = 'NODE_OPTIONS=';
  const index = envPairs.findLastIndex((pair) => pair.startsWith(kName));
  const given = index < 0 ? '' : envPairs[index].slice(kName.length);
  if (choosesItself(given.split(/\s+/))) return envPairs;
  return [...envPairs.filter((_, i) => i !== index), `${kName}${given}${given && ' '}${ownOptions()}`];
}

function setUp() {
  internalBinding('builtins').setRealmValue('onPermission', tell);
  Object.defineProperty(process, 'permission', { __proto__: null, enumerable: true, value: { has, drop } });
  if (!getOptionValue('--permission')) return;
  // As with --no-addons: packages that have a form without their addon give that one.
  if (!getOptionValue('--allow-addons')) getGivenOptions()['--addons'] = false;
  for (const name of kLists) {
    if (!getOptionValue(name).some((value) => value.includes(','))) continue;
    process.emitWarning(
      `The ${name} CLI flag has changed. Passing a comma-separated list of paths is no longer valid. ` +
      'Documentation can be found at https://nodejs.org/api/permissions.html#file-system-permissions', 'Warning');
  }
  for (const [flag, code] of kWarnings) {
    if (!getOptionValue(flag)) continue;
    process.emitWarning(
      `The flag ${flag} must be used with extreme caution. It could invalidate the permission model.`,
      'SecurityWarning', code);
  }
}

/** For the lists of a process without the model: they would mean nothing. */
function requireModel() {
  throw new (require('internal/errors').codes.ERR_MISSING_OPTION)('--permission');
}

module.exports = { inherited, requireModel, setUp };
