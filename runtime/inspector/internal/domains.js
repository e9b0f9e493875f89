'use strict';

// The inspector's domains that are not V8's: NodeRuntime, NodeWorker, Target, Network, IO, DOMStorage,
// Storage.
// C++ (runtime/inspector/agent.cc) hands their commands to dispatch() here; answers and events go back through send().
// Loaded by the first such command.

const binding = internalBinding('inspector');
const { setRealmValue } = internalBinding('builtins');

const kNotFound = -32601;
const kInvalidParams = -32602;
const kServerError = -32000;

class CommandError extends Error {
  constructor(message, code = kInvalidParams) {
    super(message);
    this.code = code;
  }
}

function emit(session, method, params = {}) {
  binding.send(session, JSON.stringify({ method, params }));
}

// --- NodeRuntime ----------------------------------------------------------------------------------------------------

const runtimeSessions = new Set();
const disconnectSessions = new Set();

const NodeRuntime = {
  enable(session) {
    runtimeSessions.add(session);
    if (binding.isWaitingForDebugger()) emit(session, 'NodeRuntime.waitingForDebugger');
  },
  disable(session) { runtimeSessions.delete(session); },
  notifyWhenWaitingForDisconnect(session, { enabled }) {
    if (enabled) disconnectSessions.add(session);
    else disconnectSessions.delete(session);
  },
};

function onWaitingForDebugger() {
  for (const session of runtimeSessions) emit(session, 'NodeRuntime.waitingForDebugger');
}

/** @returns {number[]} who was told, and for whom the context stays */
function onWaitingForDisconnect() {
  for (const session of disconnectSessions) emit(session, 'NodeRuntime.waitingForDisconnect');
  return [...disconnectSessions];
}

// --- Dispatch -------------------------------------------------------------------------------------------------------

function storageDomains() {
  if (!require('internal/options').getOptionValue('--experimental-storage-inspection')) return undefined;
  return require('internal/inspector/storage');
}

const domains = {
  '__proto__': null,
  NodeRuntime,
  get NodeWorker() { return require('internal/inspector/workers').NodeWorker; },
  get Target() { return require('internal/inspector/workers').Target; },
  get Network() { return require('internal/inspector/network').Network; },
  get DOMStorage() { return storageDomains()?.DOMStorage; },
  get Storage() { return storageDomains()?.Storage; },
  get IO() { return require('internal/inspector/network').IO; },
};

function answer(session, { id, sessionId }, result) {
  binding.send(session, JSON.stringify({ id, ...result, sessionId }));
}

/** @returns {boolean} false: a command that is V8's to answer, if only with an error */
function dispatch(session, text) {
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    return false;
  }
  if (message.sessionId !== undefined) {
    return require('internal/inspector/workers').forward(session, message);
  }
  const [domain, command] = message.method.split('.');
  const commands = domains[domain];
  if (commands === undefined || !Object.hasOwn(commands, command)) return false;
  let settled;
  try {
    settled = commands[command](session, message.params ?? {}, message.sessionId);
  } catch (error) {
    answer(session, message, { error: { code: error.code ?? kServerError, message: error.message } });
    return true;
  }
  answer(session, message, { result: settled ?? {} });
  return true;
}

const endings = [];
/** @param {(session: number) => void} callback when a session is over */
function onSessionEnd(callback) {
  endings.push(callback);
}
onSessionEnd((session) => {
  runtimeSessions.delete(session);
  disconnectSessions.delete(session);
});

setRealmValue('inspectorDispatch', dispatch);
setRealmValue('inspectorWaiting', onWaitingForDebugger);
setRealmValue('inspectorWaitingForDisconnect', onWaitingForDisconnect);
setRealmValue('inspectorSessionEnded', (session) => endings.forEach((callback) => callback(session)));

module.exports = { CommandError, emit, kInvalidParams, kNotFound, kServerError, onSessionEnd };
