'use strict';

// The worker_threads module, https://nodejs.org/api/worker_threads.html.

const messaging = require('internal/messaging');
const { defineLazyProperties } = require('internal/util');
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
  threadId: self.threadId,
  threadName: self.threadName,
  SHARE_ENV,
  parentPort: self.parentPort,
  workerData: self.workerData,
  BroadcastChannel: messaging.BroadcastChannel,
  setEnvironmentData,
  getEnvironmentData,
};

defineLazyProperties(module.exports, 'internal/worker', ['Worker']);
defineLazyProperties(module.exports, 'internal/worker/thread_messages', ['postMessageToThread']);
defineLazyProperties(module.exports, 'internal/worker/locks', ['locks']);
