'use strict';

// What ReadableStreamDefaultController and ReadableByteStreamController share: when the source is asked for more.

const { promiseOf, react } = require('internal/webstreams/util');

// A subclass has the queue, and says of it: get queuedSize(), clearQueue(), error(error). It makes this.controller, the
// object that programs see.
class ReadableControllerState {
  started = false;
  closeRequested = false;
  pulling = false;
  pullAgain = false;
  stream;
  pull;
  cancel;
  highWaterMark;
  controller;

  /**
   * @param {ReadableState} stream
   * @param {{pull: Function, cancel: Function}} source
   */
  constructor(stream, { pull, cancel }, highWaterMark) {
    this.stream = stream;
    this.pull = pull;
    this.cancel = cancel;
    this.highWaterMark = highWaterMark;
    stream.controllerState = this;
  }

  start(startResult) {
    react(promiseOf(startResult), () => {
      this.started = true;
      this.callPullIfNeeded();
    }, (error) => this.error(error));
  }

  get desiredSize() {
    switch (this.stream.state) {
      case 'errored': return null;
      case 'closed': return 0;
      default: return this.highWaterMark - this.queuedSize;
    }
  }

  canCloseOrEnqueue() {
    return !this.closeRequested && this.stream.state === 'readable';
  }

  clearAlgorithms() {
    this.pull = this.cancel = undefined;
  }

  shouldPull() {
    if (!this.canCloseOrEnqueue() || !this.started) return false;
    if (this.stream.locked && this.stream.waiting > 0) return true;
    return this.desiredSize > 0;
  }

  callPullIfNeeded() {
    if (!this.shouldPull()) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    react(this.pull(this.controller), () => {
      this.pulling = false;
      if (this.pullAgain) {
        this.pullAgain = false;
        this.callPullIfNeeded();
      }
    }, (error) => this.error(error));
  }

  cancelSteps(reason) {
    this.clearQueue();
    const { cancel } = this;
    this.clearAlgorithms();
    return cancel(reason);
  }
}

module.exports = { ReadableControllerState };
