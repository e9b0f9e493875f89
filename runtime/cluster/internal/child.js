// cluster in a worker: the primary is asked for listening sockets, and connections that it accepted come in by IPC.
'use strict';

const EventEmitter = require('events');
const path = require('path');
const hook = require('internal/net/cluster_hook');
const { receiver, send } = require('internal/cluster/messages');
const { Worker } = require('internal/cluster/worker');

const cluster = new EventEmitter();
const handles = new Map();   // by key: what listens, to be closed with the worker
const indexes = new Map();   // by address: how often it was asked for, and how many of those listen or are about to
module.exports = cluster;

cluster.isWorker = true;
cluster.isMaster = false;
cluster.isPrimary = false;
cluster.worker = null;
cluster.Worker = Worker;

/** Called before the program runs in a process that cluster.fork() started. */
cluster._setUp = function() {
  const worker = new Worker({ id: Number(process.env.NODE_UNIQUE_ID), process, state: 'online' });
  delete process.env.NODE_UNIQUE_ID;
  cluster.worker = worker;
  hook.worker = cluster;
  process.once('disconnect', () => {
    // Without its primary a worker has no connections to serve.
    process.channel = null;
    worker.emit('disconnect');
    if (!worker.exitedAfterDisconnect) process.exit(0);
  });
  process.on('internalMessage', receiver((message, handle) => {
    if (message.act === 'newconn') onConnection(message, handle);
    else if (message.act === 'disconnect') leave(worker, true);
  }));
  tell({ act: 'online' });
};

function tell(message, callback) {
  return send(process, message, null, callback);
}

// A worker that listens twice on an address (port 0 mostly) has two sockets, and its first is every worker's first.
function takeIndex(id) {
  let entry = indexes.get(id);
  if (entry === undefined) indexes.set(id, entry = { next: 0, open: 0 });
  entry.open++;
  return entry.next++;
}

function releaseIndex(id) {
  const entry = indexes.get(id);
  if (--entry.open === 0) indexes.delete(id);
}

function nameOf(server) {
  try {
    return server.address();
  } catch {
    // A listener of the program's own has closed the datagram socket.
    return null;
  }
}

/**
 * A listening handle for a net.Server or dgram.Socket. `where` is what it was told: address, port, addressType, fd, flags,
 * backlog; `callback(error, handle)` gets a negative error or 0.
 */
cluster._getServer = function(server, where, callback) {
  let { address } = where;
  // Relative paths mean the same in every process.
  if (where.port < 0 && typeof address === 'string' && address[0] !== '\0') address = path.resolve(address);
  const id = `${address}:${where.port}:${where.addressType}:${where.fd}`;
  const index = takeIndex(id);
  const request = {
    act: 'queryServer', index, address, port: where.port, addressType: where.addressType, fd: where.fd,
    flags: where.flags ?? 0, backlog: where.backlog, data: server._getServerData?.() ?? null,
  };
  tell(request, (reply, handle) => {
    // What the first worker sent: all serve the sessions of one another.
    if (reply.data) server._setServerData?.(reply.data);
    if (handle) useSharedHandle(reply, handle, id, callback);
    else if (reply.reusePort) useOwnSocket(reply, where, id, callback);
    else useRoundRobin(reply, { id, maxConnections: () => server.maxConnections }, callback);
  });
  server.once('listening', () => {
    cluster.worker.state = 'listening';
    const name = nameOf(server);
    tell({
      act: 'listening', address: where.address, addressType: where.addressType, fd: where.fd,
      port: (name !== null && typeof name === 'object' && name.port) || where.port,
    });
  });
};

// The primary hears of it when the handle is closed.
function keepUntilClosed(key, handle, id) {
  const close = handle.close;
  handle.close = function(...args) {
    tell({ act: 'close', key });
    handles.delete(key);
    releaseIndex(id);
    return Reflect.apply(close, handle, args);
  };
  handles.set(key, handle);
}

// The primary's own listening socket: whoever is first to accept has the connection.
function useSharedHandle(reply, handle, id, callback) {
  keepUntilClosed(reply.key, handle, id);
  callback(reply.errno, handle);
}

// A socket of our own on the port that the primary holds; the kernel spreads the connections.
function useOwnSocket(reply, where, id, callback) {
  const { TCP, UV_TCP_REUSEPORT } = internalBinding('net');
  const { createServerHandle } = require('internal/net/server');
  const handle = createServerHandle(reply.address, reply.port, where.addressType, undefined,
                                    where.flags | UV_TCP_REUSEPORT);
  if (!(handle instanceof TCP)) {
    tell({ act: 'close', key: reply.key });
    releaseIndex(id);
    callback(handle, null);
    return;
  }
  keepUntilClosed(reply.key, handle, id);
  callback(0, handle);
}

// The primary accepts; this stands in for the listening handle.
function useRoundRobin(reply, entry, callback) {
  if (reply.errno) {
    releaseIndex(entry.id);
    callback(reply.errno, null);
    return;
  }
  let { key } = reply;
  // Holds the process as a listening socket would.
  const { setInterval, clearInterval } = require('timers');
  const keepAlive = setInterval(() => {}, 0x7fffffff);
  const handle = {
    listen: () => 0,
    close() {
      if (key === undefined) return;
      clearInterval(keepAlive);
      handles.delete(key);
      releaseIndex(entry.id);
      tell({ act: 'close', key });
      key = undefined;
    },
    ref: () => keepAlive.ref(),
    unref: () => keepAlive.unref(),
    hasRef: () => keepAlive.hasRef(),
    maxConnections: entry.maxConnections,
  };
  if (reply.reportLoad) reportLoad(handle, () => key !== undefined);
  if (reply.sockname) handle.getsockname = () => ({ ...reply.sockname });
  handles.set(key, handle);
  callback(0, handle);
}

// How long a load is measured, and how long the news of a closed connection waits for an answer to the primary that
// would take it along.
const kLoadMs = 100;
const kClosedMs = 1;
// What becomes of a worker's cost while it gets no connection, so that it is tried again; and what is none.
const kForget = 0.9;
const kNoCostMs = 0.01;

/** Processor time in ms that this thread has used. */
function threadMs() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

// SCHED_LEAST_BUSY: tells the primary how many connections are open, how busy the loop is and what a connection costs in
// processor time, when that changed.
function reportLoad(handle, isOpen) {
  const { kOwner } = require('internal/net');
  const { performance } = require('perf_hooks');
  const { clearInterval, setInterval, setTimeout } = require('timers');
  const load = { connections: 0, utilization: 0, cost: 0 };
  let told = { ...load };
  let soon;
  const report = () => {
    soon = undefined;
    load.connections = handle[kOwner]?._connections ?? 0;
    if (!isOpen() || (load.connections === told.connections && load.cost === told.cost &&
        Math.abs(load.utilization - told.utilization) < 0.01)) return;
    told = { ...load };
    tell({ act: 'load', ...load });
  };
  let accepted = 0;
  // Called by an answer to the primary about a connection.
  handle.countWithNext = () => {
    accepted++;
    return (told.connections = handle[kOwner]._connections + 1);
  };
  handle.watchConnections = () => {
    const server = handle[kOwner];
    const emitCloseIfDrained = server._emitCloseIfDrained;
    const value = function() {
      soon ??= setTimeout(report, kClosedMs).unref();
      return Reflect.apply(emitCloseIfDrained, server, []);
    };
    Object.defineProperty(server, '_emitCloseIfDrained', { __proto__: null, configurable: true, value, writable: true });
    handle.watchConnections = undefined;
  };
  let loopBefore = performance.eventLoopUtilization();
  let msBefore = threadMs();
  const timer = setInterval(() => {
    const loopNow = performance.eventLoopUtilization();
    load.utilization = performance.eventLoopUtilization(loopNow, loopBefore).utilization;
    loopBefore = loopNow;
    const msNow = threadMs();
    if (accepted > 0) load.cost = (msNow - msBefore) / accepted;
    else load.cost = load.cost < kNoCostMs ? 0 : kForget * load.cost;
    msBefore = msNow;
    accepted = 0;
    report();
    if (!isOpen()) clearInterval(timer);
  }, kLoadMs);
  timer.unref();
}

function onConnection({ key, seq }, handle) {
  const listening = handles.get(key);
  const { kOwner } = require('internal/net');
  const server = listening?.[kOwner];
  const full = typeof server?.maxConnections === 'number' && server._connections >= server.maxConnections &&
    !server.dropMaxConnection;
  const accepted = listening !== undefined && listening.onconnection !== undefined && !full && Boolean(handle);
  if (accepted) listening.watchConnections?.();
  send(process, { ack: seq, accepted, connections: accepted ? listening.countWithNext?.() : undefined }, null);
  if (accepted) listening.onconnection(0, handle);
  else handle?.close();
}

function closeHandles() {
  for (const handle of [...handles.values()]) handle.close();
  handles.clear();
}

// Stops listening, tells the primary, disconnects.
function leave(worker, asked) {
  worker.exitedAfterDisconnect = true;
  closeHandles();
  const disconnect = () => {
    if (process.connected) process.disconnect();
  };
  if (asked) process.nextTick(disconnect);
  else tell({ act: 'exitedAfterDisconnect' }, disconnect);
}

Worker.prototype.disconnect = function() {
  if (this.state !== 'disconnecting' && this.state !== 'destroying') {
    this.state = 'disconnecting';
    leave(this, false);
  }
  return this;
};

Worker.prototype.destroy = function() {
  if (this.state === 'destroying') return;
  this.exitedAfterDisconnect = true;
  if (!this.isConnected()) {
    process.exit(0);
    return;
  }
  this.state = 'destroying';
  tell({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
  process.once('disconnect', () => process.exit(0));
};
