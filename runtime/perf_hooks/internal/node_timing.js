'use strict';

// performance.nodeTiming and event loop utilization: where the process's own time went.

const { PerformanceEntry, kConstruct, now, tag } = require('internal/perf_hooks/entries');
const binding = internalBinding('performance');
const processBinding = internalBinding('process');

/** Milliseconds from the start of the process; -1 for what has not happened yet. */
function milestone(index) {
  const ns = processBinding.milestones()[index];
  return ns === 0 ? -1 : (ns - processBinding.startTime()) / 1e6;
}

const getters = {
  name: () => 'node',
  entryType: () => 'node',
  startTime: () => 0,
  duration: () => now(),
  nodeStart: () => milestone(0),
  v8Start: () => milestone(1),
  environment: () => milestone(2),
  bootstrapComplete: () => milestone(3),
  loopStart: () => milestone(4),
  loopExit: () => milestone(5),
  idleTime: () => binding.idleTime(),
  uvMetricsInfo() {
    const [loopCount, events, eventsWaiting] = binding.loopMetrics();
    return { loopCount, events, eventsWaiting };
  },
};

class PerformanceNodeTiming extends PerformanceEntry {
  // Its own properties, which programs copy.
  constructor() {
    super(kConstruct, 'node', 'node', 0, 0);
    for (const [name, get] of Object.entries(getters)) {
      Object.defineProperty(this, name, { __proto__: null, enumerable: true, configurable: true, get });
    }
  }

  toJSON() {
    const { name, entryType, startTime, duration, nodeStart, v8Start, bootstrapComplete, environment, loopStart,
            loopExit, idleTime } = this;
    return { name, entryType, startTime, duration, nodeStart, v8Start, bootstrapComplete, environment, loopStart,
             loopExit, idleTime };
  }
}

tag(PerformanceNodeTiming);

const nodeTiming = new PerformanceNodeTiming();

function current() {
  const { loopStart } = nodeTiming;
  if (loopStart < 0) return { idle: 0, active: 0, utilization: 0 };
  const idle = binding.idleTime();
  const active = Math.max(0, now() - loopStart - idle);
  return { idle, active, utilization: active / (idle + active) };
}

function eventLoopUtilization(first, second) {
  const later = second ? first : current();
  const earlier = second || first;
  if (!earlier) return later;
  const idle = later.idle - earlier.idle;
  const active = later.active - earlier.active;
  return { idle, active, utilization: idle + active === 0 ? 0 : active / (idle + active) };
}

module.exports = { eventLoopUtilization, nodeTiming };
