'use strict';

// Run in the start-up snapshot; makes util.inspect(): any value as text that a person can read.

const { describeError, isError } = require('internal/util/inspect/errors');
const kinds = require('internal/util/inspect/kinds');
const { combine, kArray, kArrayExtras, kObject } = require('internal/util/inspect/layout');
const {
  getBoxedBase,
  getConstructorName,
  getFunctionBase,
  getPrefix,
} = require('internal/util/inspect/names');
const { addSeparators, addSeparatorsAfterPoint } = require('internal/util/inspect/numbers');
const { colors, styles } = require('internal/util/inspect/styles');
const {
  escapeText,
  getStringWidth,
  isZeroWidthCodePoint,
  quote,
  stripVTControlCharacters,
} = require('internal/util/inspect/text');
const types = require('internal/util/types');

const kCustom = Symbol.for('nodejs.util.inspect.custom');
const kMinLineWidth = 16;
const kBudgetPerLevel = 2 ** 27;

const inspectDefaultOptions = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};

const identifierPattern = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

function stylizePlain(text) {
  return text;
}

function stylizeWithColor(text, kind) {
  const codes = colors[styles[kind]];
  return codes === undefined ? text : `\u001b[${codes[0]}m${text}\u001b[${codes[1]}m`;
}

/** One call of inspect(): its options and how far it has come. */
class Inspection {
  constructor(options) {
    Object.assign(this, options);
    this.stylize = stylizePlain;
    this.budget = {};
    this.indentationLvl = 0;
    this.currentDepth = 0;
    /** Objects that are being printed, outermost first. */
    this.seen = [];
    /** Object to the number it is referred to by. */
    this.circular = undefined;
    this.userOptions = undefined;
  }

  get hasStyle() {
    return this.stylize !== stylizePlain;
  }

  /** Takes the options of a caller: unknown ones are kept for custom inspection functions. */
  addOptions(options) {
    for (const key of Object.keys(options)) {
      if (Object.hasOwn(inspectDefaultOptions, key) || key === 'stylize') this[key] = options[key];
      else this.userOptions ??= options;
    }
  }

  settle() {
    if (this.colors && this.stylize === stylizePlain) this.stylize = stylizeWithColor;
    if (this.maxArrayLength === null) this.maxArrayLength = Infinity;
    if (this.maxStringLength === null) this.maxStringLength = Infinity;
  }

  tooDeep(recurseTimes) {
    return this.depth !== null && recurseTimes > this.depth;
  }

  // -- Primitives ----------------------------------------------------------------------------------------------------

  formatNumber(number, stylize = this.stylize) {
    const text = Object.is(number, -0) ? '-0' : `${number}`;
    if (!this.numericSeparator || !Number.isFinite(number) || text.includes('e')) {
      return stylize(text, 'number');
    }
    const point = text.indexOf('.');
    if (point === -1) return stylize(addSeparators(text), 'number');
    const fraction = addSeparatorsAfterPoint(text.slice(point + 1));
    return stylize(`${addSeparators(text.slice(0, point))}.${fraction}`, 'number');
  }

  formatBigInt(bigint, stylize = this.stylize) {
    const text = `${bigint}`;
    return stylize(`${this.numericSeparator ? addSeparators(text) : text}n`, 'bigint');
  }

  formatString(string, stylize = this.stylize) {
    let trailer = '';
    if (string.length > this.maxStringLength) {
      const remaining = string.length - this.maxStringLength;
      string = string.slice(0, this.maxStringLength);
      trailer = `... ${remaining} more character${remaining > 1 ? 's' : ''}`;
    }
    if (this.compact !== true && string.length > kMinLineWidth &&
        string.length > this.breakLength - this.indentationLvl - 4) {
      const lines = string.split(/(?<=\n)/).map((line) => stylize(quote(line), 'string'));
      return lines.join(` +\n${' '.repeat(this.indentationLvl + 2)}`) + trailer;
    }
    return stylize(quote(string), 'string') + trailer;
  }

  formatPrimitive(value, stylize = this.stylize) {
    switch (typeof value) {
      case 'string':
        return this.formatString(value, stylize);
      case 'number':
        return this.formatNumber(value, stylize);
      case 'bigint':
        return this.formatBigInt(value, stylize);
      case 'boolean':
        return stylize(`${value}`, 'boolean');
      case 'undefined':
        return stylize('undefined', 'undefined');
      default:
        return stylize(escapeText(Symbol.prototype.toString.call(value)), 'symbol');
    }
  }

  formatPrimitivePlain(value) {
    return this.formatPrimitive(value, stylizePlain);
  }

  // -- Any value -----------------------------------------------------------------------------------------------------

  /**
   * @param {unknown} value
   * @param {number} [recurseTimes] depth of the value
   * @param {boolean} [isBufferOfView] print an ArrayBuffer without its bytes, which the view shows
   * @returns {string}
   */
  formatValue(value, recurseTimes = 0, isBufferOfView = false) {
    if (typeof value !== 'object' && typeof value !== 'function') {
      return this.formatPrimitive(value);
    }
    if (value === null) return this.stylize('null', 'null');
    const context = value;
    const isProxy = types.isProxy(value);
    if (isProxy) {
      const target = this.proxyTarget(value);
      if (target === null) return this.stylize('<Revoked Proxy>', 'special');
      if (this.showProxy) return this.formatProxy(value, recurseTimes);
      value = target;
    }
    if (this.customInspect) {
      const custom = this.callCustom(value, context, recurseTimes, isProxy);
      if (custom !== undefined) return custom;
    }
    if (this.seen.includes(value)) return this.formatCircular(value);
    return this.formatObject(value, recurseTimes, isBufferOfView);
  }

  /** What a proxy stands for, null when it was revoked; proxies of proxies are unwrapped. */
  proxyTarget(proxy) {
    let target = proxy;
    while (target !== null && types.isProxy(target)) {
      target = internalBinding('util').getProxyDetails(target)[0];
    }
    return target;
  }

  formatProxy(proxy, recurseTimes) {
    if (this.tooDeep(recurseTimes)) return this.stylize('Proxy [Array]', 'special');
    const [target, handler] = internalBinding('util').getProxyDetails(proxy);
    recurseTimes++;
    this.indentationLvl += 2;
    const parts = [this.formatValue(target, recurseTimes), this.formatValue(handler, recurseTimes)];
    this.indentationLvl -= 2;
    return combine(this, parts, '', ['Proxy [', ']'], kArrayExtras, recurseTimes);
  }

  /** The result of the object's own inspection function, undefined if it has none that applies. */
  callCustom(value, context, recurseTimes, isProxy) {
    const custom = value[kCustom];
    if (typeof custom !== 'function' || custom === inspect) return undefined;
    // A prototype is not an instance of its class.
    const { constructor } = value;
    if (typeof constructor === 'function' && constructor.prototype === value) return undefined;
    const depth = this.depth === null ? null : this.depth - recurseTimes;
    const isForeign = isProxy || !(context instanceof Object);
    const result = custom.call(context, depth, this.userView(isForeign), inspect);
    if (result === context) return undefined;
    const text = typeof result === 'object' ? this.formatValue(result, recurseTimes) : `${result}`;
    return text.replaceAll('\n', `\n${' '.repeat(this.indentationLvl)}`);
  }

  /** The options as a custom inspection function gets them; another realm gets no objects of ours. */
  userView(isForeign) {
    const view = { stylize: this.stylize };
    for (const key of Object.keys(inspectDefaultOptions)) view[key] = this[key];
    Object.assign(view, this.userOptions);
    if (!isForeign) return view;
    Object.setPrototypeOf(view, null);
    for (const key of Object.keys(view)) {
      if (typeof view[key] === 'object' || typeof view[key] === 'function') delete view[key];
    }
    const { stylize } = this;
    view.stylize = Object.setPrototypeOf((text, kind) => {
      let styled;
      try {
        styled = `${stylize(text, kind)}`;
      } catch {
        // The caller's own function threw.
      }
      return typeof styled === 'string' ? styled : text;
    }, null);
    return view;
  }

  /** Prints with the prototype alone in view: for the names of odd prototype chains. */
  inspectBare(value) {
    return inspect(value, { ...this.userView(false), customInspect: false, depth: -1 });
  }

  formatCircular(value) {
    this.circular ??= new Map();
    let index = this.circular.get(value);
    if (index === undefined) {
      index = this.circular.size + 1;
      this.circular.set(value, index);
    }
    return this.stylize(`[Circular *${index}]`, 'special');
  }

  // -- Objects -------------------------------------------------------------------------------------------------------

  formatObject(value, recurseTimes, isBufferOfView) {
    const hidden = this.showHidden && !this.tooDeep(recurseTimes) ? [] : undefined;
    const constructor = getConstructorName(value, this, recurseTimes, hidden);
    const tag = this.tagOf(value);
    const shape = describeObject(
      this, value, { constructor, tag, recurseTimes, isBufferOfView, hidden });
    if (typeof shape === 'string') return shape;
    if (this.tooDeep(recurseTimes)) {
      const name = getPrefix(constructor, tag, classOf(value, constructor, tag)).slice(0, -1);
      return this.stylize(constructor === null ? name : `[${name}]`, 'special');
    }
    return this.formatContents(value, shape, recurseTimes + 1, hidden);
  }

  /** Symbol.toStringTag, unless it is printed as a property anyway. */
  tagOf(value) {
    let tag;
    try {
      tag = value[Symbol.toStringTag];
    } catch {
      return '';  // A getter that throws has nothing to say.
    }
    if (typeof tag !== 'string' || tag === '') return '';
    const isShown = this.showHidden ? Object.hasOwn(value, Symbol.toStringTag) :
      isEnumerable(value, Symbol.toStringTag);
    return isShown ? '' : tag;
  }

  formatContents(value, shape, recurseTimes, hidden) {
    this.seen.push(value);
    this.currentDepth = recurseTimes;
    const { keys, braces, kind } = shape;
    let parts;
    try {
      parts = shape.print === undefined ? [] : shape.print(this, value, recurseTimes);
      for (const key of keys) parts.push(this.formatProperty(value, recurseTimes, key, kind));
      for (const { key, descriptor } of hidden ?? []) {
        const part = this.formatProperty(value, recurseTimes, key, kind, descriptor);
        parts.push(this.colors ? `\u001b[2m${part}\u001b[22m` : part);
      }
    } catch (error) {
      return this.formatOverflow(error, value, shape);
    }
    const base = this.addReference(value, shape.base, braces);
    this.seen.pop();
    if (this.sorted) sortParts(this, parts, kind, keys.length);
    const result = combine(this, parts, base, braces, kind, recurseTimes, value);
    this.spend(result.length);
    return result;
  }

  /** Names what something inside refers back to. */
  addReference(value, base, braces) {
    const index = this.circular?.get(value);
    if (index === undefined) return base;
    const reference = this.stylize(`<ref *${index}>`, 'special');
    if (this.compact !== true) return base === '' ? reference : `${reference} ${base}`;
    braces[0] = `${reference} ${braces[0]}`;
    return base;
  }

  /** Goes no deeper once a level has become too long for any reader. */
  spend(length) {
    const spent = (this.budget[this.indentationLvl] || 0) + length;
    this.budget[this.indentationLvl] = spent;
    if (spent > kBudgetPerLevel) this.depth = -1;
  }

  formatOverflow(error, value, shape) {
    const { isStackOverflowError } = require('internal/errors');
    if (!isStackOverflowError(error)) throw error;
    this.seen.pop();
    const name = shape.name ?? 'Object';
    return this.stylize(
      `[${name}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`,
      'special');
  }

  // -- Properties ----------------------------------------------------------------------------------------------------

  formatProperty(value, recurseTimes, key, kind, known = undefined) {
    const descriptor = known ?? Object.getOwnPropertyDescriptor(value, key) ??
      { value: value[key], configurable: true, enumerable: true };
    let text;
    let space = ' ';
    if (descriptor.value !== undefined) {
      const step = this.compact !== true || kind !== kObject ? 2 : 3;
      this.indentationLvl += step;
      text = this.formatValue(descriptor.value, recurseTimes);
      if (step === 3 && this.breakLength < getStringWidth(text, this.colors)) {
        space = `\n${' '.repeat(this.indentationLvl)}`;
      }
      this.indentationLvl -= step;
    } else if (descriptor.get !== undefined) {
      text = this.formatAccessor(descriptor, value, recurseTimes);
    } else if (descriptor.set !== undefined) {
      text = this.stylize('[Setter]', 'special');
    } else {
      text = this.stylize('undefined', 'undefined');
    }
    if (kind === kArray) return text;
    return `${this.formatKey(key, descriptor)}:${space}${text}`;
  }

  formatKey(key, descriptor) {
    if (typeof key === 'symbol') {
      const name = escapeText(Symbol.prototype.toString.call(key));
      return descriptor.enumerable === false ? `[${this.stylize(name, 'symbol')}]` :
        this.stylize(name, 'symbol');
    }
    if (key === '__proto__') return "['__proto__']";
    if (descriptor.enumerable === false) {
      const name = String(key);
      return identifierPattern.test(name) ? `[${name}]` :
        `[${this.stylize(quote(name), 'string')}]`;
    }
    if (identifierPattern.test(key)) return this.stylize(key, 'name');
    return this.stylize(quote(String(key)), 'string');
  }

  readsGetter(descriptor) {
    if (this.getters === 'get') return descriptor.set === undefined;
    if (this.getters === 'set') return descriptor.set !== undefined;
    return Boolean(this.getters);
  }

  formatAccessor(descriptor, value, recurseTimes) {
    const label = descriptor.set === undefined ? 'Getter' : 'Getter/Setter';
    const special = (text) => this.stylize(text, 'special');
    if (!this.readsGetter(descriptor)) return special(`[${label}]`);
    this.indentationLvl += 2;
    let text;
    try {
      const result = descriptor.get.call(value);
      text = (typeof result === 'object' && result !== null) || typeof result === 'function' ?
        `${special(`[${label}]`)} ${this.formatValue(result, recurseTimes)}` :
        `${special(`[${label}:`)} ${this.formatValue(result, recurseTimes)}${special(']')}`;
    } catch (error) {
      const message = `<Inspection threw (${this.formatValue(error, recurseTimes)})>`;
      text = `${special(`[${label}:`)} ${message}${special(']')}`;
    }
    this.indentationLvl -= 2;
    return text;
  }
}

function sortParts(ctx, parts, kind, keyCount) {
  const comparator = ctx.sorted === true ? undefined : ctx.sorted;
  if (kind === kObject) {
    parts.sort(comparator);
  } else if (keyCount > 1) {
    const start = parts.length - keyCount;
    parts.splice(start, keyCount, ...parts.slice(start).sort(comparator));
  }
}

// -- What stands around the contents -----------------------------------------------------------------------------------

function isEnumerable(object, key) {
  return Object.prototype.propertyIsEnumerable.call(object, key);
}

function getKeys(value, showHidden) {
  const symbols = Object.getOwnPropertySymbols(value);
  if (showHidden) return [...Object.getOwnPropertyNames(value), ...symbols];
  let keys;
  try {
    keys = Object.keys(value);
  } catch {
    // A module whose bindings are not all initialized.
    keys = Object.getOwnPropertyNames(value);
  }
  if (symbols.length > 0) keys.push(...symbols.filter((key) => isEnumerable(value, key)));
  return keys;
}

function getElementExtras(value, showHidden) {
  const { getOwnNonIndexProperties, constants } = internalBinding('util');
  return getOwnNonIndexProperties(
    value, showHidden ? constants.ALL_PROPERTIES : constants.ONLY_ENUMERABLE);
}

/** Arrays and the like: `(n) [`. */
function listShape(ctx, value, length, prefix, print, hidden) {
  const keys = getElementExtras(value, ctx.showHidden);
  if (length === 0 && keys.length === 0 && !(hidden?.length > 0)) return `${prefix}[]`;
  return { base: '', braces: [`${prefix}[`, ']'], keys, kind: kArrayExtras, print };
}

function collectionShape(ctx, value, prefix, size, print, hidden) {
  const keys = getKeys(value, ctx.showHidden);
  if (size === 0 && keys.length === 0 && !(hidden?.length > 0)) return `${prefix}{}`;
  return { base: '', braces: [`${prefix}{`, '}'], keys, kind: kObject, print };
}

function typedArrayShape(ctx, value, { constructor, tag, hidden }) {
  let array = value;
  let fallback = '';
  if (constructor === null) {
    fallback = Object.getOwnPropertyDescriptor(
      Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get.call(value);
    // Without prototype it has neither length nor buffer.
    array = new globalThis[fallback](value);
  }
  const size = kinds.lengthOfTypedArray.call(array);
  const prefix = getPrefix(constructor, tag, fallback, `(${size})`);
  const print = (inspection, owner, recurseTimes) =>
    kinds.formatTypedArray(inspection, array, owner, recurseTimes);
  // showHidden has fields to show even of an empty one.
  const length = ctx.showHidden ? Infinity : size;
  return listShape(ctx, value, length, prefix, print, hidden);
}

function iteratorShape(ctx, value, type, tag) {
  let label = tag;
  if (tag !== `${type} Iterator`) {
    if (label !== '') label += '] [';
    label += `${type} Iterator`;
  }
  const braces = [`[${label}] {`, '}'];
  const print = (inspection, iterator, recurseTimes) =>
    kinds.formatIterator(inspection, iterator, recurseTimes, braces);
  return { base: '', braces, keys: getKeys(value, ctx.showHidden), kind: kObject, print };
}

/** Shapes of what can be iterated; undefined if `value` is nothing of that sort. */
function iterableShape(ctx, value, about) {
  const { constructor, tag, hidden } = about;
  if (Array.isArray(value)) {
    const prefix = constructor === 'Array' && tag === '' ? '' :
      getPrefix(constructor, tag, 'Array', `(${value.length})`);
    return listShape(ctx, value, value.length, prefix, kinds.formatArray, hidden);
  }
  if (types.isSet(value)) {
    const size = kinds.sizeOfSet.call(value);
    const prefix = getPrefix(constructor, tag, 'Set', `(${size})`);
    return collectionShape(ctx, value, prefix, size, kinds.formatSet, hidden);
  }
  if (types.isMap(value)) {
    const size = kinds.sizeOfMap.call(value);
    const prefix = getPrefix(constructor, tag, 'Map', `(${size})`);
    return collectionShape(ctx, value, prefix, size, kinds.formatMap, hidden);
  }
  if (types.isTypedArray(value)) return typedArrayShape(ctx, value, about);
  if (types.isMapIterator(value)) return iteratorShape(ctx, value, 'Map', tag);
  if (types.isSetIterator(value)) return iteratorShape(ctx, value, 'Set', tag);
  return undefined;
}

function bracedShape(prefix, keys, print) {
  return { base: '', braces: [`${prefix}{`, '}'], keys, kind: kObject, print };
}

function basedShape(base, keys) {
  return { base, braces: ['{', '}'], keys, kind: kObject };
}

function regExpShape(ctx, value, keys, { constructor, tag, recurseTimes }) {
  const prefix = getPrefix(constructor, tag, 'RegExp');
  let base = RegExp.prototype.toString.call(constructor === null ? new RegExp(value) : value);
  if (prefix !== 'RegExp ') base = `${prefix}${base}`;
  if (keys.length === 0 || ctx.tooDeep(recurseTimes)) return ctx.stylize(base, 'regexp');
  return basedShape(base, keys);
}

function dateShape(ctx, value, keys, { constructor, tag }) {
  const prefix = getPrefix(constructor, tag, 'Date');
  let base = Number.isNaN(Date.prototype.getTime.call(value)) ?
    Date.prototype.toString.call(value) : Date.prototype.toISOString.call(value);
  if (prefix !== 'Date ') base = `${prefix}${base}`;
  return keys.length === 0 ? ctx.stylize(base, 'date') : basedShape(base, keys);
}

function bufferShape(ctx, value, keys, { constructor, tag, isBufferOfView }) {
  const type = types.isArrayBuffer(value) ? 'ArrayBuffer' : 'SharedArrayBuffer';
  const print = isBufferOfView ? kinds.formatArrayBufferOfView : kinds.formatArrayBuffer;
  return bracedShape(getPrefix(constructor, tag, type), keys, print);
}

/** Objects whose class matters and that are not iterated; undefined for plain ones. */
function specialShape(ctx, value, keys, about) {
  const { constructor, tag, hidden } = about;
  const isBare = keys.length === 0 && !(hidden?.length > 0);
  if (typeof value === 'function') {
    const base = getFunctionBase(ctx, value, constructor, tag);
    return isBare ? ctx.stylize(base, 'special') : basedShape(base, keys);
  }
  // What inherits from Object alone is printed as plain objects are.
  if (constructor === 'Object') return undefined;
  if (types.isRegExp(value)) return regExpShape(ctx, value, keys, about);
  if (types.isDate(value)) return dateShape(ctx, value, keys, about);
  if (isError(value)) {
    const base = describeError(ctx, value, constructor, tag, keys);
    return keys.length === 0 ? base : basedShape(base, keys);
  }
  if (types.isAnyArrayBuffer(value)) return bufferShape(ctx, value, keys, about);
  if (types.isDataView(value)) {
    return bracedShape(getPrefix(constructor, tag, 'DataView'), keys, kinds.formatDataView);
  }
  if (types.isPromise(value)) {
    return bracedShape(getPrefix(constructor, tag, 'Promise'), keys, kinds.formatPromise);
  }
  if (types.isWeakSet(value)) {
    return bracedShape(getPrefix(constructor, tag, 'WeakSet'), keys, kinds.formatWeakSet);
  }
  if (types.isWeakMap(value)) {
    return bracedShape(getPrefix(constructor, tag, 'WeakMap'), keys, kinds.formatWeakMap);
  }
  if (types.isModuleNamespaceObject(value)) {
    const names = keys.splice(0);
    const print = (inspection, namespace, recurseTimes) =>
      kinds.formatNamespace(inspection, namespace, recurseTimes, names);
    return bracedShape(getPrefix(constructor, tag, 'Module'), keys, print);
  }
  if (types.isBoxedPrimitive(value)) {
    const base = getBoxedBase(ctx, value, keys, constructor, tag);
    return keys.length === 0 ? base : basedShape(base, keys);
  }
  return undefined;
}

/** What V8 calls the class of an object that has no prototype to tell; it may take the tag for it, which is shown anyway. */
function classOf(value, constructor, tag) {
  if (constructor !== null) return 'Object';
  const name = internalBinding('util').getConstructorName(value);
  return name === tag ? 'Object' : name;
}

function plainShape(ctx, value, keys, { constructor, tag, hidden }) {
  const isBare = keys.length === 0 && !(hidden?.length > 0);
  if (isBare && types.isExternal(value)) {
    const address = internalBinding('util').getExternalValue(value).toString(16);
    return ctx.stylize(`[External: ${address}]`, 'special');
  }
  if (constructor === 'Object' && types.isArgumentsObject(value)) {
    return isBare ? '[Arguments] {}' : bracedShape('[Arguments] ', keys);
  }
  const prefix = constructor === 'Object' && tag === '' ? '' :
    getPrefix(constructor, tag, classOf(value, constructor, tag));
  return isBare ? `${prefix}{}` : bracedShape(prefix, keys);
}

/** The text of `value` when that is all there is to say, else what formatContents() needs. */
function describeObject(ctx, value, about) {
  if (Symbol.iterator in value || about.constructor === null) {
    const shape = iterableShape(ctx, value, about);
    if (shape !== undefined) return shape;
  }
  const keys = getKeys(value, ctx.showHidden);
  return specialShape(ctx, value, keys, about) ?? plainShape(ctx, value, keys, about);
}

// -- The public functions ----------------------------------------------------------------------------------------------

/**
 * @param {unknown} value
 * @param {object | boolean} [options] or, as of old, showHidden, depth, colors
 */
function inspect(value, options /* , legacy depth, colors */) {
  const ctx = new Inspection(inspectDefaultOptions);
  if (arguments.length > 1) {
    if (arguments.length > 2) {
      if (arguments[2] !== undefined) ctx.depth = arguments[2];
      if (arguments.length > 3 && arguments[3] !== undefined) ctx.colors = arguments[3];
    }
    if (typeof options === 'boolean') ctx.showHidden = options;
    else if (options) ctx.addOptions(options);
  }
  ctx.settle();
  return ctx.formatValue(value, 0);
}

inspect.custom = kCustom;

Object.defineProperty(inspect, 'defaultOptions', {
  __proto__: null,
  get() {
    return inspectDefaultOptions;
  },
  set(options) {
    require('internal/validators').validateObject(options, 'options');
    Object.assign(inspectDefaultOptions, options);
  },
});

inspect.colors = colors;
inspect.styles = styles;

function formatWithOptions(options, ...args) {
  return require('internal/util/inspect/format').formatWithOptions(options, ...args);
}

function format(...args) {
  return require('internal/util/inspect/format').format(...args);
}

module.exports = {
  Inspection,
  format,
  formatWithOptions,
  getStringWidth,
  inspect,
  inspectDefaultOptions,
  isZeroWidthCodePoint,
  stripVTControlCharacters,
};
