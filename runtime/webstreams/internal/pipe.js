'use strict';

// ReadableStream.prototype.pipeTo. Loaded on first use.

const { queueMicrotask } = require('internal/process/tick');
const { addAbortListener } = require('internal/events/abort_listener');
const { ReaderState } = require('internal/webstreams/readable_state');
const { WriterState } = require('internal/webstreams/writable_state');
const { invalidState, markHandled, nop, react } = require('internal/webstreams/util');

// Node's own AbortError is none of the web's.
function abortReason({ reason }) {
  const { AbortError } = require('internal/errors');
  if (!(reason instanceof AbortError)) return reason;
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(reason.message, 'AbortError');
}

// Chunks go over while the destination has room; what ends it first decides how the other end is shut down.
class Pipe {
  shuttingDown = false;
  lastWrite = Promise.resolve();
  finished = Promise.withResolvers();
  abortListener = undefined;

  constructor(source, dest, options) {
    this.source = source;
    this.dest = dest;
    this.options = options;
    this.reader = new ReaderState(source, false);
    this.writer = new WriterState(dest);
    source.disturbed = true;
  }

  start() {
    const { signal } = this.options;
    if (signal !== undefined) {
      if (signal.aborted) {
        this.abort(signal);
        return this.finished.promise;
      }
      this.abortListener = addAbortListener(signal, () => this.abort(signal));
    }
    this.watchSource();
    this.watchDest();
    if (!this.shuttingDown) this.loop();
    return this.finished.promise;
  }

  abort(signal) {
    const error = abortReason(signal);
    const { dest, options, source } = this;
    this.shutdownWith(() => Promise.all([
      !options.preventAbort && dest.state === 'writable' ? dest.abort(error) : undefined,
      !options.preventCancel && source.state === 'readable' ? source.cancel(error) : undefined,
    ]), { error });
  }

  // Errors and closing go forward from the source...
  watchSource() {
    const { dest, options, source } = this;
    const onError = () => {
      const error = source.storedError;
      if (options.preventAbort) this.shutdown({ error }); else this.shutdownWith(() => dest.abort(error), { error });
    };
    const onClose = () => {
      if (options.preventClose) this.shutdown(); else this.shutdownWith(() => this.writer.closeWithErrorPropagation());
    };
    if (source.state === 'errored') onError();
    else if (source.state === 'closed') onClose();
    else react(this.reader.closed.promise, onClose, onError);
  }

  // ... and errors and closing backward from the destination.
  watchDest() {
    const { dest } = this;
    const onError = () => this.shutdownBackward(dest.storedError);
    if (dest.state === 'errored') {
      onError();
    } else if (dest.closeQueuedOrInFlight() || dest.state === 'closed') {
      this.shutdownBackward(invalidState('Destination WritableStream is closed'));
    } else {
      react(this.writer.closed.promise, nop, onError);
    }
  }

  shutdownBackward(error) {
    const { options, source } = this;
    if (options.preventCancel) this.shutdown({ error });
    else this.shutdownWith(() => source.cancel(error), { error });
  }

  async loop() {
    while (!this.shuttingDown) {
      const { writer } = this;
      const room = writer.desiredSize();
      if (room === null) return;
      if (room <= 0) {
        try {
          await writer.ready.promise;
        } catch {
          return;
        }
        continue;
      }
      if (!(await this.step())) return;
    }
  }

  // Moves one chunk. False: the source is over.
  step() {
    return new Promise((resolve) => {
      this.reader.read({
        chunk: (value) => {
          // On another microtask, so that whoever enqueued it is done.
          queueMicrotask(() => {
            // The destination failed meanwhile, and the pipe is at its end: the chunk is lost.
            if (this.writer.stream === undefined) {
              resolve(false);
              return;
            }
            this.lastWrite = this.writer.write(value);
            markHandled(this.lastWrite);
            resolve(true);
          });
        },
        close: () => resolve(false),
        error: () => resolve(false),
      });
    });
  }

  // Everything that was read must have been written before the end shows.
  async waitForWrites() {
    let last;
    do {
      last = this.lastWrite;
      await react(last, undefined, nop);
    } while (last !== this.lastWrite);
  }

  // `failure` is {error}: the error itself may be undefined.
  shutdownWith(action, failure) {
    if (this.shuttingDown) return;
    this.shuttingDown = true;
    const act = () => {
      react(Promise.resolve(action()), () => this.finish(failure), (error) => this.finish({ error }));
    };
    if (this.dest.state === 'writable' && !this.dest.closeQueuedOrInFlight()) {
      react(this.waitForWrites(), act);
    } else {
      act();
    }
  }

  shutdown(failure) {
    if (this.shuttingDown) return;
    this.shuttingDown = true;
    if (this.dest.state === 'writable' && !this.dest.closeQueuedOrInFlight()) {
      react(this.waitForWrites(), () => this.finish(failure));
    } else {
      this.finish(failure);
    }
  }

  finish(failure) {
    this.writer.release();
    this.reader.release();
    this.abortListener?.[Symbol.dispose]();
    if (failure !== undefined) this.finished.reject(failure.error); else this.finished.resolve();
  }
}

/**
 * @param {ReadableState} source
 * @param {WritableState} dest
 */
function pipeTo(source, dest, options) {
  return new Pipe(source, dest, options).start();
}

module.exports = { pipeTo };
