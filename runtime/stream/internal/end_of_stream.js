'use strict';

// stream.finished: calls back once, when a stream of whatever kind is no longer readable, writable, or has failed.
//
// Streams of old libraries do not emit all of 'end', 'finish' and 'close', so the end is put together from what came.

const { AbortError, codes: { ERR_INVALID_ARG_TYPE, ERR_STREAM_PREMATURE_CLOSE } } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateFunction, validateObject } = require('internal/validators');
const {
  isClosed,
  isNodeStream,
  isReadable,
  isReadableErrored,
  isReadableFinished,
  isReadableNodeStream,
  isReadableStream,
  isRequest,
  isWritable,
  isWritableErrored,
  isWritableFinished,
  isWritableNodeStream,
  isWritableStream,
  kIsClosedPromise,
  willEmitClose,
} = require('internal/stream/utils');

function nop() {}

/**
 * @param {object} stream
 * @param {{readable?: boolean, writable?: boolean, error?: boolean, signal?: AbortSignal}} [options]
 * @param {(err?: Error) => void} callback
 * @returns {() => void} takes the listeners away
 */
function eos(stream, options, callback) {
  if (arguments.length === 2) {
    callback = options;
    options = {};
  } else if (options == null) {
    options = {};
  } else {
    validateObject(options, 'options');
  }
  validateFunction(callback, 'callback');
  validateAbortSignal(options.signal, 'options.signal');

  const watch = new Watch(stream, options, inContext(callback));
  if (isReadableStream(stream) || isWritableStream(stream)) {
    watch.webStream();
    return nop;
  }
  if (!isNodeStream(stream)) {
    throw new ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  watch.nodeStream();
  return () => watch.stop();
}

/** The callback belongs to who asked and not to what ends the stream. */
function inContext(callback) {
  const { enabledHooksExist, getContextFrame } = require('internal/async_hooks');
  if (getContextFrame() === undefined && !enabledHooksExist()) return callback;
  const { AsyncResource } = require('async_hooks');
  return AsyncResource.bind(callback, 'STREAM_END_OF_STREAM');
}

class Watch {
  readableFinished = false;
  writableFinished = false;
  listening = [];
  abortListener = undefined;

  constructor(stream, options, callback) {
    this.stream = stream;
    this.options = options;
    this.callback = callback;
  }

  done(err) {
    const { callback } = this;
    if (callback === undefined) return;
    this.callback = undefined;
    this.abortListener?.[Symbol.dispose]();
    if (err === undefined) callback.call(this.stream); else callback.call(this.stream, err);
  }

  stop() {
    this.callback = undefined;
    this.abortListener?.[Symbol.dispose]();
    for (const [emitter, event, listener] of this.listening) emitter.removeListener(event, listener);
    this.listening.length = 0;
  }

  listen(emitter, event, listener) {
    emitter.on(event, listener);
    this.listening.push([emitter, event, listener]);
  }

  nodeStream() {
    const { stream, options } = this;
    this.readable = options.readable ?? isReadableNodeStream(stream);
    this.writable = options.writable ?? isWritableNodeStream(stream);
    // 'close' is waited for only when both its sides are what we were asked about.
    this.closeComes = willEmitClose(stream) &&
      isReadableNodeStream(stream) === this.readable &&
      isWritableNodeStream(stream) === this.writable;
    this.writableFinished = isWritableFinished(stream, false);
    this.readableFinished = isReadableFinished(stream, false);
    this.closed = isClosed(stream);

    const onFinish = () => this.onFinish();
    const onClose = () => this.onClose();
    if (isRequest(stream)) {
      this.listenToRequest(stream, onFinish, onClose);
    } else if (this.writable && !stream._writableState) {
      const onLegacyFinish = () => {
        if (!stream.writable) this.onFinish();
      };
      this.listen(stream, 'end', onLegacyFinish);
      this.listen(stream, 'close', onLegacyFinish);
    }
    // Not every 'aborted' is followed by a 'close'.
    if (!this.closeComes && typeof stream.aborted === 'boolean') this.listen(stream, 'aborted', onClose);

    this.listen(stream, 'end', () => this.onEnd());
    this.listen(stream, 'finish', onFinish);
    // Where all is over but the telling, we hear of the error behind 'close'.
    if (options.error !== false) this.listen(stream, 'error', this.closed ? nop : (err) => this.done(err));
    this.listen(stream, 'close', onClose);
    this.handleTheEnded(onClose);
    this.listenToSignal();
  }

  listenToRequest(stream, onFinish, onClose) {
    this.listen(stream, 'complete', onFinish);
    if (!this.closeComes) this.listen(stream, 'abort', onClose);
    if (stream.req) {
      this.listen(stream.req, 'finish', onFinish);
    } else {
      this.listen(stream, 'request', () => this.listen(stream.req, 'finish', onFinish));
    }
  }

  // A stream that is over already emits nothing more.
  handleTheEnded(onClose) {
    const { stream, readable, writable, closeComes } = this;
    const writableState = stream._writableState;
    const readableState = stream._readableState;
    // As it is now: what happens to the stream meanwhile comes too late.
    const error = this.errorOfStream();
    const later = () => this.onClosed(error);
    if (this.closed) {
      process.nextTick(onClose);
    } else if (writableState?.errorEmitted || readableState?.errorEmitted) {
      if (!closeComes) process.nextTick(later);
    } else if (!readable &&
               (!closeComes || isReadable(stream)) &&
               (this.writableFinished || isWritable(stream) === false) &&
               (writableState == null || writableState.pendingcb === undefined || writableState.pendingcb === 0)) {
      process.nextTick(later);
    } else if (!writable &&
               (!closeComes || isWritable(stream)) &&
               (this.readableFinished || isReadable(stream) === false)) {
      process.nextTick(later);
    }
  }

  onFinish() {
    const { stream } = this;
    this.writableFinished = true;
    // Destroyed, so whether 'close' comes is open: go by 'finish'.
    if (stream.destroyed) this.closeComes = false;
    if (this.closeComes && (!stream.readable || this.readable)) return;
    if (!this.readable || this.readableFinished) this.done();
  }

  onEnd() {
    const { stream } = this;
    this.readableFinished = true;
    if (stream.destroyed) this.closeComes = false;
    if (this.closeComes && (!stream.writable || this.writable)) return;
    if (!this.writable || this.writableFinished) this.done();
  }

  onClose() {
    const { stream } = this;
    this.closed = true;
    const error = this.errorOfStream();
    if (error !== undefined) {
      this.done(error);
    } else if (this.readable && !this.readableFinished && isReadableNodeStream(stream, true) &&
               !isReadableFinished(stream, false)) {
      this.done(new ERR_STREAM_PREMATURE_CLOSE());
    } else if (this.writable && !this.writableFinished && !isWritableFinished(stream, false)) {
      this.done(new ERR_STREAM_PREMATURE_CLOSE());
    } else {
      this.done();
    }
  }

  onClosed(error) {
    this.closed = true;
    this.done(error);
  }

  errorOfStream() {
    const error = isWritableErrored(this.stream) || isReadableErrored(this.stream);
    return error && typeof error !== 'boolean' ? error : undefined;
  }

  listenToSignal() {
    const { signal } = this.options;
    if (!signal || this.closed) return;
    const onAbort = () => {
      // The listeners go first: what the stream does from here on is not our business.
      const { callback, stream } = this;
      this.stop();
      callback?.call(stream, new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) {
      process.nextTick(onAbort);
    } else {
      this.abortListener = require('internal/events/abort_listener').addAbortListener(signal, onAbort);
    }
  }

  webStream() {
    const { stream, options: { signal } } = this;
    const finishLater = (err) => process.nextTick(() => this.done(err));
    stream[kIsClosedPromise].promise.then(() => finishLater(), finishLater);
    if (!signal) return;
    const onAbort = () => {
      this.done(new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) {
      process.nextTick(onAbort);
    } else {
      this.abortListener = require('internal/events/abort_listener').addAbortListener(signal, onAbort);
    }
  }
}

/** stream/promises' finished. */
function finished(stream, opts) {
  let autoCleanup = false;
  if (opts === null) opts = {};
  if (opts?.cleanup) {
    validateBoolean(opts.cleanup, 'cleanup');
    autoCleanup = opts.cleanup;
  }
  return new Promise((resolve, reject) => {
    const cleanup = eos(stream, opts, (err) => {
      if (autoCleanup) cleanup();
      if (err) reject(err); else resolve();
    });
  });
}

module.exports = { eos, finished };
