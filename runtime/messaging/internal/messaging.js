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

binding.setHooks({
  kClone,
  kDeserialize,
  kTransfer,
  kTransferList,
  createForDeserialization,
  createInContext: (info, global) => require('internal/messaging/moved_port').createInContext(info, global),
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

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// The items of an iterable object; undefined for anything else.
function toList(value) {
  if (!isObject(value)) return undefined;
  const method = value[Symbol.iterator];
  if (typeof method !== 'function') return undefined;
  const iterator = method.call(value);
  const next = isObject(iterator) ? iterator.next : undefined;
  if (typeof next !== 'function') return undefined;
  return [...{ [Symbol.iterator]: () => ({ next: () => next.call(iterator) }) }];
}

const kNothing = [];

function checkTransferList(list) {
  if (list.every(isObject)) return list;
  throw createDataCloneError('Found invalid value in transferList.');
}

// postMessage(message, transferList) and postMessage(message, { transfer })
function transferListOf(argument) {
  if (argument === undefined || argument === null) return kNothing;
  if (isObject(argument) && argument[Symbol.iterator] === undefined) {
    const { transfer } = argument;
    if (transfer === undefined) return [];
    const list = toList(transfer);
    if (list === undefined) {
      throw typeError('Optional options.transfer argument must be an iterable', 'ERR_INVALID_ARG_TYPE');
    }
    return checkTransferList(list);
  }
  const list = toList(argument);
  if (list === undefined) {
    throw typeError('Optional transferList argument must be an iterable', 'ERR_INVALID_ARG_TYPE');
  }
  return checkTransferList(list);
}

function structuredCloneTransfer(options) {
  if (options === undefined || options === null) return [];
  if (!isObject(options)) {
    throw typeError("Failed to execute 'structuredClone': Options cannot be converted to a dictionary",
                    'ERR_INVALID_ARG_TYPE');
  }
  const { transfer } = options;
  if (transfer === undefined) return [];
  const list = toList(transfer);
  if (list === undefined) {
    throw typeError("Failed to execute 'structuredClone': transfer in Options cannot be converted to sequence.",
                    'ERR_INVALID_ARG_TYPE');
  }
  const invalid = list.findIndex((item) => !isObject(item));
  if (invalid === -1) return list;
  throw typeError(`Failed to execute 'structuredClone': transfer in Options[${invalid}] is not an object.`,
                  'ERR_INVALID_ARG_TYPE');
}

function structuredClone(value, options) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('The value argument must be specified');
  return binding.structuredClone(value, structuredCloneTransfer(options));
}

class Port extends NodeEventTarget {
  // The native end, or null when the port is closed or has been transferred.
  #handle = null;
  #refed = false;
  #currentPorts = kNothing;

  // Internal access: the class itself never leaves this module.
  static attach(port, handle) {
    port.#handle = handle;
    handle.onmessage = (value, transferred) => port.#receive(value, transferred);
    handle.onmessageerror = (error) => port[kHybridDispatch](error, 'messageerror', undefined);
    handle.onclose = () => port.#closed();
  }
  static handle(port) { return port.#handle; }
  // Gives the native end away.
  static detach(port) {
    const handle = port.#handle;
    port.#handle = null;
    return handle;
  }
  static isMessagePort(value) { return typeof value === 'object' && value !== null && #handle in value; }

  #receive(value, transferred) {
    this.#currentPorts = transferred === undefined ? kNothing : transferred.filter(isMessagePort);
    try {
      this[kHybridDispatch](value, 'message', undefined);
    } finally {
      this.#currentPorts = kNothing;
    }
  }

  // Both ends are closed with either of them.
  #closed() {
    const handle = this.#handle;
    if (handle === null) return;
    this.#handle = null;
    // What has arrived already is still delivered.
    handle.closePort(() => this[kHybridDispatch](undefined, 'close', undefined));
  }

  static #check(port) {
    if (!isMessagePort(port)) throw new TypeError('Illegal invocation');
  }

  postMessage(message, transferOrOptions) {
    Port.#check(this);
    if (arguments.length === 0) throw typeError('Not enough arguments to MessagePort.postMessage', 'ERR_MISSING_ARGS');
    const transfer = transferListOf(transferOrOptions);
    if (this.#handle === null) {
      // Nobody hears it, but what cannot be sent is an error all the same.
      binding.structuredClone(message, transfer);
      return undefined;
    }
    if (this.#handle.postMessage(message, transfer, this) === true) {
      process.emitWarning('The target port was posted to itself, and the communication channel was lost');
      this.#closed();
      return undefined;
    }
    return true;
  }

  start() {
    Port.#check(this);
    this.#handle?.start();
  }

  close(callback) {
    Port.#check(this);
    if (typeof callback === 'function') this.once('close', callback);
    this.#closed();
  }

  ref() {
    Port.#check(this);
    this.#refed = true;
    this.#handle?.ref();
  }

  unref() {
    Port.#check(this);
    this.#refed = false;
    this.#handle?.unref();
  }

  hasRef() {
    Port.#check(this);
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
    if (type !== 'message' || size !== 0) return;
    this.unref();
    // What comes now waits for the next listener.
    this.#handle?.stop();
  }

  [kCreateEvent](data, type) {
    if (type !== 'message' && type !== 'messageerror') return super[kCreateEvent](data, type);
    const { createFastMessageEvent } = require('internal/deps/undici/lib/web/websocket/events');
    return createFastMessageEvent(type, { data, ports: this.#currentPorts });
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

const { attach, detach, handle: handleOf, isMessagePort } = Port;

// What programs see as the class: it is there for instanceof only.
function MessagePort() {
  throw typeError('Constructor cannot be called', 'ERR_CONSTRUCT_CALL_INVALID');
}
MessagePort.prototype = Port.prototype;
Object.defineProperty(MessagePort.prototype, 'constructor', { enumerable: false, value: MessagePort });

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
  const port = new Port();
  attach(port, handle);
  return port;
}

// Filled by [kDeserialize].
function ReceivedPort() {
  return new Port();
}

// While a channel is made: its ports by their handles, for those that async_hooks asked for.
let portsOfChannel;

/** What async_hooks shows as the resource: the port, where there is one already. */
function resourceOf(handle) {
  if (portsOfChannel === undefined) return handle;
  const port = createPort(handle);
  portsOfChannel.set(handle, port);
  return port;
}

function MessageChannel() {
  if (new.target === undefined) throw typeError('Cannot call constructor without `new`', 'ERR_CONSTRUCT_CALL_REQUIRED');
  const ports = portsOfChannel = new Map();
  let handles;
  try {
    handles = binding.createChannel();
  } finally {
    portsOfChannel = undefined;
  }
  [this.port1, this.port2] = handles.map((handle) => ports.get(handle) ?? createPort(handle));
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

function moveMessagePortToContext(port, contextifiedSandbox) {
  if (!isMessagePort(port)) throw typeError('The "port" argument must be a MessagePort instance', 'ERR_INVALID_ARG_TYPE');
  if (handleOf(port) === null) {
    const { ERR_CLOSED_MESSAGE_PORT } = require('internal/errors').codes;
    throw new ERR_CLOSED_MESSAGE_PORT();
  }
  const vm = require('vm');
  if (!isObject(contextifiedSandbox) || !vm.isContext(contextifiedSandbox)) {
    throw typeError('Invalid context argument', 'ERR_INVALID_ARG_TYPE');
  }
  const { createMovedPort } = require('internal/messaging/moved_port');
  const [moved, attachTo] = createMovedPort(vm.runInContext('globalThis', contextifiedSandbox));
  attachTo(detach(port));
  return moved;
}

// Primitives are neither transferred nor cloned by reference: nothing to mark.
function markAsUntransferable(object) {
  if (isObject(object)) binding.markAsUntransferable(object);
}

function isMarkedAsUntransferable(object) {
  return isObject(object) && binding.isMarkedAsUntransferable(object);
}

function markAsUncloneable(object) {
  if (isObject(object)) binding.markAsUncloneable(object);
}

module.exports = {
  get BroadcastChannel() { return require('internal/messaging/broadcast_channel').BroadcastChannel; },
  MessageChannel,
  MessagePort,
  ReceivedPort,
  createPort,
  isMarkedAsUntransferable,
  isMessagePort,
  markAsUncloneable,
  markAsUntransferable,
  moveMessagePortToContext,
  receiveMessageOnPort,
  resourceOf,
  structuredClone,
};
