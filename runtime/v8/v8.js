'use strict';
// The public `v8` module.
// Run once per realm, on first require.

const binding = internalBinding('v8');
const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { defineLazyProperties, emitExperimentalWarning, kEmptyObject } = require('internal/util');
const {
  validateFunction, validateObject, validateOneOf, validateString, validateUint32,
} = require('internal/validators');
const {
  DefaultDeserializer, DefaultSerializer, Deserializer, Serializer, deserialize, serialize,
} = require('internal/v8/serdes');
const { named, namedHeapStatistics, snapshotOptions } = require('internal/v8/heap');
const { startupSnapshot } = require('internal/v8/startup_snapshot');

// Names of what the native functions return, in their order.
const kSpaceFields = ['space_name', 'space_size', 'space_used_size', 'space_available_size', 'physical_space_size'];
const kCodeFields = [
  'code_and_metadata_size', 'bytecode_and_metadata_size', 'external_script_source_size', 'cpu_profiler_metadata_size',
];

function getHeapStatistics() {
  return namedHeapStatistics(binding.heapStatistics());
}

function getHeapSpaceStatistics() {
  return binding.heapSpaceStatistics().map((space) => named(kSpaceFields, space));
}

function getHeapCodeStatistics() {
  return named(kCodeFields, binding.heapCodeStatistics());
}

function setFlagsFromString(flags) {
  validateString(flags, 'flags');
  binding.setFlagsFromString(flags);
}

function isStringOneByteRepresentation(content) {
  validateString(content, 'content');
  return binding.isStringOneByteRepresentation(content);
}

// Heap snapshots

let snapshotNumber = 0;

// Heap.<date>.<time>.<pid>.<thread>.<number>.heapsnapshot
function snapshotName() {
  const now = new Date();
  const two = (number) => `${number}`.padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  const { threadId } = require('worker_threads');
  return `Heap.${date}.${time}.${process.pid}.${threadId}.${`${++snapshotNumber}`.padStart(3, '0')}.heapsnapshot`;
}

function diagnosticPath(name) {
  return require('path').join(require('internal/options').getOptionValue('--diagnostic-dir'), name);
}

function checkWrite(path) {
  const { check, scopes } = internalBinding('permission');
  check(scopes['fs.write'], `${path}`);
}

function writeHeapSnapshot(filename, options) {
  const file = filename === undefined ? diagnosticPath(snapshotName()) :
    require('internal/fs/utils').getValidatedPath(filename);
  checkWrite(filename === undefined ? process.cwd() : file);
  binding.writeHeapSnapshot(file, ...snapshotOptions(options));
  return file;
}

function getHeapSnapshot(options) {
  const arguments_ = snapshotOptions(options);
  const { Readable } = require('stream');
  const { Buffer } = require('buffer');
  let chunks;
  return new Readable({
    read() {
      chunks ??= binding.heapSnapshotChunks(...arguments_).reverse();
      const chunk = chunks.pop();
      this.push(chunk === undefined ? null : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    },
  });
}

function queryObjects(constructor, options = kEmptyObject) {
  validateFunction(constructor, 'constructor');
  validateObject(options, 'options');
  const format = options.format || 'count';
  if (format !== 'count' && format !== 'summary') {
    throw new ERR_INVALID_ARG_VALUE('options.format', format);
  }
  emitExperimentalWarning('v8.queryObjects()');
  // The prototype chains of objects are looked at; with none to look for there is nothing to find.
  const { prototype } = constructor;
  const objects = prototype === null || (typeof prototype !== 'object' && typeof prototype !== 'function') ? [] :
    binding.queryObjects(prototype);
  if (format === 'count') return objects.length;
  const { inspect } = require('internal/util/inspect');
  return objects.map((object) => inspect(object, { depth: 0 }));
}

// Garbage collections

const kGcTypes = { 1: 'Scavenge', 2: 'MinorMarkSweep', 4: 'MarkSweepCompact', 8: 'IncrementalMarking',
                   16: 'ProcessWeakCallbacks', 31: 'All' };
const kGcHeapFields = [
  'totalHeapSize', 'totalHeapSizeExecutable', 'totalPhysicalSize', 'totalAvailableSize', 'totalGlobalHandlesSize',
  'usedGlobalHandlesSize', 'usedHeapSize', 'heapSizeLimit', 'mallocedMemory', 'externalMemory', 'peakMallocedMemory',
];
const kGcSpaceFields = ['spaceName', 'spaceSize', 'spaceUsedSize', 'spaceAvailableSize', 'physicalSpaceSize'];

function gcStatistics(heap, spaces) {
  return {
    heapStatistics: named(kGcHeapFields, heap),
    heapSpaceStatistics: spaces.map((space) => named(kGcSpaceFields, space)),
  };
}

class GCProfiler {
  #profiler = null;
  #startTime;

  start() {
    if (this.#profiler !== null) return;
    this.#profiler = new binding.NativeGCProfiler();
    this.#startTime = Date.now();
    this.#profiler.start();
  }

  stop() {
    if (this.#profiler === null) return undefined;
    const records = this.#profiler.stop();
    this.#profiler = null;
    return {
      version: 1,
      startTime: this.#startTime,
      statistics: records.map(([type, cost, heapBefore, spacesBefore, heapAfter, spacesAfter]) => ({
        gcType: kGcTypes[type] ?? 'Unknown',
        beforeGC: gcStatistics(heapBefore, spacesBefore),
        cost,
        afterGC: gcStatistics(heapAfter, spacesAfter),
      })),
      endTime: Date.now(),
    };
  }

  [Symbol.dispose]() {
    this.stop();
  }
}

/** Snapshots as the heap comes to its limit; the limit is raised for as long as it takes. Only the first call counts. */
function setHeapSnapshotNearHeapLimit(limit) {
  validateUint32(limit, 'limit', true);
  checkWrite(process.cwd());
  binding.setHeapSnapshotNearHeapLimit(limit, process.cwd(), require('worker_threads').threadId);
}

class SyncCPUProfileHandle {
  #profiler = new binding.NativeCpuProfiler();
  #isStopped = false;

  constructor() {
    this.#profiler.start();
  }

  stop() {
    if (this.#isStopped) return undefined;
    this.#isStopped = true;
    return this.#profiler.stop();
  }

  [Symbol.dispose]() {
    this.stop();
  }
}

function startCpuProfile() {
  return new SyncCPUProfileHandle();
}

// There is coverage to take where NODE_V8_COVERAGE was set at the start.
function coverage() {
  const { isLoaded } = require('internal/bootstrap/realm');
  return isLoaded('internal/inspector/coverage') ? require('internal/inspector/coverage') : undefined;
}

module.exports = {
  cachedDataVersionTag: binding.cachedDataVersionTag,
  getHeapSnapshot,
  getHeapStatistics,
  getHeapSpaceStatistics,
  getHeapCodeStatistics,
  getCppHeapStatistics(type = 'detailed') {
    validateOneOf(type, 'type', ['brief', 'detailed']);
    // Native objects are not on a heap of V8's here: that heap is empty.
    return {
      __proto__: null,
      committed_size_bytes: 0,
      resident_size_bytes: 0,
      used_size_bytes: 0,
      space_statistics: [],
      type_names: [],
      detail_level: type,
    };
  },
  setFlagsFromString,
  Serializer,
  Deserializer,
  DefaultSerializer,
  DefaultDeserializer,
  deserialize,
  takeCoverage() { coverage()?.write(); },
  stopCoverage() { coverage()?.stop(); },
  serialize,
  writeHeapSnapshot,
  queryObjects,
  startupSnapshot,
  setHeapSnapshotNearHeapLimit,
  GCProfiler,
  isStringOneByteRepresentation,
  startCpuProfile,
};

defineLazyProperties(module.exports, 'internal/async_hooks/promise_hooks', ['promiseHooks']);
