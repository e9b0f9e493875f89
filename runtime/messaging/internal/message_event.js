'use strict';
// The MessageEvent class.
// Run once per realm by internal/messaging.

const { codes: { ERR_INVALID_THIS } } = require('internal/errors');
const { Event } = require('internal/event_target');
const { kEnumerableProperty } = require('internal/util');

// Tells whether something is a MessagePort; set by internal/messaging.
let isMessagePort;

function conversionError(message) {
  return new TypeError(`MessageEvent constructor: ${message}`);
}

function describe(value) {
  return typeof value === 'string' ? value : require('internal/util/inspect').inspect(value);
}

function checkSource(source) {
  if (source === null || source === undefined || isMessagePort(source)) return source ?? null;
  throw conversionError(`Expected eventInitDict.source ("${describe(source)}") to be an instance of MessagePort.`);
}

function checkPorts(ports) {
  if (ports === undefined || ports === null) return [];
  if (typeof ports[Symbol.iterator] !== 'function') {
    throw conversionError(`eventInitDict.ports (${describe(ports)}) is not iterable.`);
  }
  return [...ports].map((port, index) => {
    if (isMessagePort(port)) return port;
    throw conversionError(
      `Expected eventInitDict.ports[${index}] ("${describe(port)}") to be an instance of MessagePort.`);
  });
}

class MessageEvent extends Event {
  #data;
  #origin;
  #lastEventId;
  #source;
  #ports;

  constructor(type, eventInitDict = undefined) {
    if (arguments.length === 0) throw conversionError('1 argument required, but 0 found.');
    super(type, eventInitDict ?? undefined);
    this.#data = eventInitDict?.data === undefined ? null : eventInitDict.data;
    this.#origin = eventInitDict?.origin === undefined ? '' : `${eventInitDict.origin}`;
    this.#lastEventId = eventInitDict?.lastEventId === undefined ? '' : `${eventInitDict.lastEventId}`;
    this.#source = checkSource(eventInitDict?.source);
    this.#ports = Object.freeze(checkPorts(eventInitDict?.ports));
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#data in value)) throw new ERR_INVALID_THIS('MessageEvent');
  }

  get data() {
    MessageEvent.#check(this);
    return this.#data;
  }

  get origin() {
    MessageEvent.#check(this);
    return this.#origin;
  }

  get lastEventId() {
    MessageEvent.#check(this);
    return this.#lastEventId;
  }

  get source() {
    MessageEvent.#check(this);
    return this.#source;
  }

  get ports() {
    MessageEvent.#check(this);
    return this.#ports;
  }

  initMessageEvent(type, bubbles = false, cancelable = false, data = null, origin = '', lastEventId = '',
                   source = null, ports = []) {
    MessageEvent.#check(this);
    this.initEvent?.(type, bubbles, cancelable);
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = checkSource(source);
    this.#ports = Object.freeze(checkPorts(ports));
  }
}

for (const name of ['data', 'origin', 'lastEventId', 'source', 'ports', 'initMessageEvent']) {
  Object.defineProperty(MessageEvent.prototype, name, kEnumerableProperty);
}
Object.defineProperty(MessageEvent.prototype, Symbol.toStringTag, { configurable: true, value: 'MessageEvent' });
Object.defineProperty(MessageEvent.prototype.initMessageEvent, 'length', { configurable: true, value: 1 });

module.exports = {
  MessageEvent,
  setPortCheck(check) { isMessagePort = check; },
};
