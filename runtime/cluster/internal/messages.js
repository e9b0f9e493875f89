// What primary and workers say to each other over the IPC channel, with an answer where one is wanted.
'use strict';

const callbacks = new Map();
let sequence = 0;

/** Sends a message of cluster's own; `callback(reply, handle)` gets the answer. */
function send(target, message, handle, callback) {
  if (!target.connected) return false;
  message = { cmd: 'NODE_CLUSTER', ...message, seq: sequence };
  if (typeof callback === 'function') callbacks.set(sequence, callback);
  sequence++;
  // By the method that programs may wrap.
  return target.send(message, handle, { swallowErrors: true, keepOpen: true });
}

/** The listener of 'internalMessage': answers go to who asked, the rest to `onMessage(message, handle)`. */
function receiver(onMessage) {
  return function(message, handle) {
    if (message.cmd !== 'NODE_CLUSTER') return;
    if (message.ack !== undefined) {
      const callback = callbacks.get(message.ack);
      callbacks.delete(message.ack);
      callback?.(message, handle);
    } else {
      onMessage(message, handle);
    }
  };
}

module.exports = { receiver, send };
