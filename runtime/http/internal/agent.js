// http.Agent: the sockets of a client, by where they go. With keepAlive, sockets whose request is done wait for the
// next one to the same place.
'use strict';

const EventEmitter = require('events');
const net = require('net');
const { onFollowed } = require('internal/async_hooks');
const { kHighWaterMark } = require('internal/http/outgoing');
const { onStreamRead } = require('internal/net/stream_handle');
const { debuglog } = require('internal/util/debuglog');
const { validateNumber, validateOneOf, validateString } = require('internal/validators');

const debug = debuglog('http');

const kOnKeylog = Symbol('onkeylog');
const kRequestOptions = Symbol('requestOptions');
/** Where requests go first, with the option proxyEnv. */
const kProxy = Symbol('proxy');

// Added to the time-out of a waiting socket by the server's clock: a request sent at the last moment would be lost.
const kTimeoutBuffer = 1000;

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.options = { __proto__: null, ...options };
  this.defaultPort = this.options.defaultPort || 80;
  this.protocol = this.options.protocol || 'http:';
  if (this.options.noDelay === undefined) this.options.noDelay = true;
  // A socket over a path has no host.
  this.options.path = null;
  this.requests = { __proto__: null };
  this.sockets = { __proto__: null };
  this.freeSockets = { __proto__: null };
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  this.agentKeepAliveTimeoutBuffer =
    Number.isFinite(this.options.agentKeepAliveTimeoutBuffer) && this.options.agentKeepAliveTimeoutBuffer >= 0 ?
      this.options.agentKeepAliveTimeoutBuffer : kTimeoutBuffer;
  const { proxyEnv } = this.options;
  this[kProxy] = proxyEnv ? require('internal/http/proxy').readProxyEnv(proxyEnv, this.protocol) : undefined;
  validateOneOf(this.scheduling, 'scheduling', ['fifo', 'lifo']);
  if (this.maxTotalSockets !== undefined) {
    validateNumber(this.maxTotalSockets, 'maxTotalSockets', 1);
  } else {
    this.maxTotalSockets = Infinity;
  }
  this.on('free', onFree);
  // Key material is logged when somebody asks for it.
  this.on('newListener', enableKeylog);
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);

Agent.defaultMaxSockets = Infinity;

Agent.prototype.createConnection = function createConnection(...args) {
  return net.createConnection(...args);
};

/** The name of a place: sockets with the same one serve the same requests. */
Agent.prototype.getName = function getName(options = {}) {
  let name = options.host || 'localhost';
  name += ':';
  if (options.port) name += options.port;
  name += ':';
  if (options.localAddress) name += options.localAddress;
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

function enableKeylog(event) {
  if (event !== 'keylog') return;
  this.removeListener('newListener', enableKeylog);
  const agent = this;
  this[kOnKeylog] = function(line) {
    agent.emit('keylog', line, this);
  };
  for (const sockets of [...Object.values(this.sockets), ...Object.values(this.freeSockets)]) {
    for (const socket of sockets) socket.on('keylog', this[kOnKeylog]);
  }
}

// A request is done with its socket: `this` is the agent.
function onFree(socket, options) {
  const name = this.getName(options);
  // TLS sockets that are not ready have nothing to give.
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = this.requests[name];
  if (waiting !== undefined && waiting.length > 0) {
    const req = waiting.shift();
    const context = req[kRequestOptions];
    if (context?.asyncResource) context.asyncResource.runInAsyncScope(() => useSocket(this, req, socket));
    else useSocket(this, req, socket);
    if (waiting.length === 0) delete this.requests[name];
    return;
  }
  const req = socket._httpMessage;
  if (!req || !req.shouldKeepAlive || !this.keepAlive) {
    socket.destroy();
    return;
  }
  const free = this.freeSockets[name] || [];
  const inUse = this.sockets[name]?.length ?? 0;
  if (this.totalSocketCount > this.maxTotalSockets || inUse + free.length > this.maxSockets + 1 ||
      free.length >= this.maxFreeSockets || !this.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  this.freeSockets[name] = free;
  socket._httpMessage = null;
  debug('agent: a socket for %s is free', name);
  this.removeSocket(socket, options);
  // It is still one of all.
  this.totalSocketCount++;
  socket.on('error', onFreeSocketError);
  guardFreeSocket(socket);
  free.push(socket);
}

// A socket that fails while nobody uses it concerns nobody.
function onFreeSocketError() {
  this.destroy();
  this.emit('agentRemove');
}

// An answer to no request: whatever comes next on this connection cannot be trusted. Seen at the handle, so that the
// program's own listeners stay the only ones.
function guard(socket) {
  const handle = socket._handle;
  if (!handle?.readStart) return;
  handle.onread = () => {
    socket.destroy();
    socket.emit('agentRemove');
  };
}

function release(socket) {
  if (socket._handle?.readStart) socket._handle.onread = onStreamRead;
}

let guardFreeSocket = guard;
let releaseFreeSocket = release;
let useSocket = use;

// While async_hooks follow what is made, a socket is another resource for each request, and none while it waits.
onFollowed((followed) => {
  guardFreeSocket = guard;
  releaseFreeSocket = release;
  useSocket = use;
  if (!followed) return;
  const { rest, renew } = require('internal/http/async_resource');
  guardFreeSocket = (socket) => {
    guard(socket);
    rest(socket);
  };
  releaseFreeSocket = (socket) => {
    release(socket);
    renew(socket);
  };
  useSocket = (agent, req, socket) => {
    renew(socket);
    use(agent, req, socket);
  };
});

Agent.prototype.addRequest = function addRequest(req, options, port, localAddress) {
  // The arguments of long ago: (req, host, port, localAddress).
  if (typeof options === 'string') options = { __proto__: null, host: options, port, localAddress };
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, req);
  const name = this.getName(options);
  this.sockets[name] ??= [];
  const free = this.freeSockets[name];
  let socket;
  if (free) {
    while (free.length > 0 && free[0].destroyed) free.shift();
    socket = this.scheduling === 'fifo' ? free.shift() : free.pop();
    if (free.length === 0) delete this.freeSockets[name];
  }
  const inUse = (this.freeSockets[name]?.length ?? 0) + this.sockets[name].length;
  if (socket) {
    this.reuseSocket(socket, req);
    setRequestSocket(this, req, socket);
    this.sockets[name].push(socket);
  } else if (inUse < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
    this.createSocket(req, options, (error, created) => {
      if (error) req.onSocket(created, error);
      else setRequestSocket(this, req, created);
    });
  } else {
    this.requests[name] ??= [];
    const { AsyncResource } = require('async_hooks');
    req[kRequestOptions] = { options, asyncResource: new AsyncResource('QueuedRequest') };
    this.requests[name].push(req);
  }
};

function normalizeServerName(options, req) {
  if (options.servername || options.servername === '') return;
  options.servername = options.host || '';
  if (!req) return;
  const host = req.getHeader('host');
  if (!host) return;
  validateString(host, 'options.headers.host');
  // abc => abc, abc:123 => abc, [::1]:123 => ::1
  if (host[0] === '[') {
    const index = host.indexOf(']');
    options.servername = index === -1 ? host : host.slice(1, index);
  } else {
    options.servername = host.split(':', 1)[0];
  }
  if (net.isIP(options.servername)) options.servername = '';
}

Agent.prototype.createSocket = function createSocket(req, options, callback) {
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, req);
  const name = this.getName(options);
  options._agentKey = name;
  options.encoding = null;
  let called = false;
  const onCreate = (error, socket) => {
    if (called) return;
    called = true;
    if (error) return callback(error);
    this.sockets[name] ??= [];
    this.sockets[name].push(socket);
    this.totalSocketCount++;
    installListeners(this, socket, options);
    callback(null, socket);
  };
  if (this.keepAlive) {
    options.keepAlive = this.keepAlive;
    options.keepAliveInitialDelay = this.keepAliveMsecs;
  }
  debug('agent: a new socket for %s', name);
  if (this[kProxy]?.isUsedFor(options)) {
    this[kProxy].connect(this, req, options, onCreate);
    return;
  }
  const socket = this.createConnection(options, onCreate);
  if (socket) onCreate(null, socket);
};

function installListeners(agent, socket, options) {
  const onFreeSocket = () => agent.emit('free', socket, options);
  const onClose = () => agent.removeSocket(socket, options);
  // A socket that nobody uses is closed when it has waited too long.
  const onTimeout = () => {
    for (const name of Object.keys(agent.freeSockets)) {
      if (agent.freeSockets[name].includes(socket)) return socket.destroy();
    }
  };
  const onRemove = () => {
    agent.removeSocket(socket, options);
    socket.removeListener('close', onClose);
    socket.removeListener('free', onFreeSocket);
    socket.removeListener('timeout', onTimeout);
    socket.removeListener('agentRemove', onRemove);
  };
  socket.on('free', onFreeSocket);
  socket.on('close', onClose);
  socket.on('timeout', onTimeout);
  socket.on('agentRemove', onRemove);
  if (agent[kOnKeylog]) socket.on('keylog', agent[kOnKeylog]);
}

Agent.prototype.removeSocket = function removeSocket(socket, options) {
  const name = this.getName(options);
  const sets = [this.sockets];
  // A socket that is closed may also wait.
  if (!socket.writable) sets.push(this.freeSockets);
  for (const sockets of sets) {
    const list = sockets[name];
    const index = list === undefined ? -1 : list.indexOf(socket);
    if (index < 0) continue;
    list.splice(index, 1);
    if (list.length === 0) delete sockets[name];
    this.totalSocketCount--;
  }
  serveNext(this, name, options);
};

// A place became free: the first request that waits gets a new socket.
function serveNext(agent, name, options) {
  let next;
  if (agent.requests[name]?.length) {
    next = agent.requests[name][0];
    options = next[kRequestOptions]?.options ?? options;
  } else {
    for (const other of Object.keys(agent.requests)) {
      if (agent.sockets[other]?.length) continue;
      next = agent.requests[other]?.[0];
      if (next !== undefined) {
        options = next[kRequestOptions].options;
        break;
      }
    }
  }
  if (next === undefined || agent.totalSocketCount >= agent.maxTotalSockets) return;
  if ((agent.sockets[agent.getName(options)]?.length ?? 0) >= agent.maxSockets) return;
  // The request stays queued: the socket is given to it by 'free'.
  agent.createSocket(next, options, (error, created) => {
    if (error) next.onSocket(created, error);
    else created.emit('free');
  });
}

Agent.prototype.keepSocketAlive = function keepSocketAlive(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  let agentTimeout = this.options.timeout || 0;
  let can = true;
  const hint = socket._httpMessage?.res ? keepAliveHint(socket._httpMessage.res) : undefined;
  if (hint !== undefined) {
    const server = hint * 1000 - this.agentKeepAliveTimeoutBuffer;
    if (server <= 0) can = false;
    else if (agentTimeout === 0 || server < agentTimeout) agentTimeout = server;
  }
  if (can && socket.timeout !== agentTimeout) socket.setTimeout(agentTimeout);
  return can;
};

// The seconds of `Keep-Alive: timeout=5`.
function keepAliveHint(res) {
  const header = res.headers?.['keep-alive'];
  if (!header) return undefined;
  const match = /^timeout=(\d+)/.exec(header);
  return match === null ? undefined : Number(match[1]);
}

Agent.prototype.reuseSocket = function reuseSocket(socket, req) {
  debug('agent: a socket that was free, for %s', req.path);
  socket.removeListener('error', onFreeSocketError);
  releaseFreeSocket(socket);
  req.reusedSocket = true;
  if (socket._writableState) socket._writableState.highWaterMark = req[kHighWaterMark];
  socket.ref();
};

Agent.prototype.destroy = function destroy() {
  for (const sockets of [this.freeSockets, this.sockets]) {
    for (const name of Object.keys(sockets)) {
      for (const socket of [...sockets[name]]) socket.destroy();
    }
  }
};

function use(agent, req, socket) {
  agent.sockets[agent.getName(req[kRequestOptions]?.options ?? {})] ??= [];
  setRequestSocket(agent, req, socket);
}

function setRequestSocket(agent, req, socket) {
  req.onSocket(socket);
  const agentTimeout = agent.options.timeout || 0;
  if (req.timeout === undefined || req.timeout === agentTimeout) {
    // What the socket had when it waited is not the request's.
    if (req.timeout === undefined && socket.timeout && agentTimeout === 0) socket.setTimeout(0);
    return;
  }
  socket.setTimeout(req.timeout);
}

function globalAgentOptions() {
  const options = { keepAlive: true, scheduling: 'lifo', timeout: 5000 };
  return require('internal/options').getOptionValue('--use-env-proxy') ? { ...options, proxyEnv: process.env } : options;
}

let globalAgent;

function getGlobalAgent() {
  globalAgent ??= new Agent(globalAgentOptions());
  return globalAgent;
}

function setGlobalAgent(agent) {
  globalAgent = agent;
}

/** What waits for another request waits no more. */
function closeGlobalAgent() {
  globalAgent?.destroy();
}

module.exports = { Agent, closeGlobalAgent, getGlobalAgent, globalAgentOptions, kProxy, setGlobalAgent };
