'use strict';

// Run in the start-up snapshot, used by the global console; writes to stdout and stderr without their streams as long as
// the program has not asked for them: most programs print and never touch process.stdout, which takes long to make.
// Order is kept: both ways write at once, and the streams are made before anybody can use them.

const kStdout = 1;
const kStderr = 2;

/** What process.stdout and process.stderr are before anybody read them. */
const lazyGetters = {
  [kStdout]: Object.getOwnPropertyDescriptor(process, 'stdout')?.get,
  [kStderr]: Object.getOwnPropertyDescriptor(process, 'stderr')?.get,
};

/** By descriptor: whether it is of a sort that the stream would write to synchronously and without colors. */
const simple = [];

function isSimple(fd) {
  if (simple[fd] === undefined) {
    const type = internalBinding('util').guessHandleType(fd);
    simple[fd] = (type === 'FILE' || type === 'PIPE') && process.env.FORCE_COLOR === undefined;
  }
  return simple[fd];
}

function isUntouched(fd) {
  const descriptor = Object.getOwnPropertyDescriptor(process, fd === kStdout ? 'stdout' : 'stderr');
  return descriptor?.get !== undefined && descriptor.get === lazyGetters[fd];
}

/** Whether write() does what writing to the stream of `fd` would do. */
function canWrite(fd) {
  return isUntouched(fd) && isSimple(fd);
}

/**
 * @param {number} fd
 * @param {string} text
 */
function write(fd, text) {
  internalBinding('console').write(fd, text);
}

/** Writes to stderr in whichever way keeps the order. */
function writeError(text) {
  if (canWrite(kStderr)) write(kStderr, text);
  else process.stderr.write(text);
}

module.exports = { canWrite, kStderr, kStdout, simple, write, writeError };
