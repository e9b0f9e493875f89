'use strict';
// The diagnostics channels `tracing:node.test:start`, `end` and `error`. Loaded by internal/test_runner/test.

const { tracingChannel } = require('diagnostics_channel');

const tracing = tracingChannel('node.test');

/** What subscribers are told about a test. */
function traceOf(test) {
  return { __proto__: null, name: test.name, nesting: test.nesting, file: test.location?.file, type: test.type };
}

/** Runs a test inside the stores that are bound to the start channel; the other events are published there, too. */
async function traceRun(test, run) {
  const trace = traceOf(test);
  await tracing.start.runStores(trace, async () => {
    await run();
    if (test.error !== null) tracing.error.publish({ ...trace, error: test.error });
    tracing.end.publish(trace);
  });
}

/** The same for a root, which is not run: what it returns ends the trace. */
function traceRoot(root) {
  if (!tracing.hasSubscribers) return () => {};
  const trace = traceOf(root);
  const { AsyncLocalStorage } = require('async_hooks');
  const inside = tracing.start.runStores(trace, () => AsyncLocalStorage.snapshot());
  return () => inside(() => { tracing.end.publish(trace); });
}

module.exports = { tracing, traceRoot, traceRun };
