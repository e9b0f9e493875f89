'use strict';

// Entries of other built-ins (net, dns) for PerformanceObserver. They cost nothing while nobody observes them: perf_hooks
// itself need not be loaded.

/** Types that somebody observes; kept by internal/perf_hooks/observer. @type {Set<string>} */
const wanted = new Set();

/**
 * Begins an entry. Called when the work begins; what it returns is called when it has succeeded, with the rest of the
 * detail. Undefined when nobody observes the type.
 * @param {string} type
 * @param {string} name
 * @param {object} detail
 * @returns {((more?: object) => void) | undefined}
 */
function begin(type, name, detail) {
  if (!wanted.has(type)) return undefined;
  const { PerformanceNodeEntry, now } = require('internal/perf_hooks/entries');
  const start = now();
  return (more) => {
    const entry = new PerformanceNodeEntry(name, type, start, now() - start, { ...detail, ...more });
    require('internal/perf_hooks/observer').notify(entry);
  };
}

module.exports = { begin, wanted };
