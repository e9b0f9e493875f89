'use strict';

// State of worker_threads that both sides of a worker use: this thread's environment data and its place among threads.

const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');

const environmentData = new Map();

function setEnvironmentData(key, value) {
  if (value === undefined) environmentData.delete(key);
  else environmentData.set(key, value);
}

/** What a worker gets of its parent's. @param {Map<any, any>} [data] */
function assignEnvironmentData(data) {
  for (const [key, value] of data ?? []) environmentData.set(key, value);
}

// What a worker was given; the main thread keeps these.
const self = {
  isMainThread: true,
  threadId: 0,
  threadName: 'main',
  parentPort: null,
  workerData: null,
  resourceLimits: {},
};

module.exports = {
  SHARE_ENV,
  assignEnvironmentData,
  getEnvironmentData: (key) => environmentData.get(key),
  getEnvironmentDataMap: () => environmentData,
  self,
  setEnvironmentData,
};
