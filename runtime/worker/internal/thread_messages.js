'use strict';

// postMessageToThread and the 'workerMessage' event. A thread has a mailbox, the main thread once it listens; every
// message brings a port on which its sender learns what became of it.

const binding = internalBinding('worker');
const { codes: {
  ERR_WORKER_MESSAGING_ERRORED, ERR_WORKER_MESSAGING_FAILED, ERR_WORKER_MESSAGING_SAME_THREAD,
  ERR_WORKER_MESSAGING_TIMEOUT,
} } = require('internal/errors');
const { validateNumber } = require('internal/validators');
const { MessageChannel } = require('internal/messaging');
const { self } = require('internal/worker/shared');

const kHeard = 'heard';
const kErrored = 'errored';
const kUnheard = 'unheard';

let mailbox;

/** With the first listener of 'workerMessage'; in a worker when its program has started, whoever listens. */
function openMailbox() {
  if (mailbox !== undefined) return;
  mailbox = binding.openMailbox();
  mailbox.onmessage = ({ value, source, reply }) => {
    reply.postMessage(announce(value, source));
    reply.close();
  };
  mailbox.start();
}

function announce(value, source) {
  if (process.listenerCount('workerMessage') === 0) return kUnheard;
  try {
    process.emit('workerMessage', value, source);
    return kHeard;
  } catch {
    return kErrored;
  }
}

function send(threadId, value, transferList) {
  if (typeof threadId !== 'number') throw new ERR_WORKER_MESSAGING_FAILED();
  const { port1, port2 } = new MessageChannel();
  const target = binding.openMailboxOf(threadId);
  try {
    if (target.peerCount === 0) throw new ERR_WORKER_MESSAGING_FAILED();
    target.postMessage({ value, source: self.threadId, reply: port2 }, [port2, ...transferList], undefined);
    return port1;
  } finally {
    target.closePort();
  }
}

function outcome(reply, timeout) {
  return new Promise((resolve, reject) => {
    const { clearTimeout, setTimeout } = require('timers');
    const timer = timeout === undefined ? undefined : setTimeout(() => {
      reject(new ERR_WORKER_MESSAGING_TIMEOUT());
      reply.close();
    }, timeout);
    reply.once('message', (what) => {
      if (what === kHeard) resolve();
      else reject(what === kErrored ? new ERR_WORKER_MESSAGING_ERRORED() : new ERR_WORKER_MESSAGING_FAILED());
    });
    // Without an answer: the thread has ended.
    reply.once('close', () => {
      clearTimeout(timer);
      reject(new ERR_WORKER_MESSAGING_FAILED());
    });
  });
}

async function postMessageToThread(threadId, value, transferList, timeout) {
  if (typeof transferList === 'number' && timeout === undefined) [transferList, timeout] = [undefined, transferList];
  if (timeout !== undefined) validateNumber(timeout, 'timeout', 0);
  if (threadId === self.threadId) throw new ERR_WORKER_MESSAGING_SAME_THREAD();
  await outcome(send(threadId, value, transferList ?? []), timeout);
}

module.exports = { openMailbox, postMessageToThread };
