// socket.connect(): the name is looked up, the addresses are tried (all of them in turn when autoSelectFamily says so:
// "happy eyeballs"), and the first connection that stands is the socket's.
'use strict';

const dc = require('diagnostics_channel');
const { triggeredBy } = require('internal/async_hooks');
const { codes, ExceptionWithHostPort, NodeAggregateError } = require('internal/errors');
const {
  validateBoolean, validateFunction, validateInt32, validateNumber, validatePort, validateString,
} = require('internal/validators');
const { isIP } = require('internal/net');
const {
  initSocketHandle, kIsBound, kSetKeepAlive, kSetNoDelay, kSetTos,
} = require('internal/net/socket');
const { begin } = require('internal/perf_hooks/measure');

const binding = internalBinding('net');
const { UV_ECANCELED, UV_ETIMEDOUT } = binding;

const clientChannel = dc.channel('net.client.socket');

const defaults = { autoSelectFamily: undefined, attemptTimeout: undefined };
const kMinimumAttemptTimeout = 10;

// The command line decides until a program does: read when first asked for, for the snapshot holds no options.
function getDefaultAutoSelectFamily() {
  if (defaults.autoSelectFamily === undefined) {
    const { getOptionValue } = require('internal/options');
    defaults.autoSelectFamily = getOptionValue('--network-family-autoselection') ?? true;
  }
  return defaults.autoSelectFamily;
}

function setDefaultAutoSelectFamily(value) {
  validateBoolean(value, 'value');
  defaults.autoSelectFamily = value;
}

function getDefaultAutoSelectFamilyAttemptTimeout() {
  if (defaults.attemptTimeout === undefined) {
    const { getOptionValue } = require('internal/options');
    defaults.attemptTimeout = getOptionValue('--network-family-autoselection-attempt-timeout') ?? 250;
  }
  return defaults.attemptTimeout;
}

function setDefaultAutoSelectFamilyAttemptTimeout(value) {
  validateInt32(value, 'value', 1);
  defaults.attemptTimeout = Math.max(value, kMinimumAttemptTimeout);
}

/** The body of Socket.prototype.connect. */
function connectSocket(socket, options, callback) {
  if (clientChannel.hasSubscribers) clientChannel.publish({ socket });
  // The signal destroyed it when it was made: a connection would be nobody's.
  if (socket.destroyed && options.signal?.aborted) return socket;
  if (options.onread) require('internal/net/stream_handle').initUserBuffer(socket, options.onread);
  if (socket.write !== socket.constructor.prototype.write && Object.hasOwn(socket, 'write')) delete socket.write;
  if (socket.destroyed) {
    socket._handle = null;
    socket._peername = null;
    socket._sockname = null;
  }
  if (socket._handle && socket[kIsBound]) checkLocalEnd(options);
  const { path } = options;
  const isPipe = Boolean(path);
  if (!socket._handle) {
    socket._handle = isPipe ? new binding.Pipe(false) : new binding.TCP();
    initSocketHandle(socket);
  }
  if (callback !== null) socket.once('connect', callback);
  socket._unrefTimer();
  socket.connecting = true;
  if (!isPipe) {
    lookupAndConnect(socket, options);
    return socket;
  }
  validateString(path, 'options.path');
  connectPipe(socket, path);
  return socket;
}

// A bound socket has its local end already.
function checkLocalEnd(options) {
  if (options.localAddress === undefined && options.localPort === undefined) return;
  throw new codes.ERR_INVALID_ARG_VALUE(
    'options', options, 'localAddress and localPort cannot be used with an adopted bound socket');
}

function connectPipe(socket, path) {
  const handle = socket._handle;
  // Of a socket that was about to connect to an address.
  const error = handle instanceof binding.TCP ? binding.UV_EINVAL :
    handle.connect(path, (status) => afterConnect(socket, handle, status, path));
  if (error) socket.destroy(new ExceptionWithHostPort(error, 'connect', path));
}

function checkConnectOptions(options) {
  const { host, localAddress, localPort, lookup, port } = options;
  if (host !== undefined && host !== null) {
    validateString(host, 'options.host');
    if (host.includes('\0')) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.host', host, 'must be a string without null bytes');
    }
  }
  if (localAddress && !isIP(localAddress)) throw new codes.ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  if (port !== undefined) {
    if (typeof port !== 'number' && typeof port !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
    }
    validatePort(port);
  }
  if (lookup !== undefined && lookup !== null) validateFunction(lookup, 'options.lookup');
}

function lookupAndConnect(socket, options) {
  checkConnectOptions(options);
  const { localAddress, localPort } = options;
  const host = options.host || 'localhost';
  const port = options.port === undefined ? 0 : options.port | 0;
  if (options.port === undefined && (options.path === undefined || options.path === null)) {
    throw new codes.ERR_MISSING_ARGS(['options', 'port', 'path']);
  }
  const autoSelectFamily = readAutoSelectFamily(options);
  const attemptTimeout = readAttemptTimeout(options);

  const family = isIP(host);
  if (family) {
    triggeredBy(handleOf(socket), process.nextTick, () => {
      if (socket.connecting) connectAddress(socket, host, port, family, localAddress, localPort);
    });
    return;
  }
  const lookup = options.lookup || require('dns').lookup;
  const request = { family: options.family, hints: options.hints || 0 };
  // server.address(), which may be the options, names its family.
  const anyFamily = ![4, 6, 'IPv4', 'IPv6'].includes(request.family);
  if (anyFamily && request.hints === 0) request.hints = require('dns').ADDRCONFIG;
  socket._host = host;
  const target = { host, port, localAddress, localPort };
  if (autoSelectFamily && anyFamily && !localAddress) {
    lookupAll(socket, lookup, request, target, attemptTimeout);
  } else {
    lookupOne(socket, lookup, request, target);
  }
}

// The one that the program knows: what TLS comes over has a handle of its own until it is connected.
function handleOf(socket) {
  return socket.ssl ?? socket._handle;
}

function readAutoSelectFamily(options) {
  if (options.autoSelectFamily === undefined || options.autoSelectFamily === null) {
    return getDefaultAutoSelectFamily();
  }
  validateBoolean(options.autoSelectFamily, 'options.autoSelectFamily');
  return options.autoSelectFamily;
}

function readAttemptTimeout(options) {
  const value = options.autoSelectFamilyAttemptTimeout;
  if (value === undefined || value === null) return getDefaultAutoSelectFamilyAttemptTimeout();
  validateInt32(value, 'options.autoSelectFamilyAttemptTimeout', 1);
  return Math.max(value, kMinimumAttemptTimeout);
}

// Of what a program's own lookup() found.
function isAddress(value) {
  return typeof value === 'string' && isIP(value) !== 0;
}

function lookupOne(socket, lookup, request, target) {
  const { host, port, localAddress, localPort } = target;
  triggeredBy(handleOf(socket), lookup, host, request, (error, ip, addressType) => {
    socket.emit('lookup', error, ip, addressType, host);
    if (!socket.connecting) return;
    if (error) return failLater(socket, error);
    if (!isAddress(ip)) return failLater(socket, new codes.ERR_INVALID_IP_ADDRESS(ip));
    if (addressType !== 4 && addressType !== 6) {
      return failLater(socket, new codes.ERR_INVALID_ADDRESS_FAMILY(addressType, host, port));
    }
    socket._unrefTimer();
    connectAddress(socket, ip, port, addressType, localAddress, localPort);
  });
}

function failLater(socket, error) {
  process.nextTick((s, e) => s.destroy(e), socket, error);
}

function lookupAll(socket, lookup, request, target, attemptTimeout) {
  const { host, port } = target;
  triggeredBy(handleOf(socket), lookup, host, { ...request, all: true }, (error, addresses) => {
    if (!socket.connecting) return;
    if (error) {
      socket.emit('lookup', error, undefined, undefined, host);
      return failLater(socket, error);
    }
    const usable = [];
    for (const { address, family } of addresses) {
      socket.emit('lookup', null, address, family, host);
      if (!socket.connecting) return;
      if (isAddress(address) && (family === 4 || family === 6)) usable.push({ address, family });
    }
    if (usable.length === 0) {
      const first = addresses[0];
      const bad = first === undefined || !isAddress(first.address) ?
        new codes.ERR_INVALID_IP_ADDRESS(first?.address ?? '') :
        new codes.ERR_INVALID_ADDRESS_FAMILY(first.family, host, port);
      return failLater(socket, bad);
    }
    socket._unrefTimer();
    if (usable.length === 1) {
      const { address, family } = usable[0];
      return connectAddress(socket, address, port, family, target.localAddress, target.localPort);
    }
    new Attempts(socket, interleave(usable), target, attemptTimeout).next(0);
  });
}

// Families take turns, beginning with the one the resolver put first (RFC 8305, section 4).
function interleave(addresses) {
  const first = addresses.filter((a) => a.family === addresses[0].family);
  const second = addresses.filter((a) => a.family !== addresses[0].family);
  const result = [];
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    if (i < first.length) result.push(first[i]);
    if (i < second.length) result.push(second[i]);
  }
  return result;
}

// One connect(2); `done(status)` follows unless a number is returned.
function startConnect(socket, handle, address, port, family, localAddress, localPort, done) {
  if (handle instanceof binding.Pipe) return new ExceptionWithHostPort(binding.UV_EINVAL, 'connect', address, port);
  if (localAddress || localPort) {
    const local = localAddress || (family === 4 ? '0.0.0.0' : '::');
    const bindError = handle.bind(local, localPort || 0, 0);
    if (bindError) return new ExceptionWithHostPort(bindError, 'bind', local, localPort);
  }
  const { blockList } = socket;
  if (blockList?.check(address, `ipv${family}`)) return new codes.ERR_IP_BLOCKED(address);
  const measured = begin('net', 'connect', { host: address, port });
  const error = handle.connect(address, port, measured === undefined ? done : (status) => {
    if (status === 0) measured();
    done(status);
  });
  return error ? new ExceptionWithHostPort(error, 'connect', address, port, localDetails(handle)) : null;
}

function localDetails(handle) {
  const name = handle.getsockname?.();
  return typeof name === 'object' && name !== null ? `${name.address}:${name.port}` : undefined;
}

function connectAddress(socket, address, port, family, localAddress, localPort) {
  const handle = socket._handle;
  const error = startConnect(socket, handle, address, port, family, localAddress, localPort, (status) => {
    afterConnect(socket, handle, status, address, port, localAddress, localPort);
  });
  // Later: whoever made the socket has had no turn to listen yet.
  if (error) failLater(socket, error);
}

function afterConnect(socket, handle, status, address, port, localAddress, localPort) {
  if (socket.destroyed || socket._handle !== handle) return;
  socket.connecting = false;
  socket._sockname = null;
  if (status !== 0) {
    const details = localAddress && localPort ? `${localAddress}:${localPort}` : undefined;
    const error = new ExceptionWithHostPort(status, 'connect', address, port, details);
    if (details) {
      error.localAddress = localAddress;
      error.localPort = localPort;
    }
    socket.destroy(error);
    return;
  }
  applyOptions(socket, handle);
  // TLS comes between the connection and the socket here.
  if (socket._wrapConnected !== undefined) socket._wrapConnected(handle);
  socket._unrefTimer();
  socket.emit('connect');
  socket.emit('ready');
  // Reading starts at once, so that the other side's end is noticed even where nobody reads.
  if (socket.readable && !socket.isPaused()) socket.read(0);
}

function applyOptions(socket, handle) {
  if (socket[kSetNoDelay] && handle.setNoDelay) handle.setNoDelay(true);
  if (socket[kSetKeepAlive][0] && handle.setKeepAlive) handle.setKeepAlive(...socket[kSetKeepAlive]);
  if (socket[kSetTos] !== undefined && handle.setTypeOfService) handle.setTypeOfService(socket[kSetTos]);
}

// The addresses of one name, tried in turn: the next one starts when the one before fails or takes too long.
class Attempts {
  constructor(socket, addresses, target, timeout) {
    this.socket = socket;
    this.addresses = addresses;
    this.target = target;
    this.timeout = timeout;
    this.errors = [];
    this.timer = null;
    socket.autoSelectFamilyAttemptedAddresses = [];
  }

  next(index) {
    const { socket } = this;
    if (!socket.connecting) return;
    if (index === this.addresses.length) return this.fail();
    const { address, family } = this.addresses[index];
    const { port, localPort } = this.target;
    if (index > 0) {
      socket._handle.close();
      socket._handle = new binding.TCP();
      initSocketHandle(socket);
    }
    const handle = socket._handle;
    const attempt = { handle, index, over: false };
    socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
    socket.emit('connectionAttempt', address, port, family);
    if (!socket.connecting) return;
    const error = startConnect(socket, handle, address, port, family, undefined, localPort, (status) => {
      this.done(attempt, status);
    });
    if (error) {
      this.errors.push(error);
      socket.emit('connectionAttemptFailed', address, port, family, error);
      return this.next(index + 1);
    }
    if (index < this.addresses.length - 1) {
      const { setTimeout } = require('timers');
      this.timer = setTimeout(() => this.tooLong(attempt), this.timeout);
    }
  }

  tooLong(attempt) {
    const { address, family } = this.addresses[attempt.index];
    attempt.over = true;
    if (!this.socket.connecting) return;
    this.errors.push(new ExceptionWithHostPort(UV_ETIMEDOUT, 'connect', address, this.target.port));
    this.socket.emit('connectionAttemptTimeout', address, this.target.port, family);
    this.next(attempt.index + 1);
  }

  done(attempt, status) {
    const { socket } = this;
    const { address, family } = this.addresses[attempt.index];
    if (this.timer !== null) {
      require('timers').clearTimeout(this.timer);
      this.timer = null;
    }
    // Replaced by a later attempt, or the socket was destroyed meanwhile.
    if (attempt.over || socket._handle !== attempt.handle || !socket.connecting) return;
    attempt.over = true;
    if (status === 0) return afterConnect(socket, attempt.handle, 0, address, this.target.port);
    const error = new ExceptionWithHostPort(status, 'connect', address, this.target.port);
    this.errors.push(error);
    socket.emit('connectionAttemptFailed', address, this.target.port, family, error);
    if (status !== UV_ECANCELED) this.next(attempt.index + 1);
  }

  fail() {
    const { errors, socket } = this;
    if (errors.length === 1) return socket.destroy(errors[0]);
    const error = new NodeAggregateError(errors);
    socket.destroy(error);
  }
}

module.exports = {
  connectSocket,
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout,
};
