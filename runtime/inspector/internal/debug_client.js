'use strict';

// What the debuggers on the command line (`inspect`, probe mode) are made of: a process under inspection and a connection
// to its inspector.

const EventEmitter = require('events');

const kListening = /Debugger listening on ws:\/\/\[?(.+?)\]?:(\d+)\/(\S+)/;
// What the inspector itself says on the standard error of the process.
const kNoise = [
  /^Debugger listening on /, /^For help, see: /, /^Debugger attached\.$/, /^Waiting for the debugger to disconnect\.\.\.$/,
  /^Debugger ending on /,
];

/** Text without the lines of the inspector. */
function withoutNoise(text) {
  return text.split('\n').filter((line) => !kNoise.some((pattern) => pattern.test(line))).join('\n');
}

/** A connection to an inspector; emits its events by their names, and 'close'. */
class Client extends EventEmitter {
  #socket;
  #nextId = 1;
  #pending = new Map();

  /** @param {string} url ws://... */
  connect(url) {
    const { WebSocket } = require('internal/fetch');
    return new Promise((resolve, reject) => {
      const socket = this.#socket = new WebSocket(url);
      socket.onopen = () => resolve();
      socket.onerror = (event) => reject(event.error ?? new Error('connection failed'));
      socket.onclose = () => {
        if (this.#socket === socket) this.reset();
      };
      socket.onmessage = ({ data }) => this.#onMessage(JSON.parse(data));
    });
  }

  callMethod(method, params) {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#pending.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  reset() {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    socket.onclose = null;
    socket.close();
    this.#onClose();
  }

  get isConnected() {
    return this.#socket !== undefined;
  }

  #onMessage(message) {
    if (message.id === undefined) {
      this.emit(message.method, message.params);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.error === undefined) pending?.resolve(message.result);
    else pending?.reject(Object.assign(new Error(message.error.message), { protocolError: message.error }));
  }

  #onClose() {
    for (const { reject } of this.#pending.values()) reject(Object.assign(new Error('closed'), { isClosed: true }));
    this.#pending.clear();
    this.emit('close');
  }
}

/**
 * Starts a process that waits for its debugger.
 * @param {string[]} args options and script
 * @param {string} host
 * @param {number} port
 * @param {(text: string) => void} [onOutput]
 * @returns {Promise<{child: object, url: string, exited: Promise<{code: number, signal: string}>}>} rejects with
 *   {code, signal, stderr} of a process that ends before
 */
function launch(args, host, port, onOutput = () => {}) {
  const { spawn } = require('child_process');
  const child = spawn(process.execPath, [`--inspect-brk=${host}:${port}`, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.setEncoding('utf8');
  child.stderr.setEncoding('utf8');
  child.stdout.on('data', onOutput);
  const target = { child, url: '', stderr: '' };
  target.exited = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  return new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      target.stderr += chunk;
      onOutput(chunk);
      const found = target.url === '' && kListening.exec(target.stderr);
      if (!found) return;
      const name = found[1].includes(':') ? `[${found[1]}]` : found[1];
      target.url = `ws://${name}:${found[2]}/${found[3]}`;
      resolve(target);
    });
    child.once('error', reject);
    target.exited.then(({ code, signal }) => {
      reject(Object.assign(new Error('Target exited before the inspector was ready'), {
        code, signal, stderr: withoutNoise(target.stderr),
      }));
    });
  });
}

/** The WebSocket of what can be inspected at an address. */
async function targetOf(host, port) {
  const http = require('http');
  const text = await new Promise((resolve, reject) => {
    http.get({ host, port, path: '/json' }, async (response) => {
      response.setEncoding('utf8');
      let body = '';
      for await (const chunk of response) body += chunk;
      if (response.statusCode === 200) resolve(body);
      else reject(new Error(`Unexpected response: ${response.statusCode}`));
    }).on('error', reject);
  });
  return JSON.parse(text)[0].webSocketDebuggerUrl;
}

module.exports = { Client, launch, targetOf, withoutNoise };
