'use strict';

// The `trace_events` module: categories of trace events that a program turns on and off while it runs.

const {
  codes: { ERR_TRACE_EVENTS_CATEGORY_REQUIRED, ERR_TRACE_EVENTS_UNAVAILABLE },
} = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { validateObject, validateStringArray } = require('internal/validators');
const { self } = require('internal/worker/shared');
const events = require('internal/trace_events');

if (!self.isMainThread) throw new ERR_TRACE_EVENTS_UNAVAILABLE();

const kManyEnabled = 10;
const kDefaultPattern = 'node_trace.${rotation}.log';  // as in engine/tracing.h
// They record on even when the program has forgotten them.
const enabled = new Set();

/** The file is written by the runtime, but it is the program that asks for it here. */
function checkPermission() {
  if (!getOptionValue('--permission') && !getOptionValue('--permission-audit')) return;
  const pattern = getOptionValue('--trace-event-file-pattern') || kDefaultPattern;
  const { check, scopes } = internalBinding('permission');
  const name = pattern.replaceAll('${rotation}', '1').replaceAll('${pid}', `${process.pid}`);
  check(scopes['fs.write'], require('path').resolve(name));
}

class Tracing {
  #categories;
  #enabled = false;

  constructor(categories) {
    this.#categories = categories;
  }

  enable() {
    if (this.#enabled) return;
    checkPermission();
    this.#enabled = true;
    events.enable(this.#categories);
    enabled.add(this);
    if (enabled.size > kManyEnabled) {
      process.emitWarning(
        'Possible trace_events memory leak detected. There are more than ' +
        `${kManyEnabled} enabled Tracing objects.`);
    }
  }

  disable() {
    if (!this.#enabled) return;
    this.#enabled = false;
    events.disable(this.#categories);
    enabled.delete(this);
  }

  get enabled() {
    return this.#enabled;
  }

  get categories() {
    return this.#categories.join(',');
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const shown = { enabled: this.enabled, categories: this.categories };
    return `Tracing ${inspect(shown, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  }
}

/** @param {{categories: string[]}} options */
function createTracing(options) {
  validateObject(options, 'options');
  validateStringArray(options.categories, 'options.categories');
  if (options.categories.length === 0) throw new ERR_TRACE_EVENTS_CATEGORY_REQUIRED();
  return new Tracing([...options.categories]);
}

/** The categories that are recorded, separated by commas; undefined when there are none. */
function getEnabledCategories() {
  return events.enabledCategories().join(',') || undefined;
}

module.exports = { createTracing, getEnabledCategories };
