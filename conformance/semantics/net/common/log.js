// What the cases of sockets share.
'use strict';

const net = require('net');

/** Notes events of an emitter in `log` as "who event code". */
function note(log, who, emitter, events = ['connect', 'ready', 'end', 'finish', 'error', 'timeout', 'close']) {
  for (const event of events) {
    emitter.on(event, (argument) => {
      const detail = argument instanceof Error ? ` ${argument.code}` : event === 'close' ? ` ${argument}` : '';
      log.push(`${who} ${event}${detail}`);
    });
  }
  return emitter;
}

/** A server on a free port of the loopback address, listening. */
function listen(options, listener) {
  return new Promise((resolve) => {
    const server = net.createServer(options, listener);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

// Machines that run tests are busy.
const kPatience = 4;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms * kPatience));

module.exports = { listen, note, sleep };
