'use strict';

// Run in the start-up snapshot; says how long require() takes: NODE_DEBUG=module_timer, and trace events of the category
// node.module_timer.

const { debuglog, formatTime } = require('internal/util/debuglog');
const tracing = require('internal/trace_events');

const log = debuglog('module_timer');
let logs;

/** @returns {(() => void) | undefined} what is to be called when module.require(id) is over, where somebody asks */
function begin(module, id) {
  logs ??= process.env.NODE_DEBUG !== undefined && log.enabled;
  const { modules: recorded } = tracing.recorded;
  if (!logs && !recorded) return undefined;
  const start = logs ? process.hrtime() : undefined;
  const name = `require('${id}')`;
  if (recorded) tracing.trace('b', 'modules', name, 0);
  return () => {
    if (recorded && tracing.recorded.modules) tracing.trace('e', 'modules', name, 0);
    if (logs) print(module, id, process.hrtime(start));
  };
}

function print(module, id, [seconds, nanoseconds]) {
  const label = `[${module?.id ?? '<eval>'}] [${id}]`;
  process._rawDebug(`MODULE_TIMER ${process.pid} ${label}: ${formatTime(seconds * 1000 + nanoseconds / 1e6)}`);
}

module.exports = { begin };
