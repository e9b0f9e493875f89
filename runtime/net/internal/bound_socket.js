// net.BoundSocket: a socket that is bound before anybody listens on it or connects from it.
'use strict';

const { codes, ErrnoException, ExceptionWithHostPort } = require('internal/errors');
const { validateBoolean, validateObject, validatePort, validateString } = require('internal/validators');
const { isIP } = require('internal/net');

const { Pipe, TCP, UV_TCP_IPV6ONLY, UV_TCP_REUSEPORT } = internalBinding('net');

class BoundSocket {
  #handle = null;
  #path;
  #adopted = false;

  constructor(options = {}) {
    validateObject(options, 'options');
    if (options.path !== undefined) this.#bindPath(options);
    else this.#bindAddress(options);
  }

  #bindPath(options) {
    validateString(options.path, 'options.path');
    for (const name of ['host', 'port', 'ipv6Only', 'reusePort']) {
      if (options[name] !== undefined) {
        throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, options[name], 'cannot be combined with options.path');
      }
    }
    const handle = new Pipe(false);
    const error = handle.bind(options.path);
    if (error) {
      handle.close();
      throw new ExceptionWithHostPort(error, 'bind', options.path);
    }
    this.#handle = handle;
    this.#path = options.path;
  }

  #bindAddress(options) {
    const { ipv6Only = false, port = 0, reusePort = false } = options;
    validateBoolean(ipv6Only, 'options.ipv6Only');
    validateBoolean(reusePort, 'options.reusePort');
    validatePort(port, 'options.port');
    const { host = ipv6Only ? '::' : '0.0.0.0' } = options;
    validateString(host, 'options.host');
    if (!isIP(host)) throw new codes.ERR_INVALID_ARG_VALUE('options.host', host);
    const handle = new TCP();
    const flags = (ipv6Only ? UV_TCP_IPV6ONLY : 0) | (reusePort ? UV_TCP_REUSEPORT : 0);
    const error = handle.bind(host, port | 0, flags);
    // A port that is taken shows when the name is asked for.
    const name = error ? error : handle.getsockname();
    if (typeof name === 'number') {
      handle.close();
      throw new ExceptionWithHostPort(name, 'bind', host, port);
    }
    this.#handle = handle;
  }

  #checked() {
    if (this.#adopted) throw new codes.ERR_SOCKET_HANDLE_ADOPTED();
    return this.#handle;
  }

  /** Gives the handle away: net.Server and net.Socket call this. */
  static adopt(bound) {
    const handle = bound.#checked();
    bound.#adopted = true;
    bound.#handle = null;
    return handle;
  }

  static isBoundSocket(value) {
    return typeof value === 'object' && value !== null && #handle in value;
  }

  get isPipe() {
    return this.#path !== undefined;
  }

  address() {
    const handle = this.#checked();
    if (this.isPipe) return this.#path;
    const name = handle?.getsockname();
    if (typeof name === 'number') throw new ErrnoException(name, 'address');
    return name;
  }

  fd() {
    return this.#checked()?.fd ?? -1;
  }

  close() {
    this.#checked()?.close();
    this.#handle = null;
  }

  [Symbol.dispose]() {
    if (!this.#adopted) this.close();
  }
}

module.exports = { BoundSocket };
