'use strict';

// The domains NodeWorker and Target: sessions with the inspectors of this thread's workers, through a session with this
// one. Loaded by the first command of theirs; new Worker() tells it of workers from then on.

const { CommandError, emit, onSessionEnd } = require('internal/inspector/domains');

const { running } = require('internal/worker');
const { self } = require('internal/worker/shared');

const { setTimeout } = require('timers');

const binding = internalBinding('inspector');

const kRetryMs = 10;

/** What each session wants of workers: {wait, flat} by session. */
const watching = new Map();
/** Sessions with workers: {session, worker, thread, flat} by their id, which is text. */
const attached = new Map();
/** Workers of this thread that run and can be inspected, by number. */
const workers = new Map();
let lastId = 0;

function infoOf(worker) {
  const { threadId, url } = worker;
  return { workerId: `${threadId}`, type: 'worker', title: worker.title, url };
}

function isAttached(session, worker) {
  return [...attached.values()].some((one) => one.worker === worker && (session === undefined || one.session === session));
}

function targetInfoOf(worker) {
  return { targetId: `${worker.threadId}`, type: 'node_worker', title: worker.title, url: worker.url,
           attached: isAttached(undefined, worker), canAccessOpener: true };
}

function attach(session, worker) {
  const { flat, wait } = watching.get(session);
  const id = `${++lastId}`;
  const onMessage = (text) => {
    if (!attached.has(id)) return;
    if (!flat) emit(session, 'NodeWorker.receivedMessageFromWorker', { sessionId: id, message: text });
    else binding.send(session, JSON.stringify({ ...JSON.parse(text), sessionId: id }));
  };
  const thread = binding.connectToThread(worker.threadId, onMessage);
  if (thread === 0) {
    // Its thread has only just been started.
    setTimeout(() => {
      if (watching.has(session) && workers.get(worker.threadId) === worker) attach(session, worker);
    }, kRetryMs).unref();
    return;
  }
  attached.set(id, { session, worker, thread, flat });
  const waitingForDebugger = wait && worker.waits;
  if (flat) {
    emit(session, 'Target.attachedToTarget', { sessionId: id, targetInfo: targetInfoOf(worker), waitingForDebugger });
  } else {
    emit(session, 'NodeWorker.attachedToWorker', { sessionId: id, workerInfo: infoOf(worker), waitingForDebugger });
  }
}

function detach(id) {
  const one = attached.get(id);
  if (one === undefined) return;
  attached.delete(id);
  binding.disconnectFromThread(one.thread);
  if (watching.has(one.session)) {
    emit(one.session, one.flat ? 'Target.detachedFromTarget' : 'NodeWorker.detachedFromWorker', { sessionId: id });
  }
}

function watch(session, wait, flat) {
  const isNew = !watching.has(session);
  watching.set(session, { wait, flat });
  if (isNew) for (const worker of workers.values()) attach(session, worker);
}

function unwatch(session) {
  for (const [id, one] of attached) if (one.session === session) detach(id);
  watching.delete(session);
}

onSessionEnd((session) => {
  watching.delete(session);
  unwatch(session);
});

const NodeWorker = {
  enable(session, { waitForDebuggerOnStart }) {
    if (typeof waitForDebuggerOnStart !== 'boolean') throw new CommandError('Invalid parameters');
    watch(session, waitForDebuggerOnStart, false);
  },
  disable: unwatch,
  detach(session, { sessionId }) { detach(sessionId); },
  sendMessageToWorker(session, { sessionId, message }) {
    if (typeof message !== 'string') throw new CommandError('Invalid parameters');
    const one = attached.get(sessionId);
    if (one !== undefined) binding.dispatchToThread(one.thread, message);
  },
};

const Target = {
  getTargets: () => ({ targetInfos: [...workers.values()].map(targetInfoOf) }),
  setAutoAttach(session, { autoAttach, waitForDebuggerOnStart }) {
    if (autoAttach) watch(session, waitForDebuggerOnStart, true);
    else unwatch(session);
  },
};

/** A command for a worker's session. @returns {boolean} whether there is such a session */
function forward(session, message) {
  const one = attached.get(message.sessionId);
  if (one === undefined || one.session !== session) return false;
  const { sessionId, ...command } = message;
  binding.dispatchToThread(one.thread, JSON.stringify(command));
  return true;
}

/** Whether a worker that is being started must wait for a debugger; every one tells when it can be inspected. */
function wish() {
  return [...watching.values()].some(({ wait }) => wait) ? 'waits' : 'runs';
}

function add(threadId, waits) {
  // Of a worker's worker only the number is known here.
  const { name, target, kind } = running.get(threadId) ?? { name: '', target: '' };
  const url = kind === 'file' ? require('internal/url').pathToFileURL(target).href : target;
  const worker = { threadId, url, title: `[worker ${threadId}]${name ? ` ${name}` : ''}`, waits };
  workers.set(threadId, worker);
  return worker;
}

/** A worker says that it can be inspected. */
function started(threadId, waits) {
  const worker = workers.get(threadId) ?? add(threadId, waits);
  for (const session of watching.keys()) {
    if (!isAttached(session, worker)) attach(session, worker);
  }
  worker.waits = false;
}

function ended(threadId) {
  for (const [id, one] of attached) if (one.worker.threadId === threadId) detach(id);
  workers.delete(threadId);
}

// Those that were there before.
for (const threadId of running.keys()) add(threadId, false);
if (self.isMainThread) {
  for (const threadId of binding.threads()) if (threadId !== 0 && !workers.has(threadId)) add(threadId, false);
}

module.exports = { NodeWorker, Target, ended, forward, started, wish };
