'use strict';

// What the classes of node:sqlite have in common: they look as if they were native ones. Run once per realm, on first
// use of node:sqlite.

/** An error whose code is a property alone: not in its stack, as those of a native class. */
function nativeError(Type, code, message) {
  const error = new Type(message);
  error.code = code;
  return error;
}

function invalidArgument(message) {
  return nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', message);
}

function illegalConstructor() {
  return nativeError(Error, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
}

/** A class whose constructor returns the object that it is given: a subclass puts private fields on any object. */
class Given {
  constructor(object) {
    return object;
  }
}

/**
 * A private field for the objects of a class that is written as a function, because it may be called without `new`.
 * get(object) throws a TypeError for other objects.
 */
function privateField() {
  return class Field extends Given {
    #value;

    constructor(object, value) {
      super(object);
      this.#value = value;
    }

    static has(object) {
      return typeof object === 'object' && object !== null && #value in object;
    }

    static get(object) {
      if (!Field.has(object)) throw new TypeError('Illegal invocation');
      return object.#value;
    }
  };
}

/** Gives a constructor its prototype: methods that are enumerable and whose length is 0. */
function definePrototype(constructor, methods, dispose) {
  constructor.prototype = methods;
  for (const name of Object.keys(methods)) {
    Object.defineProperty(methods[name], 'length', { __proto__: null, value: 0, configurable: true });
  }
  Object.defineProperty(methods, 'constructor', {
    __proto__: null, value: constructor, writable: true, enumerable: false, configurable: true,
  });
  if (dispose !== undefined) methods[Symbol.dispose] = dispose;
  Object.defineProperty(constructor, 'length', { __proto__: null, value: 0, configurable: true });
}

/** The descriptor of a property that each object has itself, and that calls `get`. */
function ownGetter(get) {
  // An expression without a name.
  const getters = [function() {
    return get(this);
  }];
  return { __proto__: null, get: getters[0], set: undefined, enumerable: true, configurable: false };
}

module.exports = { definePrototype, illegalConstructor, invalidArgument, nativeError, ownGetter, privateField };
