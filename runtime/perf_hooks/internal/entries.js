'use strict';

// Performance entries and the timeline they are kept on: marks, measures and what observers are told.
// https://w3c.github.io/performance-timeline/, https://w3c.github.io/user-timing/

const { codes: {
  ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS, ERR_MISSING_ARGS,
  ERR_PERFORMANCE_INVALID_TIMESTAMP, ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS,
} } = require('internal/errors');
const { inspect } = require('internal/util/inspect');
const binding = internalBinding('process');

const kConstruct = Symbol('construct');

// Milliseconds since the process started.
const now = () => (binding.now() - binding.startTime()) / 1e6;

class PerformanceEntry {
  #name;
  #type;
  #start;
  #duration;

  constructor(token = undefined, name = undefined, type = undefined, start = undefined, duration = undefined) {
    if (token !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#name = name;
    this.#type = type;
    this.#start = start;
    this.#duration = duration;
  }

  get name() { return this.#name; }
  get entryType() { return this.#type; }
  get startTime() { return this.#start; }
  get duration() { return this.#duration; }

  toJSON() {
    if (!(#name in this)) throw new ERR_INVALID_THIS('PerformanceEntry');
    return { name: this.name, entryType: this.entryType, startTime: this.startTime, duration: this.duration };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return options.stylize(`[${this.constructor.name}]`, 'special');
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `${this.constructor.name} ${inspect(this.toJSON(), nested)}`;
  }
}
for (const key of ['name', 'entryType', 'startTime', 'duration', 'toJSON']) {
  Object.defineProperty(PerformanceEntry.prototype, key, { __proto__: null, enumerable: true });
}

// An entry with a detail: what observers of everything but marks, measures and resources get.
class PerformanceNodeEntry extends PerformanceEntry {
  #detail;
  constructor(name, type, start, duration, detail) {
    super(kConstruct, name, type, start, duration);
    this.#detail = detail;
  }
  get detail() { return this.#detail; }
  // Where a garbage collection's were before there was a detail.
  get kind() { return this.#detail?.kind; }
  get flags() { return this.#detail?.flags; }
  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}

const nodeMilestones = ['nodeStart', 'v8Start', 'environment', 'loopStart', 'loopExit', 'bootstrapComplete'];

function cloneDetail(options) {
  if (options?.detail == null) return null;
  return require('internal/messaging').structuredClone(options.detail);
}

class PerformanceMark extends PerformanceEntry {
  #detail;

  constructor(name, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    name = `${name}`;
    if (nodeMilestones.includes(name)) throw new ERR_INVALID_ARG_VALUE('name', name);
    if (options != null) require('internal/validators').validateObject(options, 'options');
    const start = options?.startTime ?? now();
    require('internal/validators').validateNumber(start, 'startTime');
    if (start < 0) throw new ERR_PERFORMANCE_INVALID_TIMESTAMP(start);
    super(kConstruct, name, 'mark', start, 0);
    this.#detail = cloneDetail(options);
  }

  get detail() { return this.#detail; }
  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}

class PerformanceMeasure extends PerformanceEntry {
  #detail;

  constructor(token = undefined, name = undefined, start = undefined, duration = undefined, detail = undefined) {
    super(token, name, 'measure', start, duration);
    this.#detail = detail;
  }

  get detail() { return this.#detail; }
  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
/** The [Symbol.toStringTag] of a class, as Web IDL has it. */
function tag(type) {
  Object.defineProperty(type.prototype, Symbol.toStringTag, {
    __proto__: null, value: type.name, writable: false, enumerable: false, configurable: true,
  });
}
for (const type of [PerformanceMark, PerformanceMeasure]) {
  Object.defineProperty(type.prototype, 'detail', { __proto__: null, enumerable: true });
  tag(type);
}

// --- Timeline -------------------------------------------------------------------------------------------------------

const timeline = { mark: [], measure: [], resource: [] };

function add(entry) {
  const list = timeline[entry.entryType];
  if (list !== undefined) list.push(entry);
  require('internal/perf_hooks/observer').notify(entry);
}

function mark(name, options) {
  const entry = new PerformanceMark(name, options);
  add(entry);
  return entry;
}

function timeOf(value) {
  if (value === undefined) return undefined;
  if (typeof value === 'number') {
    if (value < 0) throw new ERR_PERFORMANCE_INVALID_TIMESTAMP(value);
    return value;
  }
  const name = `${value}`;
  const milestone = require('internal/perf_hooks/node_timing').nodeTiming[name];
  if (nodeMilestones.includes(name)) return milestone;
  const found = timeline.mark.findLast((entry) => entry.name === name);
  if (found === undefined) {
    const { DOMException } = require('internal/dom_exception');
    throw new DOMException(`The "${name}" performance mark has not been set`, 'SyntaxError');
  }
  return found.startTime;
}

const measureOptions = ['start', 'end', 'duration', 'detail'];

function measure(name, startOrOptions, endMark) {
  require('internal/validators').validateString(name, 'name');
  let start = startOrOptions;
  let end = endMark;
  let duration;
  let detail = null;
  const isOptions = startOrOptions !== null && typeof startOrOptions === 'object' && measureOptions.some(
    (key) => startOrOptions[key] !== undefined);
  if (isOptions) {
    ({ start, end, duration } = startOrOptions);
    if (endMark !== undefined) throw new ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('endMark must not be specified');
    if (start !== undefined && end !== undefined && duration !== undefined) {
      throw new ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS(
        'Must not have options.start, options.end, and options.duration specified');
    }
    detail = cloneDetail(startOrOptions);
  } else if (startOrOptions !== null && typeof startOrOptions === 'object') {
    start = undefined;
  }
  let endTime = timeOf(end ?? undefined);
  if (endTime === undefined) {
    endTime = start !== undefined && duration !== undefined ? timeOf(start) + duration : now();
  }
  let startTime = timeOf(start ?? undefined);
  if (startTime === undefined) startTime = duration !== undefined ? endTime - duration : 0;
  const entry = new PerformanceMeasure(kConstruct, name, startTime, endTime - startTime, detail);
  add(entry);
  return entry;
}

function clear(type, name) {
  const text = name === undefined ? undefined : `${name}`;
  timeline[type] = text === undefined ? [] : timeline[type].filter((entry) => entry.name !== text);
}

function entriesBy(matches) {
  return [...timeline.mark, ...timeline.measure, ...timeline.resource].filter(matches)
    .sort((a, b) => a.startTime - b.startTime);
}

module.exports = {
  PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceNodeEntry, clear, entriesBy, kConstruct, mark,
  measure, nodeMilestones, now, tag, timeline,
};
