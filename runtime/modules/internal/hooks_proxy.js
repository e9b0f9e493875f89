'use strict';
// The importing thread's side of its hooks thread: starts it with the first hooks and asks it, waiting in line or not.
// Whatever the thread prints comes over the same channel, so that it is there before the answer.

const { codes: {
  ERR_ASYNC_LOADER_REQUEST_NEVER_SETTLED, ERR_WORKER_INIT_FAILED, ERR_WORKER_OUT_OF_MEMORY,
} } = require('internal/errors');
const protocol = require('internal/worker/protocol');
const binding = internalBinding('worker');

/** A thread that ended without a word is noticed after this time. */
const checkInterval = 1000;

class HooksThread {
  #control;
  // Counts the thread's messages.
  #lock = new Int32Array(new SharedArrayBuffer(4));
  #lastId = 0;
  /** @type {Map<number, { resolve: Function, reject: Function }>} */
  #waiting = new Map();
  /** The answer that requestSync() waits for, when it has come. */
  #answers = new Map();
  #syncDepth = 0;
  #fatal;

  constructor() {
    const { createChannel } = internalBinding('messaging');
    // Registers the class of the ports.
    require('internal/messaging');
    const [control, threadsControl] = createChannel();
    this.#control = control;
    control.onmessage = (message) => this.#onMessage(message);
    control.postMessage({
      type: protocol.LOAD,
      kind: 'hooks',
      argv: [],
      execArgv: process.execArgv,
      optionValues: { ...require('internal/options').getGivenOptions() },
      env: { ...process.env },
      environmentData: new Map(),
      hasStdin: false,
      lock: this.#lock,
    }, [], control);
    this.#startThread(threadsControl);
    control.start();
    control.unref();
    process.on('exit', () => this.#receive());
  }

  #startThread(threadsControl) {
    const handle = new binding.NativeWorker();
    handle.onexit = (code, errorCode, errorMessage) => this.#onExit(errorCode, errorMessage);
    const error = handle.start(threadsControl, binding.newThreadId(), 'WorkerThread', [0, 0, 0, 0], false);
    if (error !== 0) {
      handle.close();
      throw new ERR_WORKER_INIT_FAILED(require('internal/util').getSystemErrorName(error));
    }
    handle.unref();
  }

  #onExit(errorCode, errorMessage) {
    this.#receive();
    this.#control.close();
    if (errorCode === 'ERR_WORKER_OUT_OF_MEMORY') throw new ERR_WORKER_OUT_OF_MEMORY(errorMessage);
  }

  /** What the thread has sent and nobody has seen yet. */
  #receive() {
    let received;
    while ((received = this.#control.receiveMessage()) !== undefined) this.#onMessage(received[0]);
  }

  #onMessage(message) {
    switch (message.type) {
      case protocol.OUTPUT:
        if (message.chunk !== null) process[message.stream].write(message.chunk, message.encoding);
        break;
      case protocol.EXIT:
        process.exit(message.code);
        break;
      case protocol.ERROR:
      case protocol.UNSERIALIZABLE_ERROR:
        this.#onFatal(message);
        break;
      case protocol.RESULT:
      case protocol.FAILURE:
      case protocol.NEVER_SETTLES:
        this.#onAnswer(message);
        break;
    }
  }

  /** The thread has ended by an exception of its own. */
  #onFatal(message) {
    const error = message.type === protocol.ERROR ? protocol.deserializeError(message)
      : new (require('internal/errors').codes.ERR_WORKER_UNSERIALIZABLE_ERROR)();
    if (this.#syncDepth > 0) this.#fatal = { error };
    else process.nextTick(() => { throw error; });
  }

  #onAnswer(message) {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) {
      this.#answers.set(message.id, message);
      return;
    }
    this.#waiting.delete(message.id);
    if (this.#waiting.size === 0) this.#control.unref();
    if (message.type === protocol.RESULT) waiting.resolve(message.result);
    // A promise that never settles here either is the program's to deal with.
    else if (message.type === protocol.FAILURE) waiting.reject(errorOf(message));
  }

  #post(method, args, transferList = []) {
    const id = ++this.#lastId;
    this.#control.postMessage({ type: protocol.REQUEST, id, method, args }, transferList, this.#control);
    return id;
  }

  /** @returns {Promise<any>} */
  request(method, args) {
    return new Promise((resolve, reject) => {
      const id = this.#post(method, args);
      if (this.#waiting.size === 0) this.#control.ref();
      this.#waiting.set(id, { resolve, reject });
    });
  }

  requestSync(method, args, transferList) {
    const id = this.#post(method, args, transferList);
    this.#syncDepth++;
    try {
      const message = this.#waitFor(id);
      if (message.type === protocol.RESULT) return message.result;
      if (message.type === protocol.FAILURE) throw errorOf(message);
      throw neverSettled(method, args);
    } finally {
      this.#syncDepth--;
    }
  }

  #waitFor(id) {
    for (;;) {
      const seen = Atomics.load(this.#lock, 0);
      const hasEnded = this.#control.peerCount === 0;
      this.#receive();
      const message = this.#answers.get(id);
      this.#answers.delete(id);
      if (message !== undefined) return message;
      if (this.#fatal !== undefined) throw this.#fatal.error;
      if (hasEnded) return { type: protocol.NEVER_SETTLES };
      Atomics.wait(this.#lock, 0, seen, checkInterval);
    }
  }
}

function neverSettled(method, args) {
  return Object.assign(new ERR_ASYNC_LOADER_REQUEST_NEVER_SETTLED(), { details: { method, args } });
}

function errorOf({ failure, inspected }) {
  if (failure !== undefined) return protocol.deserializeError(failure);
  const { customInspectSymbol } = require('internal/util');
  const standIn = { [customInspectSymbol]: () => inspected };
  require('internal/process/execution').inspectedThere.set(standIn, inspected);
  return standIn;
}

module.exports = { HooksThread };
