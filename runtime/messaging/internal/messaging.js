'use strict';
// structuredClone, MessageChannel and MessagePort. BroadcastChannel is in internal/messaging/broadcast_channel.
// Run once per realm.

const binding = internalBinding('messaging');
const { codes: { ERR_MISSING_ARGS } } = require('internal/errors');
const { customInspectSymbol: kInspect, kEnumerableProperty } = require('internal/util');
const {
  NodeEventTarget, defineEventHandler, kCreateEvent, kHybridDispatch, kNewListener, kRemoveListener,
} = require('internal/event_target');
const {
  createForDeserialization, kClone, kDeserialize, kTransfer, kTransferList,
} = require('internal/messaging/transferable');
const { MessageEvent, setPortCheck } = require('internal/messaging/message_event');

binding.setHooks({
  kClone,
  kDeserialize,
  kTransfer,
  kTransferList,
  createForDeserialization,
  createDataCloneError,
});

function createDataCloneError(message) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, 'DataCloneError');
}

function typeError(message, code) {
  return Object.assign(new TypeError(message), { code });
}

// Arguments of postMessage and structuredClone.

function isIterable(value) {
  return value !== null && value !== undefined && typeof value[Symbol.iterator] === 'function';
}

function checkTransferList(list) {
  const items = [...list];
  if (items.every((item) => (typeof item === 'object' && item !== null) || typeof item === 'function')) return items;
  throw createDataCloneError('Found invalid value in transferList.');
}

// postMessage(message, transferList) and postMessage(message, { transfer })
function transferListOf(argument) {
  if (argument === undefined || argument === null) return [];
  const isObject = typeof argument === 'object' || typeof argument === 'function';
  if (isObject && !isIterable(argument)) {
    const { transfer } = argument;
    if (transfer === undefined || transfer === null) return [];
    if (!isIterable(transfer)) {
      throw typeError('Optional options.transfer argument must be an iterable', 'ERR_INVALID_ARG_TYPE');
    }
    return checkTransferList(transfer);
  }
  if (!isObject) throw typeError('Optional transferList argument must be an iterable', 'ERR_INVALID_ARG_TYPE');
  return checkTransferList(argument);
}

function structuredCloneTransfer(options) {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw typeError("Failed to execute 'structuredClone': Options cannot be converted to a dictionary",
                    'ERR_INVALID_ARG_TYPE');
  }
  const { transfer } = options;
  if (transfer === undefined) return [];
  if (!isIterable(transfer)) {
    throw typeError("Failed to execute 'structuredClone': transfer in Options cannot be converted to sequence.",
                    'ERR_INVALID_ARG_TYPE');
  }
  const items = [...transfer];
  const invalid = items.findIndex((item) => item === null || (typeof item !== 'object' && typeof item !== 'function'));
  if (invalid === -1) return items;
  throw typeError(`Failed to execute 'structuredClone': transfer in Options[${invalid}] is not an object.`,
                  'ERR_INVALID_ARG_TYPE');
}

function structuredClone(value, options = undefined) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('The value argument must be specified');
  return binding.structuredClone(value, structuredCloneTransfer(options));
}

// Proof that a port is made by this module.
const kCreate = Symbol('create');

class MessagePort extends NodeEventTarget {
  // The native end, or null when the port is closed or has been transferred.
  #handle = null;
  #refed = false;
  #currentPorts = [];

  constructor(token) {
    if (token !== kCreate) throw typeError('Constructor cannot be called', 'ERR_CONSTRUCT_CALL_INVALID');
    super();
  }

  // Internal access, taken off the class below.
  static attach(port, handle) {
    port.#handle = handle;
    handle.onmessage = (value, transferred) => port.#receive(value, transferred);
    handle.onmessageerror = (error) => port[kHybridDispatch](error, 'messageerror', undefined);
    handle.onclose = () => port.#closed();
  }
  static handle(port) { return port.#handle; }
  static isMessagePort(value) { return typeof value === 'object' && value !== null && #handle in value; }

  #receive(value, transferred) {
    this.#currentPorts = transferred.filter(isMessagePort);
    try {
      this[kHybridDispatch](value, 'message', undefined);
    } finally {
      this.#currentPorts = [];
    }
  }

  // Both ends are closed with either of them.
  #closed() {
    const handle = this.#handle;
    if (handle === null) return;
    this.#handle = null;
    handle.closePort(() => this[kHybridDispatch](undefined, 'close', undefined));
  }

  static #check(port) {
    if (!isMessagePort(port)) throw new TypeError('Illegal invocation');
  }

  postMessage(message, transferOrOptions) {
    MessagePort.#check(this);
    if (arguments.length === 0) throw typeError('Not enough arguments to MessagePort.postMessage', 'ERR_MISSING_ARGS');
    const transfer = transferListOf(transferOrOptions);
    if (this.#handle === null) return undefined;
    if (this.#handle.postMessage(message, transfer, this) === true) {
      process.emitWarning('The target port was posted to itself, and the communication channel was lost');
      this.#closed();
      return undefined;
    }
    return true;
  }

  start() {
    MessagePort.#check(this);
    this.#handle?.start();
  }

  close(callback) {
    MessagePort.#check(this);
    if (typeof callback === 'function') this.once('close', callback);
    this.#closed();
  }

  ref() {
    MessagePort.#check(this);
    this.#refed = true;
    this.#handle?.ref();
  }

  unref() {
    MessagePort.#check(this);
    this.#refed = false;
    this.#handle?.unref();
  }

  hasRef() {
    MessagePort.#check(this);
    return this.#handle !== null && this.#handle.hasRef();
  }

  [kNewListener](size, type, ...rest) {
    super[kNewListener](size, type, ...rest);
    if (type !== 'message' || size !== 1) return;
    this.ref();
    this.start();
  }

  [kRemoveListener](size, type, ...rest) {
    super[kRemoveListener](size, type, ...rest);
    if (type === 'message' && size === 0) this.unref();
  }

  [kCreateEvent](data, type) {
    const { Event } = require('internal/event_target');
    if (type !== 'message' && type !== 'messageerror') return new Event(type);
    return new MessageEvent(type, { data, ports: this.#currentPorts });
  }

  [kTransfer]() {
    const handle = this.#handle;
    if (handle === null) throw createDataCloneError('MessagePort in transfer list is already detached');
    this.#handle = null;
    return { data: handle, deserializeInfo: 'internal/messaging:ReceivedPort' };
  }

  [kDeserialize](handle) {
    attach(this, handle);
  }

  [kInspect](depth, options) {
    const { inspect } = require('internal/util/inspect');
    if (depth < 0) return '[MessagePort [EventTarget]]';
    return `MessagePort [EventTarget] ${inspect({ active: this.#handle !== null, refed: this.#refed }, options)}`;
  }
}

const { attach, handle: handleOf, isMessagePort } = MessagePort;
delete MessagePort.attach;
delete MessagePort.handle;
delete MessagePort.isMessagePort;
setPortCheck(isMessagePort);

for (const name of ['postMessage', 'start', 'close', 'ref', 'unref', 'hasRef']) {
  Object.defineProperty(MessagePort.prototype, name, kEnumerableProperty);
}
for (const symbol of [kDeserialize, kTransfer, kInspect]) {
  Object.defineProperty(MessagePort.prototype, symbol, { enumerable: false });
}
Object.defineProperty(MessagePort.prototype.postMessage, 'length', { configurable: true, value: 0 });
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');

// A port over a native end; workers make theirs with it.
function createPort(handle) {
  const port = new MessagePort(kCreate);
  attach(port, handle);
  return port;
}

// Filled by [kDeserialize].
function ReceivedPort() {
  return new MessagePort(kCreate);
}

function MessageChannel() {
  if (new.target === undefined) throw typeError('Cannot call constructor without `new`', 'ERR_CONSTRUCT_CALL_REQUIRED');
  const [first, second] = binding.createChannel();
  this.port1 = createPort(first);
  this.port2 = createPort(second);
}

function receiveMessageOnPort(port) {
  const { BroadcastChannel, broadcastHandle } = require('internal/messaging/broadcast_channel');
  let handle;
  if (isMessagePort(port)) handle = handleOf(port);
  else if (port instanceof BroadcastChannel) handle = broadcastHandle(port);
  else throw typeError('The "port" argument must be a MessagePort instance', 'ERR_INVALID_ARG_TYPE');
  const received = handle?.receiveMessage();
  return received === undefined || received === null ? undefined : { message: received[0] };
}

function checkObject(object) {
  return (typeof object === 'object' && object !== null) || typeof object === 'function';
}

// Primitives are neither transferred nor cloned by reference: nothing to mark.
function markAsUntransferable(object) {
  if (checkObject(object)) binding.markAsUntransferable(object);
}

function isMarkedAsUntransferable(object) {
  return checkObject(object) && binding.isMarkedAsUntransferable(object);
}

function markAsUncloneable(object) {
  if (checkObject(object)) binding.markAsUncloneable(object);
}

module.exports = {
  get BroadcastChannel() { return require('internal/messaging/broadcast_channel').BroadcastChannel; },
  MessageChannel,
  MessageEvent,
  MessagePort,
  ReceivedPort,
  createPort,
  isMarkedAsUntransferable,
  isMessagePort,
  markAsUncloneable,
  markAsUntransferable,
  receiveMessageOnPort,
  structuredClone,
};
