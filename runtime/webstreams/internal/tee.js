'use strict';

// ReadableStream.prototype.tee. Loaded on first use.

const { queueMicrotask } = require('internal/process/tick');
const { ReaderState } = require('internal/webstreams/readable_state');
const { createReadableByteStream, createReadableStream } = require('internal/webstreams/readable_stream');
const { invalidState, kState, react } = require('internal/webstreams/util');

// What the two branches have in common.
class Tee {
  reading = false;
  readAgain = [false, false];
  canceled = [false, false];
  reasons = [undefined, undefined];
  branches = [];
  cancelResult = Promise.withResolvers();

  constructor(stream) {
    this.source = stream[kState];
    this.reader = new ReaderState(this.source, false);
  }

  controller(i) {
    return this.branches[i][kState].controllerState;
  }

  // The source is cancelled when both branches are.
  cancel(i, reason) {
    this.canceled[i] = true;
    this.reasons[i] = reason;
    if (this.canceled[1 - i]) this.cancelResult.resolve(this.source.cancel(this.reasons));
    return this.cancelResult.promise;
  }

  settleCancel() {
    if (!this.canceled[0] || !this.canceled[1]) this.cancelResult.resolve();
  }

  // What was read cannot be handed on.
  fail(error) {
    this.controller(0).error(error);
    this.controller(1).error(error);
    this.cancelResult.resolve(this.source.cancel(error));
  }

  forwardErrors(reader) {
    react(reader.closed.promise, undefined, (error) => {
      if (reader !== this.reader) return;
      this.controller(0).error(error);
      this.controller(1).error(error);
      this.settleCancel();
    });
  }
}

function teeDefault(stream, cloneForBranch2) {
  const tee = new Tee(stream);
  const pull = async () => {
    if (tee.reading) {
      tee.readAgain[0] = true;
      return;
    }
    tee.reading = true;
    tee.reader.read({
      chunk(value) {
        // A microtask later: a closing source must be seen before a branch reads again.
        queueMicrotask(() => {
          tee.readAgain[0] = false;
          let second = value;
          if (cloneForBranch2 && !tee.canceled[1]) {
            try {
              second = require('internal/messaging').structuredClone(value);
            } catch (error) {
              tee.fail(error);
              return;
            }
          }
          if (!tee.canceled[0]) tee.controller(0).enqueue(value);
          if (!tee.canceled[1]) tee.controller(1).enqueue(second);
          tee.reading = false;
          if (tee.readAgain[0]) pull();
        });
      },
      close() {
        tee.reading = false;
        if (!tee.canceled[0]) tee.controller(0).close();
        if (!tee.canceled[1]) tee.controller(1).close();
        tee.settleCancel();
      },
      error() {
        tee.reading = false;
      },
    });
  };
  for (const i of [0, 1]) {
    tee.branches.push(createReadableStream({ __proto__: null, pull, cancel: (reason) => tee.cancel(i, reason) }));
  }
  tee.forwardErrors(tee.reader);
  return tee.branches;
}

function copyOf(chunk) {
  const { buffer, byteOffset, byteLength } = chunk;
  return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

// The branches of a byte stream read with whatever kind of reader the last of them was read with.
class ByteTee extends Tee {
  useReader(isByob) {
    if (this.reader.isByob === isByob) return;
    const old = this.reader;
    this.reader = undefined;
    old.release();
    this.reader = new ReaderState(this.source, isByob);
    this.forwardErrors(this.reader);
  }

  pull(i) {
    if (this.reading) {
      this.readAgain[i] = true;
      return;
    }
    this.reading = true;
    const request = this.controller(i).getByobRequest();
    if (request === null) this.pullDefault(); else this.pullByob(request.view, i);
  }

  afterChunk() {
    this.reading = false;
    if (this.readAgain[0]) this.pull(0);
    else if (this.readAgain[1]) this.pull(1);
  }

  failBoth(error) {
    this.controller(0).error(error);
    this.controller(1).error(error);
    this.cancelResult.resolve(this.source.cancel(error));
  }

  pullDefault() {
    this.useReader(false);
    this.reader.read({
      chunk: (chunk) => queueMicrotask(() => {
        this.readAgain = [false, false];
        let second = chunk;
        if (!this.canceled[0] && !this.canceled[1]) {
          try {
            second = copyOf(chunk);
          } catch (error) {
            this.failBoth(error);
            return;
          }
        }
        if (!this.canceled[0]) this.controller(0).enqueue(chunk);
        if (!this.canceled[1]) this.controller(1).enqueue(second);
        this.afterChunk();
      }),
      close: () => {
        this.reading = false;
        for (const i of [0, 1]) {
          if (!this.canceled[i]) this.controller(i).close();
          if (this.controller(i).pendingPullIntos.length > 0) this.controller(i).respond(0);
        }
        this.settleCancel();
      },
      error: () => {
        this.reading = false;
      },
    });
  }

  // `view` is the memory that branch i's reader brought.
  pullByob(view, i) {
    this.useReader(true);
    const other = 1 - i;
    this.source.disturbed = true;
    const request = {
      chunk: (chunk) => queueMicrotask(() => {
        this.readAgain = [false, false];
        if (!this.canceled[other]) {
          let copy;
          try {
            copy = copyOf(chunk);
          } catch (error) {
            this.failBoth(error);
            return;
          }
          if (!this.canceled[i]) this.controller(i).respondWithNewView(chunk);
          this.controller(other).enqueue(copy);
        } else if (!this.canceled[i]) {
          this.controller(i).respondWithNewView(chunk);
        }
        this.afterChunk();
      }),
      close: (chunk) => {
        this.reading = false;
        if (!this.canceled[i]) this.controller(i).close();
        if (!this.canceled[other]) this.controller(other).close();
        if (chunk !== undefined) {
          if (!this.canceled[i]) this.controller(i).respondWithNewView(chunk);
          if (!this.canceled[other] && this.controller(other).pendingPullIntos.length > 0) {
            this.controller(other).respond(0);
          }
        }
        this.settleCancel();
      },
      error: () => {
        this.reading = false;
      },
    };
    if (this.source.state === 'errored') request.error(this.source.storedError);
    else this.source.controllerState.pullInto(view, 1, request);
  }
}

function teeBytes(stream) {
  const tee = new ByteTee(stream);
  for (const i of [0, 1]) {
    tee.branches.push(createReadableByteStream({
      __proto__: null,
      pull: async () => tee.pull(i),
      cancel: (reason) => tee.cancel(i, reason),
    }));
  }
  tee.forwardErrors(tee.reader);
  return tee.branches;
}

/**
 * stream/web's ReadableStreamTee()
 * @param {any} stream
 * @param {boolean} cloneForBranch2 whether the second branch gets clones of the chunks
 */
function tee(stream, cloneForBranch2 = false) {
  const { ReadableStream } = require('internal/webstreams/readable_stream');
  if (!(stream instanceof ReadableStream)) {
    const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
    throw new ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
  }
  if (stream[kState].locked) throw invalidState('ReadableStream is locked');
  const { ByteControllerState } = require('internal/webstreams/byte_controller');
  return stream[kState].controllerState instanceof ByteControllerState ? teeBytes(stream) : teeDefault(stream, cloneForBranch2);
}

module.exports = { tee };
