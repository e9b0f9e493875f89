'use strict';

// Readable.prototype.pipe and unpipe: data flows until a destination is full, and again when all of them have drained.

const EventEmitter = require('events');
const { prependListener } = require('internal/stream/legacy');
const { errorOrDestroy } = require('internal/stream/destroy');
const { kBits } = require('internal/stream/state');
const { kMultiAwaitDrain } = require('internal/stream/readable_state');

// One pipe from a source to a destination: its listeners on both.
class Pipe {
  onDrain = undefined;
  finished = false;

  constructor(source, dest) {
    this.source = source;
    this.dest = dest;
  }

  connect(endsDest) {
    const { source, dest } = this;
    this.onUnpipe = (readable, info) => {
      if (readable !== source || !info || info.hasUnpiped) return;
      info.hasUnpiped = true;
      this.disconnect();
    };
    this.onEnd = endsDest ? () => dest.end() : () => source.unpipe(dest);
    this.onData = (chunk) => {
      try {
        if (dest.write(chunk) === false) this.waitForDrain();
      } catch (error) {
        dest.destroy(error);  // A chunk of a kind that it does not take.
      }
    };
    this.onError = (error) => this.fail(error);
    // Whichever of the two comes first means that no more can be written.
    this.onClose = () => {
      dest.removeListener('finish', this.onFinish);
      source.unpipe(dest);
    };
    this.onFinish = () => {
      dest.removeListener('close', this.onClose);
      source.unpipe(dest);
    };

    if (source._readableState.endEmitted) process.nextTick(this.onEnd); else source.once('end', this.onEnd);
    dest.on('unpipe', this.onUnpipe);
    source.on('data', this.onData);
    // Ahead of the program's own listeners, so that they find the pipe taken apart.
    prependListener(dest, 'error', this.onError);
    dest.once('close', this.onClose);
    dest.once('finish', this.onFinish);
    dest.emit('pipe', source);

    if (dest.writableNeedDrain === true) {
      this.waitForDrain();
    } else if (!source._readableState.flowing) {
      source.resume();
    }
  }

  waitForDrain() {
    const { source, dest } = this;
    const state = source._readableState;
    // A write may have unpiped us from inside.
    if (!this.finished) {
      if (state.pipes.length === 1 && state.pipes[0] === dest) {
        state.awaitDrainWriters = dest;
        state[kBits] &= ~kMultiAwaitDrain;
      } else if (state.pipes.length > 1 && state.pipes.includes(dest)) {
        state.awaitDrainWriters.add(dest);
      }
      source.pause();
    }
    if (this.onDrain === undefined) {
      this.onDrain = () => resumeWhenAllDrained(source, dest);
      dest.on('drain', this.onDrain);
    }
  }

  fail(error) {
    const { source, dest } = this;
    source.unpipe(dest);
    dest.removeListener('error', this.onError);
    if (EventEmitter.listenerCount(dest, 'error') !== 0) return;
    const state = dest._writableState || dest._readableState;
    if (state && !state.errorEmitted) errorOrDestroy(dest, error); else dest.emit('error', error);
  }

  disconnect() {
    const { source, dest, onDrain } = this;
    dest.removeListener('close', this.onClose);
    dest.removeListener('finish', this.onFinish);
    if (onDrain !== undefined) dest.removeListener('drain', onDrain);
    dest.removeListener('error', this.onError);
    dest.removeListener('unpipe', this.onUnpipe);
    source.removeListener('end', this.onEnd);
    source.removeListener('data', this.onData);
    this.finished = true;

    // Somebody waits for this destination to drain, and will not hear of it any more.
    if (onDrain !== undefined && source._readableState.awaitDrainWriters &&
        (!dest._writableState || dest._writableState.needDrain)) {
      onDrain();
    }
  }
}

function resumeWhenAllDrained(source, dest) {
  const state = source._readableState;
  if (state.awaitDrainWriters === dest) {
    state.awaitDrainWriters = null;
  } else if ((state[kBits] & kMultiAwaitDrain) !== 0) {
    state.awaitDrainWriters.delete(dest);
  }
  const waiting = state.awaitDrainWriters;
  if ((!waiting || waiting.size === 0) && source.listenerCount('data') > 0) source.resume();
}

function pipe(dest, options) {
  const state = this._readableState;
  if (state.pipes.length === 1 && (state[kBits] & kMultiAwaitDrain) === 0) {
    state[kBits] |= kMultiAwaitDrain;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  state.pipes.push(dest);
  const endsDest = (!options || options.end !== false) && !isStdio(dest);
  new Pipe(this, dest).connect(endsDest);
  return dest;
}

// The process's own outputs are never ended by a pipe. Asked of the stream itself: process.stdout is made on first
// use, and looking at it here would make it.
function isStdio(dest) {
  return dest._isStdio === true ||
    (dest.fd === 1 && dest === process.stdout) ||
    (dest.fd === 2 && dest === process.stderr);
}

function unpipe(dest) {
  const state = this._readableState;
  if (state.pipes.length === 0) return this;

  if (!dest) {
    const dests = state.pipes;
    state.pipes = [];
    this.pause();
    for (const each of dests) each.emit('unpipe', this, { hasUnpiped: false });
    return this;
  }
  const index = state.pipes.indexOf(dest);
  if (index === -1) return this;
  state.pipes.splice(index, 1);
  if (state.pipes.length === 0) this.pause();
  dest.emit('unpipe', this, { hasUnpiped: false });
  return this;
}

function installPipe(prototype) {
  prototype.pipe = pipe;
  prototype.unpipe = unpipe;
}

module.exports = { installPipe };
