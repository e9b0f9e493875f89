'use strict';

// process.env of a worker that has its own copy: it takes and gives strings, as the variables of the process do. Run in
// a worker, before the program.

function refuse(why) {
  return Object.assign(new TypeError(why), { code: 'ERR_INVALID_OBJECT_DEFINE_PROPERTY' });
}

function checkDescriptor(descriptor) {
  if (descriptor.get || descriptor.set) {
    throw refuse("'process.env' does not accept an accessor(getter/setter) descriptor");
  }
  if (!('value' in descriptor && descriptor.configurable && descriptor.writable && descriptor.enumerable)) {
    throw refuse("'process.env' only accepts a configurable, writable, and enumerable data descriptor");
  }
}

const handlers = {
  __proto__: null,
  // Symbols throw in both places.
  set(variables, name, value) {
    variables[`${name}`] = `${value}`;
    return true;
  },
  defineProperty(variables, name, descriptor) {
    checkDescriptor(descriptor);
    variables[`${name}`] = `${descriptor.value}`;
    return true;
  },
};

/** @param {Record<string, string>} variables */
function makeEnv(variables) {
  return new Proxy(variables, handlers);
}

module.exports = { makeEnv };
