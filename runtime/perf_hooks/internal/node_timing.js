'use strict';

// performance.nodeTiming and event loop utilization: where the process's own time went.

const { PerformanceEntry, kConstruct, now } = require('internal/perf_hooks/entries');
const binding = internalBinding('performance');

class PerformanceNodeTiming extends PerformanceEntry {
  constructor() {
    super(kConstruct, 'node', 'node', 0, 0);
  }

  get duration() { return now(); }
  // The realm comes out of the start-up snapshot: V8, environment and bootstrap are one step.
  get nodeStart() { return 0; }
  get v8Start() { return 0; }
  get environment() { return 0; }
  get bootstrapComplete() { return 0; }
  get loopStart() { return -1; }
  get loopExit() { return -1; }
  get idleTime() { return binding.idleTime(); }

  toJSON() {
    const { name, entryType, startTime, duration, nodeStart, v8Start, bootstrapComplete, environment, loopStart,
            loopExit, idleTime } = this;
    return { name, entryType, startTime, duration, nodeStart, v8Start, bootstrapComplete, environment, loopStart,
             loopExit, idleTime };
  }
}

const nodeTiming = new PerformanceNodeTiming();

let isMeasuring = false;
let measuredFrom = 0;

function current() {
  if (!isMeasuring) {
    // Accounting costs a clock call a turn, so it begins with the first question.
    isMeasuring = true;
    binding.measureIdleTime();
    measuredFrom = now();
    return { idle: 0, active: 0, utilization: 0 };
  }
  const idle = binding.idleTime();
  const active = now() - measuredFrom - idle;
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
