'use strict';

// The perf_hooks module, https://nodejs.org/api/perf_hooks.html.

const { EventTarget } = require('internal/event_target');
const entries = require('internal/perf_hooks/entries');
const { eventLoopUtilization, nodeTiming } = require('internal/perf_hooks/node_timing');
const { PerformanceObserver, PerformanceObserverEntryList, notify } = require('internal/perf_hooks/observer');
const resources = require('internal/perf_hooks/resource_timing');
const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS, ERR_MISSING_ARGS } } = require('internal/errors');
const { defineLazyProperties } = require('internal/util');
const { inspect } = require('internal/util/inspect');

const { PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceNodeEntry, kConstruct, now } = entries;

function timerify(fn, options = {}) {
  const { validateFunction, validateObject } = require('internal/validators');
  validateFunction(fn, 'fn');
  validateObject(options, 'options');
  const { histogram } = options;
  if (histogram !== undefined && typeof histogram?.record !== 'function') {
    const { ERR_INVALID_ARG_TYPE } = require('internal/errors').codes;
    throw new ERR_INVALID_ARG_TYPE('options.histogram', 'RecordableHistogram', histogram);
  }
  function finish(start, args) {
    const duration = now() - start;
    histogram?.record(Math.ceil(duration * 1e6));
    const entry = new PerformanceNodeEntry(fn.name, 'function', start, duration, args);
    for (let i = 0; i < args.length; i++) entry[i] = args[i];
    notify(entry);
  }
  function timerified(...args) {
    const start = now();
    const result = new.target ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
    if (!new.target && typeof result?.finally === 'function') return result.finally(() => finish(start, args));
    finish(start, args);
    return result;
  }
  Object.defineProperties(timerified, {
    length: { __proto__: null, configurable: true, enumerable: true, value: fn.length },
    name: { __proto__: null, configurable: true, enumerable: true, value: `timerified ${fn.name}` },
  });
  return timerified;
}

/** Throws when it is asked about what is no Performance. */
let check;

class Performance extends EventTarget {
  #brand;

  constructor(token = undefined) {
    if (token !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
    super();
  }

  static {
    check = (value) => {
      if (typeof value !== 'object' || value === null || !(#brand in value)) throw new ERR_INVALID_THIS('Performance');
    };
  }

  now() {
    if (this !== performance) check(this);
    return now();
  }
  get timeOrigin() {
    check(this);
    return internalBinding('process').timeOrigin();
  }
  mark(name, options = undefined) {
    check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    return entries.mark(name, options);
  }
  measure(name, startOrOptions = undefined, endMark = undefined) {
    check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    return entries.measure(name, startOrOptions, endMark);
  }
  clearMarks(name = undefined) {
    check(this);
    entries.clear('mark', name);
  }
  clearMeasures(name = undefined) {
    check(this);
    entries.clear('measure', name);
  }
  clearResourceTimings(name = undefined) {
    check(this);
    entries.clear('resource', name);
  }
  setResourceTimingBufferSize(size) {
    check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('maxSize');
    resources.setBufferSize(size);
  }
  getEntries() {
    check(this);
    return entries.entriesBy(() => true);
  }
  getEntriesByName(name, type = undefined) {
    check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    return entries.entriesBy((e) => e.name === `${name}` && (type === undefined || e.entryType === `${type}`));
  }
  getEntriesByType(type) {
    check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    return entries.entriesBy((e) => e.entryType === `${type}`);
  }
  toJSON() {
    check(this);
    return { nodeTiming, timeOrigin: this.timeOrigin, eventLoopUtilization: eventLoopUtilization() };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `Performance ${inspect({ nodeTiming, timeOrigin: this.timeOrigin }, nested)}`;
  }
}

for (const name of [
  'clearMarks', 'clearMeasures', 'clearResourceTimings', 'getEntries', 'getEntriesByName', 'getEntriesByType', 'mark',
  'measure', 'now', 'setResourceTimingBufferSize', 'timeOrigin', 'toJSON',
]) Object.defineProperty(Performance.prototype, name, { __proto__: null, enumerable: true });
for (const [name, value] of Object.entries({
  eventLoopUtilization, nodeTiming, markResourceTiming: resources.mark, timerify,
})) {
  Object.defineProperty(Performance.prototype, name, {
    __proto__: null, value, writable: true, enumerable: false, configurable: true,
  });
}
require('internal/event_target').defineEventHandler(Performance.prototype, 'resourcetimingbufferfull');
entries.tag(Performance);

const performance = new Performance(kConstruct);
resources.setTarget(performance);

module.exports = {
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
  PerformanceObserverEntryList,
  PerformanceResourceTiming: resources.PerformanceResourceTiming,
  eventLoopUtilization,
  timerify,
  performance,
};

defineLazyProperties(module.exports, 'internal/perf_hooks/histogram', ['createHistogram', 'monitorEventLoopDelay']);

Object.defineProperty(module.exports, 'constants', {
  __proto__: null, configurable: false, enumerable: true, value: internalBinding('performance').constants,
});
