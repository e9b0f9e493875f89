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

class PerformanceNodeTiming extends PerformanceEntry {
  constructor() {
    super(kConstruct, 'node', 'node', 0, 0);
  }

  get duration() { return now(); }
  get nodeStart() { return milestone(0); }
  get v8Start() { return milestone(1); }
  get environment() { return milestone(2); }
  get bootstrapComplete() { return milestone(3); }
  get loopStart() { return milestone(4); }
  get loopExit() { return milestone(5); }
  get idleTime() { return binding.idleTime(); }

  get uvMetricsInfo() {
    const [loopCount, events, eventsWaiting] = binding.loopMetrics();
    return { loopCount, events, eventsWaiting };
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

let isMeasuring = false;
/** When, and how long the loop had been idle by then. */
let measuredFrom = 0;

function current() {
  if (!isMeasuring) {
    // Accounting costs a clock call a turn, so it begins with the first question.
    isMeasuring = true;
    // A worker's loop is measured from its start.
    if (require('worker_threads').isMainThread) {
      binding.measureIdleTime();
      measuredFrom = now();
    }
  }
  const { loopStart } = nodeTiming;
  if (loopStart < 0) return { idle: 0, active: 0, utilization: 0 };
  const idle = binding.idleTime();
  const active = now() - Math.max(loopStart, measuredFrom) - idle;
  return { idle, active, utilization: active / (idle + active) };
}

function eventLoopUtilization(first, second) {
  const later = second === undefined ? current() : first;
  const earlier = second === undefined ? first : second;
  if (earlier === undefined) return later;
  const idle = later.idle - earlier.idle;
  const active = later.active - earlier.active;
  return { idle, active, utilization: idle + active === 0 ? 0 : active / (idle + active) };
}

module.exports = { eventLoopUtilization, nodeTiming };
