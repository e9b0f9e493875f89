'use strict';
// URLSearchParams and its iterator.
// Run once per realm by internal/url.

const {
  codes: {
    ERR_ARG_NOT_ITERABLE, ERR_INVALID_THIS, ERR_INVALID_TUPLE, ERR_MISSING_ARGS,
  },
} = require('internal/errors');
const { customInspectSymbol: kInspect, kEnumerableProperty } = require('internal/util');
const { validateFunction } = require('internal/validators');
const { decode, encode } = require('internal/url/form_urlencoded');
const { kClone } = require('internal/messaging/transferable');

// Set by internal/url, whose URLs a change of their searchParams writes to.
let writeQuery;

function toUSVString(value) {
  return `${value}`.toWellFormed();
}

class URLSearchParams {
  // Names and values in turn: [name, value, name, value, ...]
  #list = [];
  #url = null;

  constructor(init = undefined) {
    if (init === undefined) return;
    if (typeof init === 'object' ? init !== null : typeof init === 'function') {
      this.#fill(init);
    } else {
      init = toUSVString(init);
      this.#list = decode(init[0] === '?' ? init.slice(1) : init);
    }
  }

  #fill(init) {
    const method = init[Symbol.iterator];
    if (method === URLSearchParams.prototype[Symbol.iterator] && #list in init && !Object.hasOwn(init, Symbol.iterator)) {
      this.#list = init.#list.slice();
    } else if (method != null) {
      if (typeof method !== 'function') throw new ERR_ARG_NOT_ITERABLE('Query pairs');
      for (const pair of { [Symbol.iterator]: () => method.call(init) }) this.#addPair(pair);
    } else {
      // A record; a key that differs only in lone surrogates replaces the value of the first.
      const seen = new Map();
      for (const key of Reflect.ownKeys(init)) {
        const descriptor = Reflect.getOwnPropertyDescriptor(init, key);
        if (!descriptor?.enumerable) continue;
        const name = toUSVString(key);
        seen.set(name, toUSVString(init[key]));
      }
      for (const [name, value] of seen) this.#list.push(name, value);
    }
  }

  #addPair(pair) {
    if (pair == null || (typeof pair !== 'object' && typeof pair !== 'function') ||
        typeof pair[Symbol.iterator] !== 'function') {
      throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
    }
    const items = [...pair];
    if (items.length !== 2) throw new ERR_INVALID_TUPLE('Each query pair', '[name, value]');
    this.#list.push(toUSVString(items[0]), toUSVString(items[1]));
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#list in value)) throw new ERR_INVALID_THIS('URLSearchParams');
  }

  // Internal access, taken off the class below.
  static setUrl(params, url, search) {
    params.#url = url;
    params.#list = search.length > 1 ? decode(search.slice(1)) : [];
  }
  static list(params) { return params.#list; }

  #changed() {
    if (this.#url !== null) writeQuery(this.#url, this.toString());
  }

  [kInspect](recurseTimes, ctx) {
    URLSearchParams.#check(this);
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
    const { inspect } = require('internal/util/inspect');
    const options = nestedOptions(recurseTimes, ctx);
    const list = this.#list;
    const output = [];
    for (let i = 0; i < list.length; i += 2) {
      output.push(`${inspect(list[i], options)} => ${inspect(list[i + 1], options)}`);
    }
    return output.length === 0 ? 'URLSearchParams {}' : wrap('URLSearchParams', output, ctx);
  }

  get size() {
    URLSearchParams.#check(this);
    return this.#list.length / 2;
  }

  append(name, value) {
    URLSearchParams.#check(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    this.#list.push(toUSVString(name), toUSVString(value));
    this.#changed();
  }

  delete(name, value = undefined) {
    URLSearchParams.#check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toUSVString(name);
    if (value !== undefined) value = toUSVString(value);
    const kept = [];
    const list = this.#list;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] !== name || (value !== undefined && list[i + 1] !== value)) kept.push(list[i], list[i + 1]);
    }
    replaceAll(list, kept);
    this.#changed();
  }

  get(name) {
    URLSearchParams.#check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toUSVString(name);
    const list = this.#list;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) return list[i + 1];
    }
    return null;
  }

  getAll(name) {
    URLSearchParams.#check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toUSVString(name);
    const list = this.#list;
    const values = [];
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) values.push(list[i + 1]);
    }
    return values;
  }

  has(name, value = undefined) {
    URLSearchParams.#check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('name');
    name = toUSVString(name);
    if (value !== undefined) value = toUSVString(value);
    const list = this.#list;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) return true;
    }
    return false;
  }

  set(name, value) {
    URLSearchParams.#check(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('name', 'value');
    name = toUSVString(name);
    value = toUSVString(value);
    const list = this.#list;
    const kept = [];
    let found = false;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] !== name) {
        kept.push(list[i], list[i + 1]);
      } else if (!found) {
        found = true;
        kept.push(name, value);
      }
    }
    if (!found) kept.push(name, value);
    replaceAll(list, kept);
    this.#changed();
  }

  sort() {
    URLSearchParams.#check(this);
    const list = this.#list;
    const pairs = [];
    for (let i = 0; i < list.length; i += 2) pairs.push([list[i], list[i + 1]]);
    // By UTF-16 code units; Array.prototype.sort is stable.
    pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    replaceAll(list, pairs.flat());
    this.#changed();
  }

  entries() {
    URLSearchParams.#check(this);
    return createIterator(this, kEntries);
  }

  forEach(callback, thisArg = undefined) {
    URLSearchParams.#check(this);
    validateFunction(callback, 'callback');
    const list = this.#list;
    for (let i = 0; i < list.length; i += 2) callback.call(thisArg, list[i + 1], list[i], this);
  }

  keys() {
    URLSearchParams.#check(this);
    return createIterator(this, kKeys);
  }

  values() {
    URLSearchParams.#check(this);
    return createIterator(this, kValues);
  }

  toString() {
    URLSearchParams.#check(this);
    return encode(this.#list);
  }
}

// In place: iterators look at the same list.
function replaceAll(list, items) {
  list.length = items.length;
  for (let i = 0; i < items.length; i++) list[i] = items[i];
}

const { list: listOf, setUrl } = URLSearchParams;
delete URLSearchParams.list;
delete URLSearchParams.setUrl;

Object.defineProperties(URLSearchParams.prototype, {
  append: kEnumerableProperty,
  delete: kEnumerableProperty,
  get: kEnumerableProperty,
  getAll: kEnumerableProperty,
  has: kEnumerableProperty,
  set: kEnumerableProperty,
  sort: kEnumerableProperty,
  entries: kEnumerableProperty,
  forEach: kEnumerableProperty,
  keys: kEnumerableProperty,
  values: kEnumerableProperty,
  size: kEnumerableProperty,
  toString: kEnumerableProperty,
  [Symbol.toStringTag]: { configurable: true, value: 'URLSearchParams' },
  [Symbol.iterator]: { configurable: true, writable: true, value: URLSearchParams.prototype.entries },
  // structuredClone refuses these.
  [kClone]: { configurable: true, value: null },
});

const kEntries = 0;
const kKeys = 1;
const kValues = 2;

// Only createIterator may make one.
const kCreate = Symbol('create');

class URLSearchParamsIterator {
  #target;
  #kind;
  #index = 0;

  constructor(token, target, kind) {
    if (token !== kCreate) throw new TypeError('Illegal constructor');
    this.#target = target;
    this.#kind = kind;
  }

  #item(list, index) {
    if (this.#kind === kKeys) return list[index];
    if (this.#kind === kValues) return list[index + 1];
    return [list[index], list[index + 1]];
  }

  next() {
    if (typeof this !== 'object' || this === null || !(#target in this)) {
      throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    }
    const list = listOf(this.#target);
    if (this.#index >= list.length) return { value: undefined, done: true };
    const value = this.#item(list, this.#index);
    this.#index += 2;
    return { value, done: false };
  }

  [kInspect](recurseTimes, ctx) {
    if (!(#target in this)) throw new ERR_INVALID_THIS('URLSearchParamsIterator');
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
    const { inspect } = require('internal/util/inspect');
    const options = nestedOptions(recurseTimes, ctx);
    const list = listOf(this.#target);
    const output = [];
    for (let i = this.#index; i < list.length; i += 2) output.push(inspect(this.#item(list, i), options));
    return wrap('URLSearchParams Iterator', output, ctx);
  }
}

const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
// The prototype of iterators has no constructor property to make more of them with.
delete URLSearchParamsIterator.prototype.constructor;
Object.setPrototypeOf(URLSearchParamsIterator.prototype, IteratorPrototype);
Object.defineProperties(URLSearchParamsIterator.prototype, {
  next: kEnumerableProperty,
  [Symbol.toStringTag]: { configurable: true, value: 'URLSearchParams Iterator' },
});

function createIterator(target, kind) {
  return new URLSearchParamsIterator(kCreate, target, kind);
}

function nestedOptions(recurseTimes, ctx) {
  const options = { ...ctx };
  if (typeof recurseTimes === 'number') options.depth = recurseTimes - 1;
  return options;
}

// On one line while it fits.
function wrap(name, output, ctx) {
  const length = output.reduce((sum, item) => sum + removeColors(item).length + 1, -1);
  if (length > ctx.breakLength || output.some((item) => item.includes('\n'))) {
    return `${name} {\n  ${output.join(',\n  ')} }`;
  }
  return `${name} { ${output.join(', ')} }`;
}

function removeColors(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[\d\d?m/g, '');
}

module.exports = {
  URLSearchParams,
  setQueryWriter(write) { writeQuery = write; },
  setUrl,
};
