'use strict';
// The IPC channel between a parent and its child: messages both ways, handles along with them, which their receiver
// acknowledges. Wire-compatible with Node on either side: to Node one handle is in flight at a time, and what is sent
// meanwhile waits; Gyre says with its first acknowledgement how many may be. setupChannel() gives send(), disconnect()
// and the events to a ChildProcess, or to `process` in the child.

const EventEmitter = require('events');
const {
  ErrnoException,
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_IPC_CHANNEL_CLOSED, ERR_IPC_DISCONNECTED, ERR_MISSING_ARGS,
  },
  genericNodeError,
} = require('internal/errors');
const { deprecate } = require('internal/util');
const { validateObject } = require('internal/validators');
const { encode, splitLarge } = require('internal/child_process/large_strings');

const { acknowledgeHandle, openIpc, queuedIpcBytes, writeIpc } = internalBinding('child_process');

const kMaxRetransmissions = 3;
// Queued bytes above which send() says false.
const kHighWaterMark = 2 * 65536;

/** process.channel and child.channel: whether the channel keeps the process alive. */
class Control extends EventEmitter {
  #pipe;
  #users = 0;
  #explicit = false;

  constructor(pipe) {
    super();
    this.#pipe = pipe;
  }

  // Automatic: by messages under way and by listeners. A program's own ref() or unref() ends that.
  refCounted() {
    if (++this.#users === 1 && !this.#explicit) this.#pipe.ref();
  }

  unrefCounted() {
    if (--this.#users === 0 && !this.#explicit) {
      this.#pipe.unref();
      this.emit('unref');
    }
  }

  ref() {
    this.#explicit = true;
    this.#pipe.ref();
  }

  unref() {
    this.#explicit = true;
    this.#pipe.unref();
  }

  hasRef() {
    return this.#pipe.hasRef();
  }

  get fd() {
    return this.#pipe.fd;
  }
}

const lazyHandles = () => require('internal/child_process/handles');

function isInternal(message) {
  return message !== null && typeof message === 'object' && typeof message.cmd === 'string' &&
    message.cmd.length > 5 && message.cmd.startsWith('NODE_');
}

function isHandleMessage(message) {
  return isInternal(message) && message.cmd === 'NODE_HANDLE';
}

function isHandleReply({ cmd }) {
  return cmd === 'NODE_HANDLE_ACK' || cmd === 'NODE_HANDLE_NACK';
}

function checkMessage(message) {
  if (message === undefined) throw new ERR_MISSING_ARGS('message');
  const type = typeof message;
  if (type !== 'string' && type !== 'object' && type !== 'number' && type !== 'boolean') {
    throw new ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
  }
}

class Channel {
  #target;
  #pipe;
  #advanced;
  #control;
  #closed = false;
  #carriedHandle = null;    // came with the first bytes of a message whose end is still to come
  #undelivered = [];        // messages from before somebody listened
  #inFlight = [];           // the handles whose acknowledgement is awaited, in their order
  #window = 1;              // how many of them there may be
  #queue = [];              // what waits for acknowledgements: arrays of send()'s arguments
  #sendsQueued = false;

  constructor(target, pipe, serialization) {
    this.#target = target;
    this.#pipe = pipe;
    this.#advanced = serialization === 'advanced';
    this.#control = new Control(pipe);
    if (this.#advanced) require('internal/child_process/host_objects');
    pipe.onmessages = (messages, pendingType, error, continued) => {
      this.#onMessages(messages, pendingType, error, continued);
    };
    pipe.onend = (status, cut) => this.#end(cut);
    openIpc(pipe, this.#advanced);
    target.on('newListener', () => {
      if (this.#undelivered.length > 0) process.nextTick(() => this.#deliverStored());
    });
  }

  get control() {
    return this.#control;
  }

  start() {
    this.#pipe.readStart();
  }

  // --- receiving ---

  /** What one read brought: messages, and at most one handle, with the first bytes of one that began in this read. */
  #onMessages(messages, pendingType, error, continued) {
    let fresh = pendingType ? lazyHandles().acceptPending(this.#pipe, pendingType) : null;
    for (let i = 0; i < messages.length; i++) {
      const message = messages[i];
      if (i === 0 && continued) {
        const carried = this.#carriedHandle;
        this.#carriedHandle = null;
        if (isHandleMessage(message)) this.#onHandle(message, carried);
        else carried?.close();
      } else if (isHandleMessage(message)) {
        const handle = fresh;
        fresh = null;
        this.#onHandle(message, handle);
      }
      if (!isHandleMessage(message)) this.#onMessage(message);
    }
    if (fresh !== null) this.#carriedHandle = fresh;
    if (error !== undefined) this.#fail(error);
  }

  /** The other side is gone; `cut`: in the middle of a message. */
  #end(cut) {
    this.#dropCarriedHandle();
    this.#abandonQueue();
    // Whoever does not listen takes no harm by it, as in Node.
    if (cut && this.#isHeard()) {
      const error = genericNodeError('The IPC channel ended in the middle of a message', { code: 'ERR_IPC_INVALID_MESSAGE' });
      process.nextTick(() => this.#target.emit('error', error));
    }
    if (this.#target.connected) this.#target.disconnect();
    else this.#finish();
  }

  /** Nobody will acknowledge a handle any more: what waited for it fails, and handles come back. */
  #abandonQueue() {
    const flights = this.#inFlight;
    const queue = this.#queue;
    this.#inFlight = [];
    this.#queue = [];
    for (const { kind, native, options, wrapped } of flights) {
      this.#giveBack(kind.takeBack(native, options, wrapped), options);
    }
    for (const [, handle, options, callback] of queue) {
      if (typeof callback === 'function') process.nextTick(callback, new ERR_IPC_CHANNEL_CLOSED());
      if (handle) this.#giveBack(handle, options);
    }
  }

  /** Whether somebody listens to errors; a cluster.Worker passes on those of its process. */
  #isHeard() {
    const target = this.#target;
    return target._hearsErrors === undefined ? target.listenerCount('error') > 0 : target._hearsErrors();
  }

  /**
   * The receiver is gone without having taken a handle. Whoever listens to errors has it back with one; otherwise a
   * connection is closed, as in Node.
   */
  #giveBack(handle, { keepOpen, swallowErrors }) {
    if (handle === undefined || swallowErrors) return;
    const target = this.#target;
    if (!this.#isHeard()) {
      if (!keepOpen) handle.destroy?.();
      return;
    }
    const error = genericNodeError('The receiver of a handle is gone', { code: 'ERR_IPC_HANDLE_RETURNED', handle });
    process.nextTick(() => target.emit('error', error));
  }

  /** What came is no message: nothing after it can be understood either. */
  #fail(cause) {
    this.#pipe.readStop();
    this.#dropCarriedHandle();
    this.#abandonQueue();
    const error = genericNodeError(`The IPC channel received what is not a message: ${cause.message}`,
                                   { code: 'ERR_IPC_INVALID_MESSAGE', cause });
    if (this.#target.connected) this.#target.disconnect();
    process.nextTick(() => this.#target.emit('error', error));
  }

  #dropCarriedHandle() {
    this.#carriedHandle?.close();
    this.#carriedHandle = null;
  }

  #onMessage(message) {
    if (!isInternal(message)) this.#deliver('message', message);
    else if (isHandleReply(message)) this.#onHandleReply(message);
    else this.#deliver('internalMessage', message);
  }

  #onHandle(message, handle) {
    const kind = lazyHandles().kinds[message.type];
    if (handle === null || kind === undefined) {
      handle?.close();
      if (!this.#closed) this.#write({ cmd: 'NODE_HANDLE_NACK' }, undefined, { swallowErrors: true });
      return;
    }
    if (!this.#closed) acknowledgeHandle(this.#pipe);
    kind.received(this.#target, message, handle, (object) => {
      this.#deliver(isInternal(message.msg) ? 'internalMessage' : 'message', message.msg, object);
    });
  }

  #deliver(event, message, handle) {
    if (this.#closed) return;
    process.nextTick(() => this.#emit(event, message, handle));
  }

  #emit(event, message, handle) {
    const target = this.#target;
    if (event === 'internalMessage' || target.listenerCount('message') > 0) {
      target.emit(event, message, handle);
    } else {
      this.#undelivered.push([event, message, handle]);
    }
  }

  #deliverStored() {
    if (this.#closed || this.#target.listenerCount('message') === 0) return;
    const stored = this.#undelivered;
    this.#undelivered = [];
    for (const [event, message, handle] of stored) this.#target.emit(event, message, handle);
  }

  // --- sending ---

  /** @returns {boolean} false when the sender should slow down */
  send(message, handle, options, callback) {
    checkMessage(message);
    options = { swallowErrors: false, ...(typeof options === 'boolean' ? { swallowErrors: options } : options) };
    if (this.#inFlight.length >= this.#window) {
      if (handle) lazyHandles().kindOf(handle);
      this.#queue.push([message, handle, options, callback]);
      return this.#queue.length === 1;
    }
    if (handle) return this.#sendWithHandle(message, handle, options, callback);
    return this.#write(message, undefined, options, callback);
  }

  #sendWithHandle(message, object, options, callback) {
    const { kindOf, kinds } = lazyHandles();
    const type = kindOf(object);
    const kind = kinds[type];
    const wrapped = { cmd: 'NODE_HANDLE', type, msg: message };
    const native = kind.send(object, { message: wrapped, options, target: this.#target });
    // A socket that closed meanwhile: only the message is left to send.
    if (!native) return this.#write(message, undefined, options, callback);
    this.#inFlight.push({ wrapped, native, kind, options, attempt: 0 });
    return this.#write(wrapped, native, options, callback);
  }

  #write(message, native, options, callback) {
    const split = this.#advanced ? splitLarge(message) : undefined;
    const payload = this.#advanced ? split?.copy ?? message : encode(message);
    const status = writeIpc(this.#pipe, payload, native, (writeStatus) => {
      this.#control.unrefCounted();
      this.#written(writeStatus, callback);
    }, split?.keys);
    if (status < 0) {
      this.#refused(status, native, options, callback);
    } else if (status === 1) {
      // A message under way keeps the process alive until it has left.
      this.#control.refCounted();
    } else if (typeof callback === 'function') {
      process.nextTick(callback, null);
    }
    return status < 1 || queuedIpcBytes(this.#pipe) < kHighWaterMark;
  }

  #written(status, callback) {
    if (typeof callback !== 'function') return;
    callback(status < 0 ? new ErrnoException(status, 'write') : null);
  }

  #refused(status, native, options, callback) {
    const error = new ErrnoException(status, 'write');
    if (native !== undefined) this.#takeBackRefused(native, error, typeof callback === 'function' || this.#isHeard());
    if (options.swallowErrors) return;
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => this.#target.emit('error', error));
  }

  /** The error of a connection that did not leave has it, where somebody hears of the error. */
  #takeBackRefused(native, error, isHeard) {
    const [{ kind, options, wrapped }] = this.#inFlight.splice(this.#inFlight.findIndex((f) => f.native === native), 1);
    const returned = isHeard && !options.swallowErrors ? kind.takeBack(native, options, wrapped) : undefined;
    if (returned === undefined) kind.sent(native, options);
    else error.handle = returned;
    this.#sendQueued();
  }

  /** Replies come in the order of the handles. */
  #onHandleReply({ cmd, window }) {
    const flight = this.#inFlight[0];
    if (flight === undefined) return;
    if (Number.isInteger(window) && window > 0) this.#window = window;
    const acknowledged = cmd === 'NODE_HANDLE_ACK';
    if (!acknowledged && flight.attempt < kMaxRetransmissions) {
      flight.attempt++;
      this.#inFlight.push(this.#inFlight.shift());
      this.#write(flight.wrapped, flight.native, flight.options);
      return;
    }
    if (!acknowledged) {
      process.emitWarning('Handle did not reach the receiving process correctly',
                          'SentHandleNotReceivedWarning');
    }
    this.#settle(0);
  }

  /** A handle is the other side's (or lost): lets go of it and sends what waited. */
  #settle(index) {
    const [{ kind, native, options }] = this.#inFlight.splice(index, 1);
    kind.sent(native, options);
    this.#sendQueued();
  }

  #sendQueued() {
    // One that is refused at once comes back here.
    if (this.#sendsQueued) return;
    this.#sendsQueued = true;
    try {
      while (this.#queue.length > 0 && this.#inFlight.length < this.#window) this.send(...this.#queue.shift());
    } finally {
      this.#sendsQueued = false;
    }
    if (!this.#target.connected && this.#inFlight.length === 0) this.disconnect();
  }

  // --- the end ---

  /** Ends the channel once what waits for an acknowledgement is out. */
  disconnect() {
    this.#target.connected = false;
    if (this.#inFlight.length > 0) return;
    this.#target.channel = null;
    process.nextTick(() => this.#finish());
  }

  #finish() {
    if (this.#closed) return;
    this.#closed = true;
    const target = this.#target;
    for (const { kind, native, options } of this.#inFlight) kind.sent(native, options);
    this.#inFlight = [];
    this.#pipe.close();
    target.channel = null;
    target.emit('disconnect');
    // A ChildProcess is closed only when its channel is too.
    if (target._closesNeeded !== undefined) require('internal/child_process').maybeClose(target);
  }
}

/** The name that the channel had before it was public. */
function defineDeprecatedName(target) {
  const message = '_channel is deprecated. Use ChildProcess.channel instead.';
  Object.defineProperty(target, '_channel', {
    configurable: true,
    enumerable: false,
    get: deprecate(() => target.channel, message, 'DEP0129'),
    set: deprecate((channel) => { target.channel = channel; }, message, 'DEP0129'),
  });
}

/** @returns {Control} */
function setupChannel(target, pipe, serialization) {
  const channel = new Channel(target, pipe, serialization);
  const { control } = channel;
  if (target._closesNeeded !== undefined) target._closesNeeded++;
  target.channel = control;
  defineDeprecatedName(target);
  target.connected = true;

  target.send = function(message, handle, options, callback) {
    if (typeof handle === 'function') {
      [handle, options, callback] = [undefined, undefined, handle];
    } else if (typeof options === 'function') {
      [options, callback] = [undefined, options];
    } else if (options !== undefined) {
      validateObject(options, 'options');
    }
    if (this.connected) return channel.send(message, handle, options, callback);
    const error = new ERR_IPC_CHANNEL_CLOSED();
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => this.emit('error', error));
    return false;
  };

  target._send = function(message, handle, options, callback) {
    return channel.send(message, handle, options, callback);
  };

  target.disconnect = function() {
    if (!this.connected) {
      this.emit('error', new ERR_IPC_DISCONNECTED());
      return;
    }
    this._disconnect();
  };

  target._disconnect = function() {
    channel.disconnect();
  };

  channel.start();
  return control;
}

module.exports = { setupChannel };
