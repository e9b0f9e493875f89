'use strict';
// What `v8` and a worker's parent share about heaps. Run with the first of them that asks.

const { validateBoolean, validateObject } = require('internal/validators');
const { kEmptyObject } = require('internal/util');

// Names of what the native side counts, in its order.
const kHeapFields = [
  'total_heap_size', 'total_heap_size_executable', 'total_physical_size', 'total_available_size', 'used_heap_size',
  'heap_size_limit', 'malloced_memory', 'peak_malloced_memory', 'does_zap_garbage', 'number_of_native_contexts',
  'number_of_detached_contexts', 'total_global_handles_size', 'used_global_handles_size', 'external_memory',
];

function named(fields, values) {
  const object = {};
  for (let i = 0; i < fields.length; i++) object[fields[i]] = values[i];
  return object;
}

const namedHeapStatistics = (values) => named(kHeapFields, values);

/** @returns {[exposeInternals: boolean, exposeNumericValues: boolean]} */
function snapshotOptions(options = kEmptyObject) {
  validateObject(options, 'options');
  const { exposeInternals = false, exposeNumericValues = false } = options;
  validateBoolean(exposeInternals, 'options.exposeInternals');
  validateBoolean(exposeNumericValues, 'options.exposeNumericValues');
  return [exposeInternals, exposeNumericValues];
}

module.exports = { named, namedHeapStatistics, snapshotOptions };
