'use strict';
// The URLPattern class over ada's.
// Run once per realm, when someone first asks for URLPattern.

const binding = internalBinding('url');
const { customInspectSymbol: kInspect } = require('internal/util');

// The members of URLPatternInit in the binding's order; all but the last are components of a pattern.
const kMembers = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash', 'baseURL'];
const kComponents = kMembers.slice(0, 8);
// The properties of a match in the order Node has them.
const kResultOrder = ['hash', 'hostname', 'inputs', 'password', 'pathname', 'port', 'protocol', 'search', 'username'];

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

// These errors have texts of their own for codes that say something else elsewhere.
function typeError(message, code) {
  return Object.assign(new TypeError(message), { code });
}

function argumentTypeError(message) {
  return typeError(message, 'ERR_INVALID_ARG_TYPE');
}

function toInit(object) {
  return kMembers.map((name) => {
    const value = object[name];
    return value === undefined ? undefined : `${value}`;
  });
}

// URLPattern(input, baseURL, options) and URLPattern(input, options)
function parseArguments(...args) {
  let [input, baseURL, options] = args;
  if (input == null) input = {};
  if (!isObject(input) && typeof input !== 'string') throw argumentTypeError('Input must be an object or a string');
  if (baseURL != null && typeof baseURL !== 'string') {
    if (!isObject(baseURL)) throw argumentTypeError('second argument must be a string or object');
    options = baseURL;
    baseURL = undefined;
  } else if (baseURL == null) {
    // With three arguments it is a string, whatever is given.
    baseURL = args.length > 2 ? `${baseURL}` : undefined;
  }
  if (options != null && !isObject(options)) throw argumentTypeError('options.ignoreCase must be a boolean');
  return {
    input: typeof input === 'string' ? input : toInit(input),
    baseURL,
    ignoreCase: Boolean(options?.ignoreCase),
  };
}

class NativePattern {
  #native;
  #components;

  constructor(...args) {
    const { input, baseURL, ignoreCase } = parseArguments(...args);
    this.#native = new binding.UrlPattern(input, baseURL, ignoreCase);
    if (!this.#native.valid) throw typeError('Failed to construct URLPattern', 'ERR_INVALID_URL_PATTERN');
  }

  static component(pattern, index) {
    if (!isObject(pattern) || !(#native in pattern)) throw new TypeError('Illegal invocation');
    pattern.#components ??= pattern.#native.components();
    return pattern.#components[index];
  }

  static native(pattern) {
    if (!isObject(pattern) || !(#native in pattern)) throw new TypeError('Illegal invocation');
    return pattern.#native;
  }
}
const { component, native } = NativePattern;

function matchInput(input) {
  if (input === undefined || input === null) return toInit({});
  if (typeof input === 'string') return input;
  if (!isObject(input)) throw argumentTypeError('URLPattern input needs to be a string or an object');
  return toInit(input);
}

function matchBase(baseURL) {
  if (baseURL === undefined) return undefined;
  if (baseURL !== null && typeof baseURL !== 'string') throw argumentTypeError('baseURL must be a string');
  return `${baseURL}`;
}

function URLPattern(...args) {
  if (new.target === undefined) {
    throw typeError('Cannot call constructor without `new`', 'ERR_CONSTRUCT_CALL_REQUIRED');
  }
  return Reflect.construct(NativePattern, args, new.target);
}
Object.defineProperty(URLPattern, 'length', { configurable: true, value: 0 });

URLPattern.prototype = {
  exec(input, baseURL) {
    const found = native(this).exec(matchInput(input), matchBase(baseURL));
    if (found === undefined) throw typeError('Failed to exec URLPattern', 'ERR_OPERATION_FAILED');
    if (found === null) return null;
    const result = { __proto__: null };
    for (const name of kResultOrder) {
      result[name] = name === 'inputs' ? inputsOf(input, baseURL) : matchOf(found[kComponents.indexOf(name)]);
    }
    return result;
  },

  test(input, baseURL) {
    const found = native(this).test(matchInput(input), matchBase(baseURL));
    if (found === undefined) throw typeError('Failed to test URLPattern', 'ERR_OPERATION_FAILED');
    return found;
  },
};

function inputsOf(input, baseURL) {
  const inputs = [input === undefined ? {} : input];
  if (baseURL !== undefined) inputs.push(baseURL);
  return inputs;
}

function matchOf([input, ...pairs]) {
  const groups = {};
  for (let i = 0; i < pairs.length; i += 2) groups[pairs[i]] = pairs[i + 1];
  return { groups, input };
}

function defineGetter(name, get) {
  Object.defineProperty(URLPattern.prototype, name, { configurable: false, enumerable: true, get });
}
kComponents.forEach((name, index) => defineGetter(name, function() { return component(this, index); }));
defineGetter('hasRegExpGroups', function() { return native(this).hasRegExpGroups; });

Object.defineProperty(URLPattern.prototype, 'constructor', {
  configurable: true, enumerable: true, value: URLPattern, writable: true,
});
Object.defineProperty(URLPattern.prototype, kInspect, {
  configurable: true, enumerable: false, writable: true, value() { return 'URLPattern {}'; },
});

module.exports = { URLPattern };
