// require('dgram'): UDP sockets over the native UDP handle (runtime/dgram/udp_handle.h).
'use strict';

const EventEmitter = require('events');
const dc = require('diagnostics_channel');
const { Buffer } = require('buffer');
const { FastBuffer } = require('internal/buffer');
const {
  codes, ErrnoException, ExceptionWithHostPort,
} = require('internal/errors');
const {
  validateAbortSignal, validateFunction, validateNumber, validateObject, validatePort, validateString, validateUint32,
} = require('internal/validators');
const { isIP, kOwner } = require('internal/net');

const { UDP, UV_UDP_IPV6ONLY, UV_UDP_REUSEADDR, UV_UDP_REUSEPORT } = internalBinding('dgram');
const { UV_EINVAL } = internalBinding('net');

const socketChannel = dc.channel('udp.socket');

const kUnbound = 0;
const kBinding = 1;
const kBound = 2;
const kDisconnected = 0;
const kConnecting = 1;
const kConnected = 2;

const { kStateSymbol: kState } = require('internal/dgram');

function defaultLookup(type) {
  const family = type === 'udp4' ? 4 : 6;
  const any = family === 4 ? '0.0.0.0' : '::';
  const loopback = family === 4 ? '127.0.0.1' : '::1';
  return { family, any, loopback };
}

function Socket(type, listener) {
  EventEmitter.call(this);
  let options = {};
  if (type !== null && typeof type === 'object') {
    options = type;
    type = options.type;
  }
  if (type !== 'udp4' && type !== 'udp6') throw new codes.ERR_SOCKET_BAD_TYPE();
  if (options.lookup !== undefined) validateFunction(options.lookup, 'lookup');
  checkBlockList(options.receiveBlockList, 'options.receiveBlockList');
  checkBlockList(options.sendBlockList, 'options.sendBlockList');
  this.type = type;
  for (const name of ['recvBufferSize', 'sendBufferSize']) {
    if (options[name]) validateUint32(options[name], `options.${name}`);
  }
  const handle = new UDP();
  this[kState] = {
    ...defaultLookup(type),
    handle,
    lookup: options.lookup,
    receiving: false,
    bindState: kUnbound,
    connectState: kDisconnected,
    queue: undefined,
    reuseAddr: options.reuseAddr,
    reusePort: options.reusePort,
    ipv6Only: options.ipv6Only,
    recvBufferSize: options.recvBufferSize,
    sendBufferSize: options.sendBufferSize,
    receiveBlockList: options.receiveBlockList,
    sendBlockList: options.sendBlockList,
  };
  own(this, handle);
  if (typeof listener === 'function') this.on('message', listener);
  if (options.signal !== undefined) closeOnAbort(this, options.signal);
  if (socketChannel.hasSubscribers) socketChannel.publish({ socket: this });
}
Object.setPrototypeOf(Socket.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Socket, EventEmitter);

function checkBlockList(list, name) {
  if (list === undefined) return;
  const { BlockList } = require('internal/net/blocklist');
  if (!BlockList.isBlockList(list)) throw new codes.ERR_INVALID_ARG_TYPE(name, 'net.BlockList', list);
}

function closeOnAbort(socket, signal) {
  validateAbortSignal(signal, 'options.signal');
  const onAborted = () => {
    if (socket[kState].handle) socket.close();
  };
  if (signal.aborted) {
    onAborted();
    return;
  }
  const disposable = EventEmitter.addAbortListener(signal, onAborted);
  socket.once('close', disposable[Symbol.dispose]);
}

function createSocket(type, listener) {
  return new Socket(type, listener);
}

const proto = Socket.prototype;

function healthCheck(socket) {
  if (!socket[kState].handle) throw new codes.ERR_SOCKET_DGRAM_NOT_RUNNING();
}

// A handle has a method that finds the address of a name in the socket's family; programs put their own in its place.
// Never at once: bind() and send() are over when the answer comes.
function own(socket, handle) {
  const state = socket[kState];
  handle[kOwner] = socket;
  handle.onmessage = onMessage;
  handle.lookup = (address, callback) => {
    if (state.lookup === undefined && isIP(address) === state.family) {
      process.nextTick(callback, null, address);
      return;
    }
    const lookup = state.lookup ?? require('dns').lookup;
    lookup(address, state.family, callback);
  };
}

// ---- Binding ----

proto.bind = function bind(port_, address_) {
  healthCheck(this);
  const state = this[kState];
  if (state.bindState !== kUnbound) throw new codes.ERR_SOCKET_ALREADY_BOUND();
  state.bindState = kBinding;
  const last = arguments[arguments.length - 1];
  if (typeof last === 'function') addBindCallback(this, last);
  let port = port_;
  if (port !== null && typeof port === 'object' && typeof port.recvStart === 'function') {
    adoptHandle(this, port);
    return this;
  }
  if (port !== null && typeof port === 'object' && Number.isInteger(port.fd) && port.fd > 0) {
    bindDescriptor(this, port.fd);
    return this;
  }
  let address;
  let exclusive = false;
  if (port !== null && typeof port === 'object') {
    ({ address, exclusive } = port);
    port = port.port;
    address ||= '';
  } else {
    address = typeof address_ === 'function' ? '' : address_;
  }
  if (!address) ({ any: address } = state);
  const onResolved = (error, ip) => {
    if (!state.handle) return;
    if (error) {
      state.bindState = kUnbound;
      this.emit('error', error);
      return;
    }
    bindResolved(this, ip, port, Boolean(exclusive));
  };
  state.handle.lookup(address, onResolved);
  return this;
};

function addBindCallback(socket, callback) {
  const done = () => {
    socket.removeListener(EventEmitter.errorMonitor, done);
    socket.removeListener('listening', onListening);
  };
  const onListening = function() {
    done();
    Reflect.apply(callback, this, arguments);
  };
  socket.on(EventEmitter.errorMonitor, done);
  socket.on('listening', onListening);
}

function bindFlags(state) {
  let flags = 0;
  if (state.reuseAddr) flags |= UV_UDP_REUSEADDR;
  if (state.reusePort) flags |= UV_UDP_REUSEPORT;
  if (state.ipv6Only) flags |= UV_UDP_IPV6ONLY;
  return flags;
}

// bind() takes whatever spells a port; what does not is 0, any port.
function numberOf(port) {
  return typeof port === 'function' ? 0 : Number(port) >>> 0;
}

function bindResolved(socket, ip, port, exclusive) {
  const state = socket[kState];
  const cluster = exclusive || state.reusePort ? null : require('internal/net/cluster_hook').worker;
  if (cluster) {
    const where = { address: ip, port: numberOf(port), addressType: socket.type, fd: -1, flags: bindFlags(state) };
    cluster._getServer(socket, where, (error, handle) => {
      // Closed before the answer came.
      if (!state.handle) {
        handle?.close();
        return;
      }
      if (error) {
        state.bindState = kUnbound;
        socket.emit('error', new ExceptionWithHostPort(error, 'bind', ip, port));
        return;
      }
      adoptHandle(socket, handle);
    });
    return;
  }
  const error = state.handle.bind(`${ip}`, numberOf(port), bindFlags(state));
  if (error) {
    state.bindState = kUnbound;
    socket.emit('error', new ExceptionWithHostPort(error, 'bind', ip, port));
    return;
  }
  startListening(socket);
}

function adoptHandle(socket, handle) {
  const state = socket[kState];
  state.handle.close();
  own(socket, handle);
  state.handle = handle;
  startListening(socket);
}

function bindDescriptor(socket, fd) {
  if (internalBinding('net').guessHandleType(fd) !== 'udp') {
    throw new codes.ERR_INVALID_FD_TYPE(internalBinding('net').guessHandleType(fd).toUpperCase());
  }
  const error = socket[kState].handle.open(fd);
  if (error) throw new ErrnoException(error, 'open');
  startListening(socket);
}

function startListening(socket) {
  receive(socket);
  socket.emit('listening');
}

function receive(socket) {
  const state = socket[kState];
  state.handle.recvStart();
  state.receiving = true;
  state.bindState = kBound;
  if (state.recvBufferSize) bufferSize(socket, state.recvBufferSize, true);
  if (state.sendBufferSize) bufferSize(socket, state.sendBufferSize, false);
}

// `this` is the handle.
function onMessage(nread, arrayBuffer, rinfo) {
  const socket = this[kOwner];
  if (nread < 0) {
    socket.emit('error', new ErrnoException(nread, 'recvmsg'));
    return;
  }
  const { receiveBlockList } = socket[kState];
  if (receiveBlockList?.check(rinfo.address, rinfo.family.toLowerCase())) return;
  rinfo.size = nread;
  socket.emit('message', new FastBuffer(arrayBuffer), rinfo);
}

// What bind() and connect() do, at once and for addresses only.
function numericAddress(state, address, name) {
  if (isIP(address) !== state.family) throw new codes.ERR_INVALID_ARG_VALUE(name, address);
  return address;
}

proto.bindSync = function bindSync(options = {}) {
  validateObject(options, 'options');
  healthCheck(this);
  const state = this[kState];
  if (state.bindState !== kUnbound) throw new codes.ERR_SOCKET_ALREADY_BOUND();
  const { address = state.any, port = 0 } = options;
  validateString(address, 'options.address');
  validatePort(port, 'options.port');
  numericAddress(state, address, 'options.address');
  const error = state.handle.bind(address, port | 0, bindFlags(state));
  if (error) throw new ExceptionWithHostPort(error, 'bind', address, port);
  process.nextTick(() => {
    if (this[kState].handle) this.emit('listening');
  });
  receive(this);
  return this.address();
};

// ---- Connecting ----

proto.connectSync = function connectSync(port, address) {
  port = validatePort(port, 'Port', false);
  healthCheck(this);
  const state = this[kState];
  if (state.connectState !== kDisconnected) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
  if (address !== undefined) validateString(address, 'address');
  const ip = numericAddress(state, address ?? state.loopback, 'address');
  if (state.sendBlockList?.check(ip, `ipv${state.family}`)) throw new codes.ERR_IP_BLOCKED(ip);
  if (state.bindState === kBinding) throw new codes.ERR_SOCKET_ALREADY_BOUND();
  if (state.bindState === kUnbound) this.bindSync();
  const error = state.handle.connect(ip, port);
  if (error) throw new ExceptionWithHostPort(error, 'connect', ip, port);
  state.connectState = kConnected;
  process.nextTick(() => {
    if (this[kState].handle) this.emit('connect');
  });
};

proto.connect = function connect(port, address, callback) {
  port = validatePort(port, 'Port', false);
  if (typeof address === 'function') {
    callback = address;
    address = '';
  } else if (address === undefined) {
    address = '';
  }
  validateString(address, 'address');
  const state = this[kState];
  if (state.connectState !== kDisconnected) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
  state.connectState = kConnecting;
  if (state.bindState === kUnbound) this.bind({ port: 0, exclusive: true }, null);
  whenBound(this, () => connectNow(this, port, address, callback));
};

function connectNow(socket, port, address, callback) {
  const state = socket[kState];
  if (callback) socket.once('connect', callback);
  state.handle.lookup(address || state.loopback, (error, ip) => {
    if (!state.handle) return;
    if (!error && state.sendBlockList?.check(ip, `ipv${isIP(ip)}`)) error = new codes.ERR_IP_BLOCKED(ip);
    if (!error) {
      const errno = state.handle.connect(`${ip}`, port);
      if (errno) error = new ExceptionWithHostPort(errno, 'connect', address, port);
    }
    if (error) {
      state.connectState = kDisconnected;
      process.nextTick(() => {
        if (!callback) return socket.emit('error', error);
        socket.removeListener('connect', callback);
        callback(error);
      });
      return;
    }
    state.connectState = kConnected;
    process.nextTick(() => socket.emit('connect'));
  });
}

function requireConnected(socket) {
  if (socket[kState].connectState !== kConnected) throw new codes.ERR_SOCKET_DGRAM_NOT_CONNECTED();
}

proto.disconnect = function disconnect() {
  requireConnected(this);
  const error = this[kState].handle.disconnect();
  if (error) throw new ErrnoException(error, 'connect');
  this[kState].connectState = kDisconnected;
};

// ---- Sending ----

function notBytes(name, value) {
  return new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView', 'string'], value);
}

function viewOf(buffer) {
  if (typeof buffer === 'string') return Buffer.from(buffer);
  if (!ArrayBuffer.isView(buffer)) return null;
  return new FastBuffer(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function slice(buffer, offset, length) {
  const view = viewOf(buffer);
  if (view === null) throw notBytes('buffer', buffer);
  offset >>>= 0;
  length >>>= 0;
  if (offset > view.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (offset + length > view.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
  return new FastBuffer(view.buffer, view.byteOffset + offset, length);
}

proto.sendto = function sendto(buffer, offset, length, port, address, callback) {
  validateNumber(offset, 'offset');
  validateNumber(length, 'length');
  validateNumber(port, 'port');
  validateString(address, 'address');
  this.send(buffer, offset, length, port, address, callback);
};

// (buffer, offset, length, port, address, callback), (buffer, port, address, callback), and without port and address
// on a connected socket.
proto.send = function send(buffer, offset, length, port, address, callback) {
  const state = this[kState];
  const connected = state.connectState === kConnected;
  let list;
  if (connected ? typeof length === 'number' : address || (port && typeof port !== 'function')) {
    buffer = slice(buffer, offset, length);
    if (connected) {
      callback = port;
      if (address !== undefined || (port !== undefined && typeof port !== 'function')) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
      port = undefined;
    }
  } else if (connected) {
    if (port !== undefined) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
    callback = offset;
    port = undefined;
    address = undefined;
  } else {
    callback = port;
    port = offset;
    address = length;
  }
  if (Array.isArray(buffer)) {
    list = buffer.map(viewOf);
    if (list.includes(null)) throw notBytes('buffer list arguments', buffer);
  } else {
    const view = viewOf(buffer);
    if (view === null) throw notBytes('buffer', buffer);
    list = [view];
  }
  if (!connected) port = validatePort(port, 'Port', false);
  if (typeof callback !== 'function') callback = undefined;
  if (typeof address === 'function') {
    callback = address;
    address = undefined;
  } else if (address !== null && address !== undefined) {
    validateString(address, 'address');
  }
  healthCheck(this);
  if (state.bindState === kUnbound) this.bind({ port: 0, exclusive: true }, null);
  if (list.length === 0) list.push(Buffer.alloc(0));
  whenBound(this, () => sendNow(this, list, port, address, callback));
};

// Runs now, or when the socket is bound; what waits is forgotten when that fails.
function whenBound(socket, act) {
  const state = socket[kState];
  if (state.bindState !== kBinding) {
    act();
    return;
  }
  if (state.queue !== undefined) {
    state.queue.push(act);
    return;
  }
  state.queue = [act];
  const onListening = () => {
    socket.removeListener(EventEmitter.errorMonitor, onError);
    const { queue } = state;
    state.queue = undefined;
    for (const one of queue) one();
  };
  const onError = () => {
    socket.removeListener('listening', onListening);
    state.queue = undefined;
  };
  socket.once('listening', onListening);
  socket.once(EventEmitter.errorMonitor, onError);
}

function sendNow(socket, list, port, address, callback) {
  const state = socket[kState];
  if (port === undefined) {
    sendResolved(socket, null, undefined, list, 0, address, callback);
    return;
  }
  state.handle.lookup(address || state.loopback, (error, ip) => {
    sendResolved(socket, error, ip, list, port, address, callback);
  });
}

function sendResolved(socket, error, ip, list, port, address, callback) {
  const state = socket[kState];
  if (!error && !state.handle) {
    // Closed while the name was looked up.
    return;
  }
  if (!error && ip !== undefined && state.sendBlockList?.check(ip, `ipv${isIP(ip)}`)) error = new codes.ERR_IP_BLOCKED(ip);
  if (error) {
    if (callback) process.nextTick(callback, error);
    else process.nextTick(() => socket.emit('error', error));
    return;
  }
  const done = (status, size) => {
    if (!callback) return;
    callback(status < 0 ? new ExceptionWithHostPort(status, 'send', address, port) : null, size);
  };
  const result = state.handle.send(list, ip === undefined ? undefined : `${ip}`, port, callback ? done : noop);
  if (result >= 0) {
    if (callback) process.nextTick(callback, null, result);
  } else if (result < -1 && callback) {
    process.nextTick(callback, new ExceptionWithHostPort(result, 'send', address, port));
  }
}

function noop() {}

// ---- Closing and names ----

proto.close = function close(callback) {
  const state = this[kState];
  if (typeof callback === 'function') this.on('close', callback);
  if (state.queue !== undefined) {
    state.queue.push(() => this.close());
    return this;
  }
  healthCheck(this);
  state.receiving = false;
  state.handle.close();
  state.handle = null;
  process.nextTick(() => this.emit('close'));
  return this;
};

proto[Symbol.asyncDispose] = async function() {
  if (!this[kState].handle) return;
  await new Promise((resolvePromise, reject) => {
    this.close((error) => (error ? reject(error) : resolvePromise()));
  });
};

proto.address = function address() {
  healthCheck(this);
  const name = this[kState].handle.getsockname();
  if (typeof name === 'number') throw new ErrnoException(name, 'getsockname');
  return name;
};

proto.remoteAddress = function remoteAddress() {
  healthCheck(this);
  requireConnected(this);
  const name = this[kState].handle.getpeername();
  if (typeof name === 'number') throw new ErrnoException(name, 'getpeername');
  return name;
};

// ---- Options ----

function setOption(socket, method, ...args) {
  healthCheck(socket);
  const error = socket[kState].handle[method](...args);
  if (error) throw new ErrnoException(error, method);
}

proto.setBroadcast = function setBroadcast(on) {
  setOption(this, 'setBroadcast', Boolean(on));
};

proto.setTTL = function setTTL(ttl) {
  validateNumber(ttl, 'ttl');
  setOption(this, 'setTTL', ttl);
  return ttl;
};

proto.setMulticastTTL = function setMulticastTTL(ttl) {
  validateNumber(ttl, 'ttl');
  setOption(this, 'setMulticastTTL', ttl);
  return ttl;
};

proto.setMulticastLoopback = function setMulticastLoopback(on) {
  setOption(this, 'setMulticastLoopback', Boolean(on));
  return on;
};

proto.setMulticastInterface = function setMulticastInterface(interfaceAddress) {
  validateString(interfaceAddress, 'interfaceAddress');
  setOption(this, 'setMulticastInterface', interfaceAddress);
};

const textOf = (address) => (address === undefined || address === null ? undefined : `${address}`);

function setMembership(socket, name, join, multicastAddress, interfaceAddress) {
  healthCheck(socket);
  if (!multicastAddress) throw new codes.ERR_MISSING_ARGS('multicastAddress');
  const error = socket[kState].handle.setMembership(`${multicastAddress}`, textOf(interfaceAddress), join);
  if (error) throw new ErrnoException(error, name);
}

proto.addMembership = function addMembership(multicastAddress, interfaceAddress) {
  setMembership(this, 'addMembership', true, multicastAddress, interfaceAddress);
};

proto.dropMembership = function dropMembership(multicastAddress, interfaceAddress) {
  setMembership(this, 'dropMembership', false, multicastAddress, interfaceAddress);
};

function setSourceMembership(socket, name, join, sourceAddress, groupAddress, interfaceAddress) {
  healthCheck(socket);
  validateString(sourceAddress, 'sourceAddress');
  validateString(groupAddress, 'groupAddress');
  const error = socket[kState].handle.setSourceMembership(sourceAddress, groupAddress, textOf(interfaceAddress), join);
  if (error) throw new ErrnoException(error, name);
}

proto.addSourceSpecificMembership = function addSourceSpecificMembership(source, group, interfaceAddress) {
  setSourceMembership(this, 'addSourceSpecificMembership', true, source, group, interfaceAddress);
};

proto.dropSourceSpecificMembership = function dropSourceSpecificMembership(source, group, interfaceAddress) {
  setSourceMembership(this, 'dropSourceSpecificMembership', false, source, group, interfaceAddress);
};

function bufferSize(socket, size, receive) {
  if (size >>> 0 !== size) throw new codes.ERR_SOCKET_BAD_BUFFER_SIZE();
  healthCheck(socket);
  const result = socket[kState].handle.bufferSize(size & 0x7fffffff, receive);
  // More than an int holds: the system call would have refused it.
  const errno = size > 0x7fffffff ? UV_EINVAL : result;
  if (errno >= 0) return result;
  const [code, message] = require('util').getSystemErrorMap().get(errno);
  throw new codes.ERR_SOCKET_BUFFER_SIZE({
    errno, code, message, syscall: receive ? 'uv_recv_buffer_size' : 'uv_send_buffer_size',
  });
}

proto.setRecvBufferSize = function setRecvBufferSize(size) {
  bufferSize(this, size, true);
};

proto.setSendBufferSize = function setSendBufferSize(size) {
  bufferSize(this, size, false);
};

proto.getRecvBufferSize = function getRecvBufferSize() {
  return bufferSize(this, 0, true);
};

proto.getSendBufferSize = function getSendBufferSize() {
  return bufferSize(this, 0, false);
};

proto.getSendQueueSize = function getSendQueueSize() {
  return this[kState].handle.getSendQueueSize();
};

proto.getSendQueueCount = function getSendQueueCount() {
  return this[kState].handle.getSendQueueCount();
};

proto.ref = function ref() {
  this[kState].handle?.ref();
  return this;
};

proto.unref = function unref() {
  this[kState].handle?.unref();
  return this;
};

/** A bound handle for the primary of a cluster: the handle, or a negative error. */
function _createSocketHandle(address, port, addressType, fd, flags) {
  if (addressType !== 'udp4' && addressType !== 'udp6') throw new codes.ERR_SOCKET_BAD_TYPE();
  const handle = new UDP();
  const error = Number.isInteger(fd) && fd >= 0 ? handle.open(fd) :
    port || address ? handle.bind(`${address || defaultLookup(addressType).any}`, port | 0, flags | 0) : 0;
  if (!error) return handle;
  handle.close();
  return error;
}

// ---- What was once there without being documented (DEP0112) ----

const { deprecate } = require('internal/util');

for (const [name, key] of [
  ['_handle', 'handle'], ['_receiving', 'receiving'], ['_bindState', 'bindState'], ['_queue', 'queue'], ['_reuseAddr', 'reuseAddr'],
]) {
  const message = `Socket.prototype.${name} is deprecated`;
  Object.defineProperty(proto, name, {
    __proto__: null,
    configurable: true,
    get: deprecate(function() { return this[kState][key]; }, message, 'DEP0112'),
    set: deprecate(function(value) { this[kState][key] = value; }, message, 'DEP0112'),
  });
}
proto._healthCheck = deprecate(function() {
  healthCheck(this);
}, 'Socket.prototype._healthCheck() is deprecated', 'DEP0112');
proto._stopReceiving = deprecate(function() {
  this[kState].receiving = false;
}, 'Socket.prototype._stopReceiving() is deprecated', 'DEP0112');

module.exports = { _createSocketHandle, createSocket, Socket };
