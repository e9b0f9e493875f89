'use strict';

// Timing of fetched resources, https://w3c.github.io/resource-timing/: the fetch implementation reports them through
// performance.markResourceTiming().

const { PerformanceEntry, kConstruct, tag, timeline } = require('internal/perf_hooks/entries');
const { codes } = require('internal/errors');
const { inspect } = require('internal/util/inspect');

/** What a response costs besides its body, where it came over the network. */
const kHeaderSize = 300;

class PerformanceResourceTiming extends PerformanceEntry {
  #info;
  #initiatorType;
  #cacheMode;
  #responseStatus;
  #deliveryType;

  constructor(token = undefined, name = undefined, info = undefined, options = undefined) {
    super(token, name, 'resource', info?.startTime, info && info.endTime - info.startTime);
    this.#info = info;
    this.#initiatorType = options.initiatorType;
    this.#cacheMode = options.cacheMode;
    this.#responseStatus = options.responseStatus;
    this.#deliveryType = options.deliveryType;
  }

  get initiatorType() { return this.#initiatorType; }
  get workerStart() { return this.#info.finalServiceWorkerStartTime; }
  get redirectStart() { return this.#info.redirectStartTime; }
  get redirectEnd() { return this.#info.redirectEndTime; }
  get fetchStart() { return this.#info.postRedirectStartTime; }
  get domainLookupStart() { return this.#info.finalConnectionTimingInfo?.domainLookupStartTime; }
  get domainLookupEnd() { return this.#info.finalConnectionTimingInfo?.domainLookupEndTime; }
  get connectStart() { return this.#info.finalConnectionTimingInfo?.connectionStartTime; }
  get connectEnd() { return this.#info.finalConnectionTimingInfo?.connectionEndTime; }
  get secureConnectionStart() { return this.#info.finalConnectionTimingInfo?.secureConnectionStartTime; }
  get nextHopProtocol() { return this.#info.finalConnectionTimingInfo?.ALPNNegotiatedProtocol; }
  get requestStart() { return this.#info.finalNetworkRequestStartTime; }
  get responseStart() { return this.#info.finalNetworkResponseStartTime; }
  get responseEnd() { return this.#info.endTime; }
  get encodedBodySize() { return this.#info.encodedBodySize; }
  get decodedBodySize() { return this.#info.decodedBodySize; }
  get transferSize() {
    if (this.#cacheMode === 'local') return 0;
    if (this.#cacheMode === 'validated') return kHeaderSize;
    return this.#info.encodedBodySize + kHeaderSize;
  }
  get deliveryType() { return this.#deliveryType; }
  get responseStatus() { return this.#responseStatus; }

  toJSON() {
    if (!(#info in this)) throw new codes.ERR_INVALID_THIS('PerformanceResourceTiming');
    return fieldsOf(this);
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    const { deliveryType, responseStatus, ...rest } = fieldsOf(this);
    return `${this.constructor.name} ${inspect({ ...rest, deliveryType, responseStatus }, nested)}`;
  }
}

const fields = [
  'name', 'entryType', 'startTime', 'duration', 'initiatorType', 'nextHopProtocol', 'workerStart', 'redirectStart',
  'redirectEnd', 'fetchStart', 'domainLookupStart', 'domainLookupEnd', 'connectStart', 'connectEnd',
  'secureConnectionStart', 'requestStart', 'responseStart', 'responseEnd', 'transferSize', 'encodedBodySize',
  'decodedBodySize', 'responseStatus', 'deliveryType',
];

function fieldsOf(entry) {
  return Object.fromEntries(fields.map((field) => [field, entry[field]]));
}

for (const name of [...fields.slice(4), 'toJSON']) {
  Object.defineProperty(PerformanceResourceTiming.prototype, name, { __proto__: null, enumerable: true });
}
tag(PerformanceResourceTiming);

// --- The buffer -----------------------------------------------------------------------------------------------------

let bufferSize = 250;
/** Entries that came when the buffer was full, until its event has been heard. */
let overflow = [];
let isEventPending = false;
/** The performance object, whose event it is. */
let target;

function hasRoom() {
  return timeline.resource.length < bufferSize;
}

/** A listener of the event may make room; what then finds none is lost. */
function onFull() {
  while (overflow.length > 0) {
    const before = overflow.length;
    if (!hasRoom()) {
      const { Event } = require('internal/event_target');
      target.dispatchEvent(new Event('resourcetimingbufferfull'));
    }
    while (overflow.length > 0 && hasRoom()) timeline.resource.push(overflow.shift());
    if (overflow.length >= before) overflow = [];
  }
  isEventPending = false;
}

function enqueue(entry) {
  require('internal/perf_hooks/observer').notify(entry);
  if (hasRoom() && !isEventPending) {
    timeline.resource.push(entry);
    return;
  }
  overflow.push(entry);
  if (isEventPending) return;
  isEventPending = true;
  require('timers').setImmediate(onFull);
}

/** performance.markResourceTiming() */
function markResourceTiming(timingInfo, requestedUrl, initiatorType, global, cacheMode, bodyInfo, responseStatus,
                            deliveryType = '') {
  const entry = new PerformanceResourceTiming(kConstruct, requestedUrl, timingInfo, {
    initiatorType, cacheMode, responseStatus, deliveryType,
  });
  enqueue(entry);
  return entry;
}

/** performance.setResourceTimingBufferSize(): the value as an unsigned long of Web IDL. */
function setBufferSize(size) {
  if (typeof size === 'bigint' || typeof size === 'symbol') {
    const error = new TypeError(
      `maxSize is a ${typeof size === 'bigint' ? 'BigInt' : 'Symbol'} and cannot be converted to a number.`);
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  const number = typeof size === 'number' ? Math.trunc(size) : 0;
  bufferSize = Number.isFinite(number) && number > 0 ? number : 0;
}

module.exports = {
  PerformanceResourceTiming,
  mark: markResourceTiming,
  setBufferSize,
  setTarget(performance) { target = performance; },
};
