// net.Server: listen() in all its forms, and what happens to a connection that comes in.
'use strict';

const dc = require('diagnostics_channel');
const EventEmitter = require('events');
const { defaultTriggerAsyncIdScope, newAsyncId, symbols } = require('internal/async_hooks');
const { codes, ErrnoException, ExceptionWithHostPort, UVExceptionWithHostPort } = require('internal/errors');
const {
  validateAbortSignal, validateNumber, validatePort,
} = require('internal/validators');
const { kDeserialize, kTransfer } = require('internal/messaging/transferable');
const { isPipeName, kOwner, normalizeArgs, toNumber } = require('internal/net');
const { BoundSocket } = require('internal/net/bound_socket');
const { Socket, keepAliveSettings, kSetKeepAlive, kSetNoDelay } = require('internal/net/socket');

const binding = internalBinding('net');
const { Pipe, TCP, UV_EADDRINUSE, UV_EINVAL, UV_TCP_IPV6ONLY, UV_TCP_REUSEPORT } = binding;

const serverChannel = dc.channel('net.server.socket');
const listenChannel = dc.tracingChannel('net.server.listen');
const kDefaultBacklog = 511;
const { async_id_symbol: kAsyncId } = symbols;

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this);
  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
  } else if (options === null || options === undefined) {
    options = {};
  } else if (typeof options === 'object') {
    options = { ...options };
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  if (options.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (options.keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;
  }
  if (options.highWaterMark !== undefined) {
    validateNumber(options.highWaterMark, 'options.highWaterMark');
    if (options.highWaterMark < 0) options.highWaterMark = defaultHighWaterMark();
  }

  this._connections = 0;
  this[kAsyncId] = -1;
  this._handle = null;
  this._usingWorkers = false;
  this._workers = [];
  this._unref = false;
  this._listeningId = 1;
  this.allowHalfOpen = Boolean(options.allowHalfOpen);
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = Math.trunc(options.keepAliveInitialDelay / 1000) || 0;
  this.highWaterMark = options.highWaterMark ?? defaultHighWaterMark();
  if (options.blockList) {
    const { BlockList } = require('internal/net/blocklist');
    if (!BlockList.isBlockList(options.blockList)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', options.blockList);
    }
    this.blockList = options.blockList;
  }
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

function defaultHighWaterMark() {
  return require('stream').getDefaultHighWaterMark(false);
}

// listen(port, host, backlog) and its relatives: the backlog is the last number.
function backlogOf(args) {
  return (args.length > 1 && toNumber(args[1])) || (args.length > 2 && toNumber(args[2]));
}

Server.prototype.listen = function listen(...args) {
  const normalized = normalizeArgs(args);
  let options = normalized[0];
  const callback = normalized[1];
  if (this._handle) throw new codes.ERR_SERVER_ALREADY_LISTEN();
  // The last one counts of those whose names are still being looked up.
  this._listeningId++;
  if (callback !== null) this.once('listening', callback);
  const backlog = options.backlog || backlogOf(args) || undefined;
  options = options._handle || options.handle || options;
  if (listenChannel.hasSubscribers) listenChannel.asyncStart.publish({ server: this, options });
  if (BoundSocket.isBoundSocket(options)) options = BoundSocket.adopt(options);
  const flags = (options.ipv6Only ? UV_TCP_IPV6ONLY : 0) | (options.reusePort ? UV_TCP_REUSEPORT : 0);

  if (isHandle(options)) {
    this._handle = options;
    this._handle[kOwner] = this;
    listenInCluster(this, { address: null, port: -1, addressType: -1, backlog, exclusive: true });
    return this;
  }
  addAbortSignalOption(this, options);
  if (typeof options.fd === 'number' && options.fd >= 0) {
    listenInCluster(this, { address: null, port: null, addressType: null, backlog, fd: options.fd });
    return this;
  }
  if (typeof args[0] === 'undefined' || typeof args[0] === 'function' || options.port === null ||
      (typeof options.port === 'undefined' && 'port' in options)) {
    options.port = 0;
  }
  if (typeof options.port === 'number' || typeof options.port === 'string') {
    listenOnPort(this, options, backlog, flags);
    return this;
  }
  if (options.path && isPipeName(options.path)) {
    listenOnPath(this, options, backlog);
    return this;
  }
  if (!('port' in options || 'path' in options)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  }
  throw new codes.ERR_INVALID_ARG_VALUE('options', options);
};

function isHandle(value) {
  return value instanceof TCP || value instanceof Pipe;
}

function addAbortSignalOption(server, options) {
  if (options?.signal === undefined) return;
  validateAbortSignal(options.signal, 'options.signal');
  const { signal } = options;
  const onAborted = () => server.close();
  if (signal.aborted) {
    process.nextTick(onAborted);
  } else {
    const disposable = require('events').addAbortListener(signal, onAborted);
    server.once('close', disposable[Symbol.dispose]);
  }
}

function listenOnPort(server, options, backlog, flags) {
  validatePort(options.port, 'options.port');
  const port = options.port | 0;
  const exclusive = Boolean(options.exclusive) || Boolean(options.reusePort);
  const where = { port, backlog, flags, exclusive };
  if (!options.host) {
    listenInCluster(server, { ...where, address: null, addressType: 4 });
    return;
  }
  const id = server._listeningId;
  require('dns').lookup(options.host, { all: true }, (error, addresses) => {
    // Closed while the name was looked up, or told to listen elsewhere.
    if (server._listeningId !== id) return;
    if (error) {
      server.emit('error', error);
      return;
    }
    // An address of one link only is not what was meant while there is another.
    const { address, family } = addresses.find((entry) => !isLinkLocal(entry)) ?? addresses[0] ?? { family: 4 };
    listenInCluster(server, { ...where, address, addressType: family });
  });
}

// fe80::/10
function isLinkLocal({ address, family }) {
  return family === 6 && /^fe[89ab]/i.test(address);
}

function listenOnPath(server, options, backlog) {
  if (options.path[0] === '\0' && (options.readableAll || options.writableAll)) {
    throw new codes.ERR_INVALID_ARG_VALUE(
      'options', options, 'can not set readableAll or writableAllt to true when path is abstract unix socket');
  }
  const path = server._pipeName = options.path;
  listenInCluster(server, {
    address: path, port: -1, addressType: -1, backlog, exclusive: Boolean(options.exclusive),
  });
  if (!server._handle) return;
  let mode = 0;
  if (options.readableAll) mode |= binding.UV_READABLE;
  if (options.writableAll) mode |= binding.UV_WRITABLE;
  if (mode === 0) return;
  const error = server._handle.fchmod(mode);
  if (error) {
    server._handle.close();
    server._handle = null;
    throw new ErrnoException(error, 'uv_pipe_chmod');
  }
}

// In a cluster worker the primary holds the listening sockets; everywhere else, and where the program asks for a socket
// of its own, it is made here.
function listenInCluster(server, where) {
  const cluster = where.exclusive ? null : require('internal/net/cluster_hook').worker;
  if (!cluster) {
    server._listen2(where.address, where.port, where.addressType, where.backlog, where.fd, where.flags);
    return;
  }
  const id = server._listeningId;
  cluster._getServer(server, where, (error, handle) => {
    if (server._listeningId !== id) {
      handle?.close();
      return;
    }
    error = checkBindError(error, where.port, handle);
    if (error) {
      failLater(server, new ExceptionWithHostPort(error, 'bind', where.address, where.port));
      return;
    }
    server._handle = handle;
    server._listen2(where.address, where.port, where.addressType, where.backlog, where.fd, where.flags);
  });
}

// A shared handle may be bound to another port than the one asked for: somebody else has it.
function checkBindError(error, port, handle) {
  if (error === 0 && port > 0 && handle.getsockname) {
    const name = handle.getsockname();
    if (typeof name === 'object' && name.port !== port) return UV_EADDRINUSE;
  }
  return error;
}

/** Makes a bound handle: the handle, or a negative error. */
function createServerHandle(address, port, addressType, fd, flags) {
  if (typeof fd === 'number' && fd >= 0) return handleOfDescriptor(fd);
  // Programs can get at this as net._createServerHandle().
  if (address) address = `${address}`;
  port |= 0;
  if (port === -1 && addressType === -1) {
    const pipe = new Pipe(false, /* serves */ true);
    return bound(pipe, pipe.bind(address));
  }
  const handle = new TCP(/* serves */ true);
  if (address) return bound(handle, handle.bind(address, port, flags ?? 0));
  // No address: dual-stack, and plain IPv4 where IPv6 is not to be had.
  const error = handle.bind('::', port, flags ?? 0);
  if (!error) return handle;
  handle.close();
  return createServerHandle('0.0.0.0', port, 4, undefined, flags);
}

function bound(handle, error) {
  if (!error) return handle;
  handle.close();
  return error;
}

function handleOfDescriptor(fd) {
  const type = binding.guessHandleType(fd);
  if (type !== 'tcp' && type !== 'pipe') return UV_EINVAL;
  const handle = type === 'tcp' ? new TCP(true) : new Pipe(false, true);
  return bound(handle, handle.open(fd));
}

Server.prototype._listen2 = function setupListenHandle(address, port, addressType, backlog, fd, flags) {
  if (!this._handle) {
    const handle = createServerHandle(address, port, addressType, fd, flags);
    if (typeof handle === 'number') {
      const error = typeof fd === 'number' && fd >= 0 ?
        new ErrnoException(handle, 'listen') :
        new UVExceptionWithHostPort(handle, 'listen', address ?? '::', port);
      failLater(this, error);
      return;
    }
    this._handle = handle;
    if (!address && handle instanceof TCP && typeof fd !== 'number') {
      const name = handle.getsockname();
      address = name.address;
      addressType = name.family === 'IPv6' ? 6 : 4;
    }
  }
  this._handle.onconnection = onConnection;
  this._handle[kOwner] = this;
  const error = this._handle.listen(backlog || kDefaultBacklog);
  if (error) {
    const exception = new UVExceptionWithHostPort(error, 'listen', address ?? '::', port);
    this._handle.close();
    this._handle = null;
    failLater(this, exception);
    return;
  }
  this._connectionKey = `${addressType}:${address}:${port}`;
  if (this._unref) this.unref();
  if (listenChannel.hasSubscribers) listenChannel.asyncEnd.publish({ server: this });
  // In a cluster the primary has the handle.
  this[kAsyncId] = this._handle.getAsyncId?.() ?? newAsyncId();
  defaultTriggerAsyncIdScope(this[kAsyncId], process.nextTick, emitListening, this);
};

function failLater(server, error) {
  if (listenChannel.hasSubscribers) listenChannel.error.publish({ server, error });
  process.nextTick((s, e) => s.emit('error', e), server, error);
}

function emitListening(server) {
  if (server._handle) server.emit('listening');
}

// `this` is the listening handle.
function onConnection(status, client) {
  const server = this[kOwner];
  if (status) server.emit('error', new ErrnoException(status, 'accept'));
  else server._acceptHandle(client);
}

/** Takes a connected handle, from the listening socket or from a cluster's primary. */
Server.prototype._acceptHandle = function acceptHandle(handle) {
  if (this.maxConnections !== null && this.maxConnections !== undefined &&
      this._connections >= this.maxConnections) {
    this._dropConnection(handle);
    return;
  }
  if (this.blockList && handle.getpeername) {
    const name = handle.getpeername();
    if (typeof name === 'object' && this.blockList.check(name.address, name.family.toLowerCase())) {
      handle.close();
      return;
    }
  }
  const socket = this._wrapHandle(handle);
  this._connections++;
  socket.server = this;
  socket._server = this;
  this.emit('connection', socket);
  if (serverChannel.hasSubscribers) serverChannel.publish({ socket });
};

// noRead: somebody else reads from the handle.
Server.prototype._wrapHandle = function wrapHandle(handle, noRead = false) {
  const socket = new Socket({
    handle,
    allowHalfOpen: this.allowHalfOpen,
    pauseOnCreate: this.pauseOnConnect,
    noRead,
    readable: true,
    writable: true,
    readableHighWaterMark: this.highWaterMark,
    writableHighWaterMark: this.highWaterMark,
  });
  if (this.noDelay && handle.setNoDelay) {
    socket[kSetNoDelay] = true;
    handle.setNoDelay(true);
  }
  if (this.keepAlive && handle.setKeepAlive) {
    socket[kSetKeepAlive] = keepAliveSettings(true, this.keepAliveInitialDelay * 1000);
    handle.setKeepAlive(true, this.keepAliveInitialDelay);
  }
  return socket;
};

Server.prototype._dropConnection = function dropConnection(handle) {
  let data;
  if (handle.getsockname && handle.getpeername) {
    const local = handle.getsockname();
    const remote = handle.getpeername();
    data = {
      localAddress: local.address,
      localPort: local.port,
      localFamily: local.family,
      remoteAddress: remote.address,
      remotePort: remote.port,
      remoteFamily: remote.family,
    };
  }
  handle.close();
  this.emit('drop', data);
};

Object.defineProperty(Server.prototype, 'listening', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return Boolean(this._handle);
  },
});

Server.prototype.address = function address() {
  if (this._handle?.getsockname) {
    const name = this._handle.getsockname();
    if (typeof name === 'string') return this._pipeName ?? name;
    if (typeof name === 'number') throw new ErrnoException(name, 'address');
    if (this._pipeName) return this._pipeName;
    return name;
  }
  return this._pipeName ?? null;
};

Server.prototype.getConnections = function getConnections(callback) {
  const finish = (error, count) => process.nextTick(callback, error, count);
  if (!this._usingWorkers) {
    finish(null, this._connections);
    return this;
  }
  let left = this._workers.length;
  let total = this._connections;
  const onCount = (error, count) => {
    if (left < 0) return;
    if (error) {
      left = -1;
      finish(error);
      return;
    }
    total += count;
    if (--left === 0) finish(null, total);
  };
  for (const worker of this._workers) worker.getConnections(onCount);
  return this;
};

Server.prototype.close = function close(callback) {
  if (typeof callback === 'function') {
    if (!this._handle) {
      this.once('close', () => callback(new codes.ERR_SERVER_NOT_RUNNING()));
    } else {
      this.once('close', callback);
    }
  }
  if (this._handle) {
    this._handle.close();
    this._handle = null;
  }
  this._listeningId++;
  if (!this._usingWorkers) {
    this._emitCloseIfDrained();
    return this;
  }
  let left = this._workers.length;
  const onWorkerClose = () => {
    if (--left === 0) {
      this._connections = 0;
      this._emitCloseIfDrained();
    }
  };
  this._connections++;
  for (const worker of this._workers) worker.close(onWorkerClose);
  return this;
};

Server.prototype[Symbol.asyncDispose] = async function() {
  if (!this._handle) return;
  await new Promise((resolve, reject) => {
    this.close((error) => (error ? reject(error) : resolve()));
  });
};

Server.prototype._emitCloseIfDrained = function emitCloseIfDrained() {
  if (this._handle || this._connections) return;
  defaultTriggerAsyncIdScope(this[kAsyncId], process.nextTick, emitClose, this);
};

function emitClose(server) {
  server.emit('close');
}

Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, socket) {
  if (event === 'connection') socket.destroy(error);
  else this.emit('error', error);
};

// A process that was sent this server's handle counts connections of its own.
Server.prototype._setupWorker = function setupWorker(socketList) {
  this._usingWorkers = true;
  this._workers.push(socketList);
  socketList.once('exit', (list) => {
    this._workers.splice(this._workers.indexOf(list), 1);
  });
};

Server.prototype.ref = function ref() {
  this._unref = false;
  if (this._handle) this._handle.ref();
  return this;
};

Server.prototype.unref = function unref() {
  this._unref = true;
  if (this._handle) this._handle.unref();
  return this;
};

// To another thread.
Object.defineProperties(Server.prototype, {
  [kDeserialize]: { __proto__: null, value(data) { require('internal/net/transfer').receiveServer(this, data); } },
  [kTransfer]: { __proto__: null, value() { return require('internal/net/transfer').transferServer(this); } },
});

module.exports = { Server, createServerHandle };
