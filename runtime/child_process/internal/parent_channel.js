'use strict';
// process.send() and its kin in a child that was forked. Run before the program (internal/bootstrap/startup), which
// waits for it: it loads no more than the channel needs.

const { setupChannel } = require('internal/child_process/ipc');

function open(fd, serialization) {
  const { Pipe } = internalBinding('net');
  const pipe = new Pipe(true);
  pipe.open(fd);
  pipe.unref();
  const control = setupChannel(process, pipe, serialization);
  // Who listens, waits: only then does the channel keep the process alive.
  process.on('newListener', function onNewListener(name) {
    if (name === 'message' || name === 'disconnect') control.refCounted();
  });
  process.on('removeListener', function onRemoveListener(name) {
    if (name === 'message' || name === 'disconnect') control.unrefCounted();
  });
}

module.exports = { open };
