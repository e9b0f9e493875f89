'use strict';

// Users and groups of the process: process.getuid and its family.

const binding = internalBinding('process');

function validateId(id, name) {
  const { ERR_INVALID_ARG_TYPE } = require('internal/errors').codes;
  if (typeof id === 'number') require('internal/validators').validateUint32(id, name);
  else if (typeof id !== 'string') throw new ERR_INVALID_ARG_TYPE(name, ['number', 'string'], id);
}

function unknownCredential(kind, id) {
  return new (require('internal/errors').codes.ERR_UNKNOWN_CREDENTIAL)(kind, id);
}

/** Calls the system; what it refuses is said in its own words, with its own positive number. */
function ask(name, ...args) {
  try {
    return binding[name](...args);
  } catch ({ code, errno }) {
    const text = require('util').getSystemErrorMessage(errno);
    const error = new Error(`${code}, ${text[0].toUpperCase()}${text.slice(1)}`);
    throw Object.assign(error, { errno: -errno, code, syscall: name });
  }
}

function makeSetter(name, kind) {
  return {
    [name](id) {
      validateId(id, 'id');
      if (ask(name, id, name) === 1) throw unknownCredential(kind, id);
    },
  }[name];
}

function setgroups(groups) {
  require('internal/validators').validateArray(groups, 'groups');
  groups.forEach((group, i) => validateId(group, `groups[${i}]`));
  const unknown = ask('setgroups', groups);
  if (unknown > 0) throw unknownCredential('Group', groups[unknown - 1]);
}

function initgroups(user, extraGroup) {
  validateId(user, 'user');
  validateId(extraGroup, 'extraGroup');
  const unknown = ask('initgroups', user, extraGroup);
  if (unknown === 1) throw unknownCredential('User', user);
  if (unknown === 2) throw unknownCredential('Group', extraGroup);
}

exports.methods = {
  getuid: binding.getuid,
  geteuid: binding.geteuid,
  getgid: binding.getgid,
  getegid: binding.getegid,
  getgroups: binding.getgroups,
  setuid: makeSetter('setuid', 'User'),
  seteuid: makeSetter('seteuid', 'User'),
  setgid: makeSetter('setgid', 'Group'),
  setegid: makeSetter('setegid', 'Group'),
  setgroups,
  initgroups,
};
