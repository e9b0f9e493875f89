'use strict';

// The option trackUnmanagedFds: descriptors that a worker opens with fs.open or fs.openSync and leaves open are closed
// when it ends. Run in a worker, before the program.

const { trackDescriptor, untrackDescriptor } = internalBinding('worker');

function opened(fd) {
  if (trackDescriptor(fd)) return;
  process.emitWarning(`File descriptor ${fd} opened in unmanaged mode twice`);
}

function closed(fd) {
  if (untrackDescriptor(fd)) return;
  process.emitWarning(`File descriptor ${fd} closed but not opened in unmanaged mode`);
}

/** Wraps what fs.open and fs.close are made of; FileHandles close themselves. */
function trackDescriptors() {
  const { unmanaged } = require('internal/fs/io');
  const { open, close } = unmanaged;
  unmanaged.open = (path, flags, mode, callback) => {
    if (callback === undefined) {
      const fd = open(path, flags, mode);
      opened(fd);
      return fd;
    }
    return open(path, flags, mode, (error, fd) => {
      if (!error) opened(fd);
      callback(error, fd);
    });
  };
  unmanaged.close = (fd, callback) => {
    closed(fd);
    return callback === undefined ? close(fd) : close(fd, callback);
  };
}

module.exports = { trackDescriptors };
