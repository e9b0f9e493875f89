'use strict';

// PerformanceObserver: entries are buffered per observer and delivered from an immediate.

const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS } } =
  require('internal/errors');
const { inspect } = require('internal/util/inspect');
const { entriesBy, kConstruct, PerformanceNodeEntry, tag } = require('internal/perf_hooks/entries');
const { wanted } = require('internal/perf_hooks/measure');
const binding = internalBinding('performance');

const supportedEntryTypes = Object.freeze(
  ['dns', 'function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'quic', 'resource']);

const observers = new Set();
const waiting = new Set();
let isScheduled = false;

class PerformanceObserverEntryList {
  #entries;
  constructor(token = undefined, entries = undefined) {
    if (token !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#entries = entries.sort((a, b) => a.startTime - b.startTime);
  }
  getEntries() {
    return this.#entries.slice();
  }
  getEntriesByType(type) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    return this.#entries.filter((entry) => entry.entryType === `${type}`);
  }
  getEntriesByName(name, type = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    return this.#entries.filter((e) => e.name === `${name}` && (type === undefined || e.entryType === `${type}`));
  }
  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `PerformanceObserverEntryList ${inspect(this.#entries, nested)}`;
  }
}

for (const name of ['getEntries', 'getEntriesByType', 'getEntriesByName']) {
  Object.defineProperty(PerformanceObserverEntryList.prototype, name, { __proto__: null, enumerable: true });
}
tag(PerformanceObserverEntryList);

function deliver() {
  isScheduled = false;
  const due = [...waiting];
  waiting.clear();
  for (const observer of due) observer[kDeliver]();
}
const kDeliver = Symbol('deliver');
const kTake = Symbol('take');
const kTypes = Symbol('types');

class PerformanceObserver {
  #callback;
  #buffer = [];
  #mode;

  constructor(callback) {
    require('internal/validators').validateFunction(callback, 'callback');
    this.#callback = callback;
    Object.defineProperty(this, kTypes, { __proto__: null, value: new Set() });
  }

  observe(options = {}) {
    require('internal/validators').validateObject(options, 'options');
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) throw new ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    if (entryTypes != null && type != null) {
      throw new ERR_INVALID_ARG_VALUE('options.entryTypes', entryTypes, 'options.entryTypes can not set with ' +
        'options.type together');
    }
    if (entryTypes !== undefined) {
      if (!Array.isArray(entryTypes)) throw new ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
      this.#start('multiple', entryTypes.filter((t) => supportedEntryTypes.includes(t)), true);
    } else {
      if (!supportedEntryTypes.includes(type)) return;
      this.#start('single', [type], false);
      if (buffered) {
        for (const entry of entriesBy((e) => e.entryType === type)) this[kTake](entry);
      }
    }
    if (this[kTypes].size > 0) observers.add(this);
    else this.disconnect();
    updateSources();
  }

  #start(mode, types, replace) {
    this.#mode ??= mode;
    if (this.#mode !== mode) {
      const { DOMException } = require('internal/dom_exception');
      throw new DOMException(`PerformanceObserver can not change to ${mode} observations`, 'InvalidModificationError');
    }
    if (replace) this[kTypes].clear();
    for (const type of types) this[kTypes].add(type);
  }

  disconnect() {
    observers.delete(this);
    waiting.delete(this);
    this.#buffer = [];
    this[kTypes].clear();
    this.#mode = undefined;
    updateSources();
  }

  takeRecords() {
    const records = this.#buffer;
    this.#buffer = [];
    return records;
  }

  static get supportedEntryTypes() {
    return supportedEntryTypes;
  }

  [kTake](entry) {
    this.#buffer.push(entry);
    waiting.add(this);
    if (isScheduled) return;
    isScheduled = true;
    require('timers').setImmediate(deliver);
  }

  [kDeliver]() {
    const list = new PerformanceObserverEntryList(kConstruct, this.takeRecords());
    Reflect.apply(this.#callback, this, [list, this]);
  }
}

for (const name of ['observe', 'disconnect', 'takeRecords']) {
  Object.defineProperty(PerformanceObserver.prototype, name, { __proto__: null, enumerable: true });
}
tag(PerformanceObserver);

function notify(entry) {
  for (const observer of observers) {
    if (observer[kTypes].has(entry.entryType)) observer[kTake](entry);
  }
}

function isObserved(type) {
  for (const observer of observers) {
    if (observer[kTypes].has(type)) return true;
  }
  return false;
}

let watchesGc = false;

// Garbage collections are reported by V8 only while somebody looks.
function updateSources() {
  for (const type of supportedEntryTypes) {
    if (isObserved(type)) wanted.add(type);
    else wanted.delete(type);
  }
  if (wanted.has('gc') === watchesGc) return;
  watchesGc = !watchesGc;
  binding.setGcCallback(watchesGc ? onGc : undefined);
}

function onGc(kind, flags, startNs, duration) {
  const start = (startNs - internalBinding('process').startTime()) / 1e6;
  notify(new PerformanceNodeEntry('gc', 'gc', start, duration, { kind, flags }));
}

module.exports = { PerformanceObserver, PerformanceObserverEntryList, isObserved, notify };
