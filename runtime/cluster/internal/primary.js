// cluster in the primary: starts workers, shares listening sockets among them, tells the program what becomes of them.
'use strict';

const EventEmitter = require('events');
const { validateOneOf } = require('internal/validators');
const { receiver, send } = require('internal/cluster/messages');
const { LeastBusyHandle, ReusePortHandle, RoundRobinHandle, SharedHandle } = require('internal/cluster/sharing');
const { Worker } = require('internal/cluster/worker');

const SCHED_NONE = 1;
const SCHED_RR = 2;
// Gyre's own.
const SCHED_REUSEPORT = 3;
const SCHED_LEAST_BUSY = 4;

const kPolicies = {
  '__proto__': null, 'none': SCHED_NONE, 'rr': SCHED_RR, 'reuseport': SCHED_REUSEPORT, 'least-busy': SCHED_LEAST_BUSY,
};

const kMinPort = 1024;
const kMaxPort = 65535;

const cluster = new EventEmitter();
const internal = new EventEmitter();
const handles = new Map();
// What each worker has asked for and not closed: connections to it may be under way after everybody has left a handle.
const handlesOf = new WeakMap();
let ids = 0;
let initialized = false;
module.exports = cluster;

cluster.isWorker = false;
cluster.isMaster = true;
cluster.isPrimary = true;
cluster.Worker = Worker;
cluster.workers = {};
cluster.settings = {};
cluster.SCHED_NONE = SCHED_NONE;
cluster.SCHED_RR = SCHED_RR;
cluster.SCHED_REUSEPORT = SCHED_REUSEPORT;
cluster.SCHED_LEAST_BUSY = SCHED_LEAST_BUSY;
cluster.schedulingPolicy = kPolicies[process.env.NODE_CLUSTER_SCHED_POLICY] ?? SCHED_RR;

cluster.setupPrimary = function(options) {
  const settings = {
    args: process.argv.slice(2),
    exec: process.argv[1],
    execArgv: process.execArgv,
    silent: false,
    ...cluster.settings,
    ...options,
  };
  // Flags for one debugger or profile are for one process.
  if (settings.execArgv.some((flag) => flag.startsWith('--prof')) && !settings.execArgv.some((f) => f.startsWith('--logfile='))) {
    settings.execArgv = [...settings.execArgv, '--logfile=%p-%t.log'];
  }
  cluster.settings = settings;
  if (!initialized) {
    initialized = true;
    validateOneOf(cluster.schedulingPolicy, 'cluster.schedulingPolicy', Object.values(kPolicies));
  }
  process.nextTick(() => cluster.emit('setup', settings));
};

// Deprecated since v16; the same.
cluster.setupMaster = cluster.setupPrimary;

let lastDebugPort;

/** Each worker's inspector has a port of its own: counted up from this process's, or as settings.inspectPort says. */
function withDebugPort(settings) {
  const { execArgv } = settings;
  const flags = [...execArgv, ...(process.env.NODE_OPTIONS ?? '').split(' ')];
  if (!flags.some((flag) => /^--(?:inspect(?:-brk|-port|-wait)?|debug-port)(?:=|$)/.test(flag))) return execArgv;
  let port;
  if ('inspectPort' in settings) {
    port = typeof settings.inspectPort === 'function' ? settings.inspectPort() : settings.inspectPort;
    require('internal/validators').validatePort(port);
  } else {
    lastDebugPort = (lastDebugPort ?? process.debugPort) + 1;
    if (lastDebugPort > kMaxPort) lastDebugPort = kMinPort;
    port = lastDebugPort;
  }
  return [...execArgv, `--inspect-port=${port}`];
}

function startProcess(id, env) {
  const { settings } = cluster;
  const { fork } = require('child_process');
  return fork(settings.exec, settings.args, {
    cwd: settings.cwd,
    env: { ...process.env, ...env, NODE_UNIQUE_ID: `${id}` },
    serialization: settings.serialization,
    silent: settings.silent,
    windowsHide: settings.windowsHide,
    execPath: settings.execPath,
    execArgv: withDebugPort(settings),
    stdio: settings.stdio,
    gid: settings.gid,
    uid: settings.uid,
  });
}

function removeWorker(worker) {
  delete cluster.workers[worker.id];
  if (Object.keys(cluster.workers).length === 0) internal.emit('disconnect');
}

function removeHandlesOf(worker) {
  for (const [key, handle] of handles) {
    if (handle.remove(worker)) handles.delete(key);
  }
}

cluster.fork = function(env) {
  cluster.setupPrimary();
  const id = ++ids;
  const worker = new Worker({ id, process: startProcess(id, env) });
  worker.on('message', function(message, handle) {
    cluster.emit('message', this, message, handle);
  });
  worker.process.once('exit', (exitCode, signalCode) => {
    // The last messages may still be in the channel.
    if (!worker.isConnected()) {
      removeHandlesOf(worker);
      removeWorker(worker);
    }
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'dead';
    worker.emit('exit', exitCode, signalCode);
    cluster.emit('exit', worker, exitCode, signalCode);
  });
  worker.process.once('disconnect', () => {
    removeHandlesOf(worker);
    for (const handle of handlesOf.get(worker) ?? []) handle.lost(worker);
    if (worker.isDead()) removeWorker(worker);
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'disconnected';
    worker.emit('disconnect');
    cluster.emit('disconnect', worker);
  });
  worker.process.on('internalMessage', receiver((message, handle) => onMessage(worker, message, handle)));
  process.nextTick(() => cluster.emit('fork', worker));
  cluster.workers[id] = worker;
  return worker;
};

cluster.disconnect = function(callback) {
  const workers = Object.values(cluster.workers);
  if (workers.length === 0) {
    process.nextTick(() => internal.emit('disconnect'));
  } else {
    for (const worker of workers) {
      if (worker.isConnected()) worker.disconnect();
    }
  }
  if (typeof callback === 'function') internal.once('disconnect', callback);
};

function onMessage(worker, message) {
  switch (message.act) {
    case 'online':
      worker.state = 'online';
      worker.emit('online');
      cluster.emit('online', worker);
      break;
    case 'queryServer':
      queryServer(worker, message);
      break;
    case 'listening': {
      const { address, addressType, fd, port } = message;
      const info = { addressType, address, port, fd };
      worker.state = 'listening';
      worker.emit('listening', info);
      cluster.emit('listening', worker, info);
      break;
    }
    case 'exitedAfterDisconnect':
      worker.exitedAfterDisconnect = true;
      send(worker.process, { ack: message.seq }, null);
      break;
    case 'close': {
      const handle = handles.get(message.key);
      if (handle === undefined) break;
      if (handle.remove(worker)) handles.delete(message.key);
      // It takes no connection any more.
      handle.lost(worker);
      handlesOf.get(worker)?.delete(handle);
      break;
    }
    case 'load':
      for (const handle of handles.values()) handle.load(worker, message);
      break;
  }
}

function handleClassFor({ addressType, port }) {
  const isUdp = addressType === 'udp4' || addressType === 'udp6';
  const policy = cluster.schedulingPolicy;
  if (isUdp || policy === SCHED_NONE) return SharedHandle;
  if (policy === SCHED_REUSEPORT && port >= 0) return ReusePortHandle;
  return policy === SCHED_LEAST_BUSY ? LeastBusyHandle : RoundRobinHandle;
}

function queryServer(worker, message) {
  // On its way out.
  if (worker.exitedAfterDisconnect) return;
  const { seq, ...where } = message;
  const key = `${where.address}:${where.port}:${where.addressType}:${where.fd}:${where.index}`;
  let handle = handles.get(key);
  if (handle === undefined) {
    handle = new (handleClassFor(where))(key, where);
    handles.set(key, handle);
  }
  if (!handlesOf.has(worker)) handlesOf.set(worker, new Set());
  handlesOf.get(worker).add(handle);
  handle.data ??= where.data;
  handle.add(worker, (errno, reply, native) => {
    const { data } = handles.get(key) ?? {};
    // One that failed is tried anew by the next who asks.
    if (errno) handles.delete(key);
    send(worker.process, { errno, key, ack: seq, data, ...reply }, native);
  });
}

Worker.prototype.disconnect = function() {
  this.exitedAfterDisconnect = true;
  send(this.process, { act: 'disconnect' }, null);
  removeHandlesOf(this);
  removeWorker(this);
  return this;
};

Worker.prototype.destroy = function(signal) {
  this.process.kill(signal || 'SIGTERM');
};
