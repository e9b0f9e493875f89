'use strict';
// The BroadcastChannel class: every channel of one name in the process, worker threads included, hears the others.
// Run when one is first asked for.

const binding = internalBinding('messaging');
const { codes: { ERR_INVALID_THIS, ERR_MISSING_ARGS } } = require('internal/errors');
const { customInspectSymbol: kInspect, kEnumerableProperty } = require('internal/util');
const { EventTarget, defineEventHandler } = require('internal/event_target');

class BroadcastChannel extends EventTarget {
  #name;
  #handle;

  constructor(name) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    super();
    this.#name = `${name}`;
    const handle = binding.createBroadcast(this.#name);
    this.#handle = handle;
    handle.onmessage = (data) => this.#dispatch('message', data);
    handle.onmessageerror = (error) => this.#dispatch('messageerror', error);
    // Unlike a port it listens, and holds the process, from the start.
    handle.ref();
    handle.start();
  }

  #dispatch(type, data) {
    const { createFastMessageEvent } = require('internal/deps/undici/lib/web/websocket/events');
    this.dispatchEvent(createFastMessageEvent(type, { data }));
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#name in value)) throw new ERR_INVALID_THIS('BroadcastChannel');
  }

  // Internal access, taken off the class below.
  static handle(channel) { return channel.#handle; }

  get name() {
    BroadcastChannel.#check(this);
    return this.#name;
  }

  close() {
    BroadcastChannel.#check(this);
    const handle = this.#handle;
    this.#handle = null;
    // What has arrived already is not heard any more.
    handle?.stop();
    handle?.closePort();
  }

  postMessage(message) {
    BroadcastChannel.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('message');
    if (this.#handle === null) {
      const { DOMException } = require('internal/dom_exception');
      throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    }
    this.#handle.postMessage(message, [], this);
  }

  ref() {
    BroadcastChannel.#check(this);
    this.#handle?.ref();
    return this;
  }

  unref() {
    BroadcastChannel.#check(this);
    this.#handle?.unref();
    return this;
  }

  [kInspect](depth, options) {
    BroadcastChannel.#check(this);
    if (depth < 0) return 'BroadcastChannel';
    const { inspect } = require('internal/util/inspect');
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `BroadcastChannel ${inspect({ name: this.#name, active: this.#handle !== null }, nested)}`;
  }
}

const { handle: broadcastHandle } = BroadcastChannel;
delete BroadcastChannel.handle;

for (const name of ['name', 'close', 'postMessage']) {
  Object.defineProperty(BroadcastChannel.prototype, name, kEnumerableProperty);
}
Object.defineProperty(BroadcastChannel.prototype, kInspect, { enumerable: false });
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');

module.exports = { BroadcastChannel, broadcastHandle };
