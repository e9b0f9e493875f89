'use strict';
// mock.property(): reads and writes of one property, noted. Loaded by internal/test_runner/mock/mock.

const { codes } = require('internal/errors');
const { validateInteger } = require('internal/validators');

class MockPropertyContext {
  #object;
  #name;
  #descriptor;
  #original;
  #value;
  #accesses = [];
  #once = new Map();

  /** @param {{ value: any } | undefined} mocked the value to have instead of the original */
  constructor(object, name, mocked) {
    this.#object = object;
    this.#name = name;
    this.#descriptor = Object.getOwnPropertyDescriptor(object, name);
    if (this.#descriptor === undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('propertyName', name, 'is not a property of the object');
    }
    this.#original = object[name];
    this.#value = mocked === undefined ? this.#original : mocked.value;
    const { configurable, enumerable } = this.#descriptor;
    Object.defineProperty(object, name, {
      __proto__: null, configurable, enumerable,
      get: () => this.#note('get', this.#value),
      set: (value) => { this.mockImplementation(value); },
    });
  }

  get accesses() {
    return [...this.#accesses];
  }

  accessCount() {
    return this.#accesses.length;
  }

  mockImplementation(value) {
    if (!this.#descriptor.writable && this.#descriptor.set === undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('propertyName', this.#name, 'cannot be set');
    }
    this.#value = this.#note('set', value);
  }

  mockImplementationOnce(value, onAccess) {
    const next = this.#accesses.length;
    const access = onAccess ?? next;
    validateInteger(access, 'onAccess', next);
    this.#once.set(access, value);
  }

  #note(type, value) {
    const number = this.#accesses.length;
    if (this.#once.has(number)) {
      value = this.#once.get(number);
      this.#once.delete(number);
    }
    this.#accesses.push({ type, value, stack: new Error() });
    return value;
  }

  resetAccesses() {
    this.#accesses = [];
  }

  restore() {
    Object.defineProperty(this.#object, this.#name, {
      __proto__: null, ...this.#descriptor,
      ...(this.#descriptor.get === undefined && this.#descriptor.set === undefined ? { value: this.#original } : undefined),
    });
  }
}

module.exports = { MockPropertyContext };
