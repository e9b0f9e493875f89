'use strict';
// A cluster of four workers under load while things happen to it: workers are killed and stopped, their threads hit
// their memory limits and are terminated in endless loops. The primary stays up, connections to live workers all
// succeed, and memory and descriptors of the primary return to what they were.
//
//     gyre --expose-gc chaos.js [SECONDS [SEED]]

const assert = require('assert');
const cluster = require('cluster');
const fs = require('fs');
const net = require('net');
const { Worker, isMainThread } = require('worker_threads');

const kWorkers = 4;
const kClients = 8;
const kWarmUpMs = 3000;
const kMaxGrowthMib = 24;
const kDyingMs = 50;

const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// --- A worker: serves, and has threads come to grief. ---

function startThread(kind) {
  const thread = new Worker(__filename, { argv: [kind], resourceLimits: { maxOldGenerationSizeMb: 16 } });
  thread.on('error', (error) => {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
  });
  return thread;
}

async function terminateOne() {
  const thread = startThread('loop');
  await new Promise((resolve) => { thread.once('online', resolve); });
  await thread.terminate();
}

function work() {
  net.createServer((socket) => {
    socket.on('error', () => {});
    socket.write(`${process.pid}\n`);
    socket.on('data', (data) => socket.end(data));
  }).listen(0, '127.0.0.1');
  process.on('message', (what) => {
    if (what === 'memory') startThread('memory');
    else terminateOne();
  });
}

function runThread(kind) {
  const kept = [];
  for (;;) {
    if (kind === 'memory') kept.push(new Array(1000).fill(kept.length));
  }
}

// --- The primary: load and misfortune. ---

class Chaos {
  #seed;
  #dead = new Set();     // process ids that were killed
  #lastKill = 0;         // when the last one was
  #port;
  #running = true;
  counts = { connections: 0, lost: 0, killed: 0, stopped: 0, memory: 0, terminated: 0 };

  constructor(seed) {
    this.#seed = seed;
  }

  /** Park and Miller's generator: the same misfortunes for the same seed. */
  #random(limit) {
    this.#seed = (this.#seed * 48271) % 0x7fffffff;
    return this.#seed % limit;
  }

  async start() {
    cluster.on('exit', (worker, code, signal) => {
      if (!this.#running) return;
      assert.ok(this.#dead.has(worker.process.pid), `worker ${worker.process.pid} ended by itself: ${code} ${signal}`);
      cluster.fork();
    });
    const listening = new Promise((resolve) => { cluster.once('listening', (worker, { port }) => resolve(port)); });
    for (let i = 0; i < kWorkers; i++) cluster.fork();
    this.#port = await listening;
  }

  /** One connection: the worker's process id, then an echo. */
  #visit() {
    // A killed process may run on for a moment.
    const start = Date.now() - kDyingMs;
    return new Promise((resolve) => {
      let text = '';
      const socket = net.connect(this.#port, '127.0.0.1');
      socket.setEncoding('utf8').on('data', (part) => {
        if (text === '') socket.write('echo');
        text += part;
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        const [pid, echo] = text.split('\n');
        this.counts.connections++;
        if (echo !== 'echo') {
          // Only the dead lose connections: the one that answered, or one that died meanwhile.
          this.counts.lost++;
          assert.ok(pid ? this.#dead.has(Number(pid)) : this.#lastKill > start, `worker ${pid} lives and lost a connection`);
        }
        resolve();
      });
    });
  }

  async load(until) {
    await Promise.all(Array.from({ length: kClients }, async () => {
      while (Date.now() < until) await this.#visit();
    }));
  }

  async misfortunes(until) {
    while (Date.now() < until) {
      await sleep(50 + this.#random(150));
      const workers = Object.values(cluster.workers);
      const victim = workers[this.#random(workers.length)];
      if (victim !== undefined && victim.isConnected() && !victim.isDead()) this.#strike(victim);
    }
  }

  #listening() {
    return Object.values(cluster.workers).filter((worker) => worker.state === 'listening' && !this.#dead.has(worker.process.pid)).length;
  }

  #strike(worker) {
    const { pid } = worker.process;
    switch (this.#random(4)) {
      case 0:
        // Without a worker that listens there is no port.
        if (this.#listening() < 3) break;
        this.counts.killed++;
        this.#lastKill = Date.now();
        this.#dead.add(pid);
        process.kill(pid, 'SIGKILL');
        break;
      case 1:
        this.counts.stopped++;
        process.kill(pid, 'SIGSTOP');
        setTimeout(() => {
          if (!worker.isDead()) process.kill(pid, 'SIGCONT');
        }, 100 + this.#random(300));
        break;
      case 2:
        this.counts.memory++;
        worker.send('memory', () => {});
        break;
      case 3:
        this.counts.terminated++;
        worker.send('terminate', () => {});
        break;
    }
  }

  async stop() {
    this.#running = false;
    const exits = Object.values(cluster.workers).map((worker) => new Promise((resolve) => { worker.on('exit', resolve); }));
    cluster.disconnect();
    await Promise.all(exits);
  }
}

/** What the primary has once nothing is under way. */
async function measure() {
  await sleep(1000);
  globalThis.gc?.();
  globalThis.gc?.();
  return { mib: process.memoryUsage().rss / 2 ** 20, descriptors: fs.readdirSync('/proc/self/fd').length };
}

async function primary(seconds, seed) {
  const chaos = new Chaos(seed);
  await chaos.start();
  await chaos.load(Date.now() + kWarmUpMs);
  const before = await measure();
  const until = Date.now() + seconds * 1000;
  await Promise.all([chaos.load(until), chaos.misfortunes(until)]);
  const after = await measure();
  await chaos.stop();
  console.log(JSON.stringify({ ...chaos.counts, before, after }));
  assert.ok(after.mib < before.mib + kMaxGrowthMib, 'memory has grown');
  assert.ok(after.descriptors <= before.descriptors, 'descriptors were left open');
}

if (!isMainThread) runThread(process.argv[2]);
else if (cluster.isPrimary) primary(Number(process.argv[2] ?? 120), Number(process.argv[3] ?? 1));
else work();
