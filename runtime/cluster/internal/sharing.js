// How the primary shares a listening socket among the workers, one class per way. Each has
//   add(worker, send)    send(errno, reply, handle) answers the worker that asked to listen
//   remove(worker)       true when no worker is left
//   load(worker, report) what a worker said about itself
//   lost(worker)         it takes no connection any more: it has closed the socket, or its channel is closed
'use strict';

const net = require('net');
const path = require('path');

const binding = internalBinding('net');
const { send } = require('internal/cluster/messages');

/** A socket's path is at most 107 bytes long (103 on macOS); the workers send absolute ones. */
function shortestPath(address) {
  if (typeof address !== 'string' || !path.isAbsolute(address)) return address;
  const relative = path.relative(process.cwd(), address);
  return relative.length < address.length ? relative : address;
}

/** A handle that all workers use side by side; it stays open until the last of them has gone. */
class ListeningHandle {
  workers = new Map();
  errno = 0;
  handle = null;

  constructor(key) {
    this.key = key;
  }

  remove(worker) {
    if (!this.workers.delete(worker.id) || this.workers.size > 0) return false;
    this.handle?.close();
    this.handle = null;
    return true;
  }

  load() {}
  lost() {}
}

/** The workers have the handle themselves and compete for connections. Datagram sockets are always shared so. */
class SharedHandle extends ListeningHandle {
  constructor(key, where) {
    super(key);
    const { addressType, fd, flags, port } = where;
    const address = port < 0 ? shortestPath(where.address) : where.address;
    const result = addressType === 'udp4' || addressType === 'udp6' ?
      require('dgram')._createSocketHandle(address, port, addressType, fd, flags) :
      net._createServerHandle(address, port, addressType, fd, flags);
    if (typeof result === 'number') this.errno = result;
    else this.handle = result;
  }

  add(worker, answer) {
    this.workers.set(worker.id, worker);
    answer(this.errno, null, this.handle);
  }
}

/** The primary holds the port, every worker listens on it with SO_REUSEPORT, and the kernel spreads connections. */
class ReusePortHandle extends ListeningHandle {
  constructor(key, where) {
    super(key);
    const flags = where.flags | binding.UV_TCP_REUSEPORT;
    const result = net._createServerHandle(where.address, where.port, where.addressType, where.fd, flags);
    // A port that somebody else listens on shows when the name is asked for.
    const name = typeof result === 'number' ? result : result.getsockname();
    if (typeof name === 'number') {
      this.errno = name;
      if (typeof result !== 'number') result.close();
      return;
    }
    this.handle = result;
    this.name = name;
  }

  add(worker, answer) {
    if (this.errno !== 0) {
      answer(this.errno, null, null);
      return;
    }
    this.workers.set(worker.id, worker);
    answer(0, { reusePort: true, address: this.name.address, port: this.name.port, sockname: this.name }, null);
  }
}

/** The primary accepts and hands each connection to the worker whose turn it is. */
class RoundRobinHandle {
  constructor(key, where) {
    this.key = key;
    this.all = new Map();
    this.free = new Map();
    this.waiting = [];     // accepted, not handed on yet
    this.underWay = new Map();  // by worker: sent to it, not acknowledged yet
    this.handle = null;
    this.server = net.createServer();
    const { address, backlog, fd, flags, port } = where;
    if (typeof fd === 'number' && fd >= 0) {
      this.server.listen({ fd, backlog });
    } else if (port >= 0) {
      const options = { port, host: address, ipv6Only: Boolean(flags & binding.UV_TCP_IPV6ONLY), backlog, exclusive: true };
      this.server.listen(options);
    } else {
      this.server.listen({ path: shortestPath(address), backlog, ...where.pipe });
    }
    this.server.once('listening', () => {
      this.handle = this.server._handle;
      this.handle.onconnection = (status, connection) => {
        if (status === 0) this.distribute(connection);
      };
      this.server._handle = null;
      this.server = null;
    });
  }

  add(worker, answer) {
    this.all.set(worker.id, worker);
    const done = () => {
      const name = this.handle.getsockname();
      answer(0, typeof name === 'object' ? { sockname: name } : null, null);
      this.handOver(worker);
    };
    if (this.server === null) {
      done();
      return;
    }
    this.server.once('listening', done);
    this.server.once('error', (error) => answer(error.errno, null, null));
  }

  remove(worker) {
    if (!this.all.delete(worker.id)) return false;
    this.free.delete(worker.id);
    if (this.all.size > 0) return false;
    for (const connection of this.waiting) connection.close();
    this.waiting = [];
    this.handle?.close();
    this.handle = null;
    return true;
  }

  load() {}

  distribute(connection) {
    // The last worker has closed it while this one was under way.
    if (this.handle === null) {
      connection.close();
      return;
    }
    this.waiting.push(connection);
    const worker = this.nextWorker();
    if (worker === undefined) return;
    this.free.delete(worker.id);
    this.handOver(worker);
  }

  nextWorker() {
    return this.free.values().next().value;
  }

  handOver(worker) {
    if (!this.all.has(worker.id)) return;
    const connection = this.waiting.shift();
    if (connection === undefined) {
      // To the end of the queue.
      this.free.delete(worker.id);
      this.free.set(worker.id, worker);
      return;
    }
    this.handTo(worker, connection);
  }

  handTo(worker, connection) {
    const underWay = this.underWayTo(worker);
    underWay.add(connection);
    const sent = send(worker.process, { act: 'newconn', key: this.key }, connection, (reply) => {
      // Else the worker is gone, and somebody else has it.
      if (!underWay.delete(connection)) return;
      if (reply.accepted) {
        connection.close();
        this.handedOver(worker, reply);
      } else {
        this.distribute(connection, worker);
      }
      this.handOver(worker);
    });
    if (sent === false && !worker.process.connected && underWay.delete(connection)) this.distribute(connection);
  }

  underWayTo(worker) {
    let connections = this.underWay.get(worker.id);
    if (connections === undefined) this.underWay.set(worker.id, connections = new Set());
    return connections;
  }

  // A worker acknowledges a connection before it does anything with it: what a dead one has not, another can serve.
  lost(worker) {
    const connections = [...this.underWay.get(worker.id) ?? []];
    this.underWay.get(worker.id)?.clear();
    this.underWay.delete(worker.id);
    for (const connection of connections) this.distribute(connection);
  }

  handedOver() {}
}

// Connections that a worker has not acknowledged yet.
const kMostUnderWay = 16;
// Up to this ratio workers count as equally fast.
const kEquallyFast = 4;

/**
 * As round robin, but the worker with the fewest connections is next, then the one whose loop is least busy. A worker that
 * needs several times as long for a connection as the fastest one counts each of its own as so many.
 */
class LeastBusyHandle extends RoundRobinHandle {
  constructor(key, where) {
    super(key, where);
    this.loads = new Map();
  }

  add(worker, answer) {
    super.add(worker, (errno, reply, native) => answer(errno, { ...reply, reportLoad: true }, native));
  }

  handOver(worker) {
    if (!this.all.has(worker.id)) return;
    this.free.set(worker.id, worker);
    while (this.waiting.length > 0 && this.free.size > 0) this.distribute(this.waiting.shift());
  }

  distribute(connection, refusedBy) {
    const worker = this.handle === null ? undefined : this.nextWorker(refusedBy);
    if (worker === undefined) {
      if (this.handle === null) connection.close();
      else this.waiting.push(connection);
      return;
    }
    // To the end: those that are equally busy take turns.
    this.free.delete(worker.id);
    this.handTo(worker, connection);
    if (this.all.has(worker.id) && this.underWayTo(worker).size < kMostUnderWay) this.free.set(worker.id, worker);
  }

  handedOver(worker, { connections }) {
    const load = this.loadOf(worker);
    load.connections = connections ?? load.connections + 1;
  }

  loadOf(worker) {
    let load = this.loads.get(worker.id);
    if (load === undefined) this.loads.set(worker.id, load = { connections: 0, utilization: 0, cost: 0 });
    return load;
  }

  load(worker, { connections, cost, utilization }) {
    this.loads.set(worker.id, { connections, cost, utilization });
  }

  nextWorker(except) {
    let fastest = Infinity;
    for (const { cost } of this.loads.values()) {
      if (cost > 0 && cost < fastest) fastest = cost;
    }
    let best;
    for (const worker of this.free.values()) {
      if (worker === except) continue;
      const candidate = { worker, ...this.queueOf(worker, fastest) };
      if (best === undefined || isLess(candidate, best)) best = candidate;
    }
    return best?.worker;
  }

  // What a connection would have before it there.
  queueOf(worker, fastest) {
    const { connections, cost, utilization } = this.loadOf(worker);
    const weight = cost > kEquallyFast * fastest ? cost / fastest : 1;
    return { length: weight * (connections + this.underWayTo(worker).size + 1), utilization };
  }

  remove(worker) {
    this.loads.delete(worker.id);
    return super.remove(worker);
  }
}

function isLess(a, b) {
  if (a.length !== b.length) return a.length < b.length;
  // In quarters: workers that are about as busy take turns.
  return Math.round(4 * a.utilization) < Math.round(4 * b.utilization);
}

module.exports = { LeastBusyHandle, ReusePortHandle, RoundRobinHandle, SharedHandle };
