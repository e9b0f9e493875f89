// net.SocketAddress: an address, a port, a family, and for IPv6 a flow label; immutable.
'use strict';

const { codes } = require('internal/errors');
const { validateObject, validatePort, validateString, validateUint32 } = require('internal/validators');
const { kClone, kDeserialize } = require('internal/messaging/transferable');
const { isIP } = require('internal/net');

const kEmpty = Object.freeze({ __proto__: null });

function invalidAddress() {
  return new codes.ERR_INVALID_ADDRESS();
}

function readFamily(family, name) {
  if (typeof family !== 'string') throw new codes.ERR_INVALID_ARG_TYPE(name, 'string', family);
  const lower = family.toLowerCase();
  if (lower !== 'ipv4' && lower !== 'ipv6') throw new codes.ERR_INVALID_ARG_VALUE(name, family);
  return lower;
}

class SocketAddress {
  #address;
  #port;
  #family;
  #flowlabel;

  static isSocketAddress(value) {
    return typeof value === 'object' && value !== null && #address in value;
  }

  /** An input such as '192.0.2.1:80' or '[::1]:80'; undefined when it is none. */
  static parse(input) {
    validateString(input, 'input');
    try {
      const { hostname, port } = new (require('internal/url').URL)(`http://${input}`);
      if (hostname.startsWith('[') && hostname.endsWith(']')) {
        return new SocketAddress({ address: hostname.slice(1, -1), port: port | 0, family: 'ipv6' });
      }
      return new SocketAddress({ address: hostname, port: port | 0 });
    } catch {
      return undefined;
    }
  }

  constructor(options = kEmpty) {
    validateObject(options, 'options');
    const family = readFamily(options.family === undefined ? 'ipv4' : options.family, 'options.family');
    const { address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
    validateString(address, 'options.address');
    validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel');
    if (isIP(address) !== (family === 'ipv4' ? 4 : 6)) throw invalidAddress();
    this.#address = address;
    this.#port = port | 0;
    this.#family = family;
    this.#flowlabel = family === 'ipv6' ? flowlabel : 0;
  }

  get address() {
    return this.#address;
  }

  get port() {
    return this.#port;
  }

  get family() {
    return this.#family;
  }

  get flowlabel() {
    return this.#flowlabel;
  }

  toJSON() {
    return { address: this.address, port: this.port, family: this.family, flowlabel: this.flowlabel };
  }

  [kClone]() {
    return { data: this.toJSON(), deserializeInfo: 'internal/net/socket_address:SocketAddress' };
  }

  [kDeserialize]({ address, port, family, flowlabel }) {
    this.#address = address;
    this.#port = port;
    this.#family = family;
    this.#flowlabel = flowlabel;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (depth < 0) return options.stylize(`[${this.constructor.name}]`, 'special');
    const { inspect } = require('internal/util/inspect');
    const nested = { ...options, depth: options.depth === null ? null : options.depth - 1 };
    return `SocketAddress ${inspect(this.toJSON(), nested)}`;
  }
}

module.exports = { SocketAddress, invalidAddress, readFamily };
