'use strict';

// The worker_threads module, https://nodejs.org/api/worker_threads.html.

const messaging = require('internal/messaging');
const { SHARE_ENV, getEnvironmentData, self, setEnvironmentData } = require('internal/worker/shared');

module.exports = {
  isInternalThread: false,
  isMainThread: self.isMainThread,
  MessagePort: messaging.MessagePort,
  MessageChannel: messaging.MessageChannel,
  markAsUncloneable: messaging.markAsUncloneable,
  markAsUntransferable: messaging.markAsUntransferable,
  isMarkedAsUntransferable: messaging.isMarkedAsUntransferable,
  moveMessagePortToContext: messaging.moveMessagePortToContext,
  receiveMessageOnPort: messaging.receiveMessageOnPort,
  resourceLimits: self.resourceLimits,
  get postMessageToThread() {
    return require('internal/worker/thread_messages').postMessageToThread;
  },
  threadId: self.threadId,
  threadName: self.threadName,
  SHARE_ENV,
  get Worker() {
    return require('internal/worker').Worker;
  },
  parentPort: self.parentPort,
  workerData: self.workerData,
  BroadcastChannel: messaging.BroadcastChannel,
  setEnvironmentData,
  getEnvironmentData,
  get locks() {
    return require('internal/worker/locks').locks;
  },
};
