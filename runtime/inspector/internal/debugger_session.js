'use strict';

// The interactive debugger: one process under inspection, or one that runs already, and a prompt for commands
// (internal/inspector/debugger_commands).

const path = require('path');
const { Client, launch, targetOf } = require('internal/inspector/debug_client');
const { createCommands } = require('internal/inspector/debugger_commands');
const { URL, fileURLToPath } = require('internal/url');

const kDomains = ['Runtime', 'Debugger', 'Profiler', 'HeapProfiler'];
const kDefaultPort = 9229;
const kAttempts = 5;

function parseArguments(args) {
  const options = { host: '127.0.0.1', port: kDefaultPort, args, attach: false, pid: undefined };
  const port = /^--port=(\d+)$/.exec(args[0]);
  if (port !== null) {
    options.port = Number(port[1]);
    options.args = args.slice(1);
  }
  const [first = ''] = options.args;
  const address = /^\[?(.+?)\]?:(\d{1,5})$/.exec(first);
  if (address !== null) return { ...options, attach: true, host: address[1], port: Number(address[2]) };
  if (first === '-p') return { ...options, attach: true, pid: Number(options.args[1]) };
  return options;
}

class DebuggerSession {
  client = new Client();
  scripts = new Map();
  /** What is known of breakpoints: {id, url, line, column}. */
  breakpoints = [];
  paused;
  contextLines = 2;
  #target;
  #repl;
  #lastCommand = '';

  constructor(options) {
    this.options = options;
    for (const domain of kDomains) {
      this[domain] = new Proxy({}, {
        get: (target, name) => (typeof name === 'string' && name !== 'then' ?
          (params) => this.client.callMethod(`${domain}.${name}`, params) : undefined),
      });
    }
  }

  // --- Output -------------------------------------------------------------------------------------------------------

  print(text, prompt = this.#repl !== undefined) {
    if (this.#repl !== undefined) process.stdout.write(process.stdout.isTTY ? '\r\u001b[K' : '\b'.repeat(7));
    process.stdout.write(`${text}\n`);
    if (prompt) this.#repl.displayPrompt(true);
  }

  #printChild(text) {
    const lines = text.split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    this.print(lines.map((line) => `< ${line}`).join('\n'));
  }

  /** A script's name as short as it can be. */
  nameOf(url) {
    if (url?.startsWith('file:')) return path.relative(process.cwd(), fileURLToPath(url));
    return url && path.isAbsolute(url) ? path.relative(process.cwd(), url) : url;
  }

  // --- The process --------------------------------------------------------------------------------------------------

  async run() {
    await this.kill();
    this.paused = undefined;
    this.scripts.clear();
    const { host, port, attach } = this.options;
    const launched = attach ? undefined : await this.#launch();
    const address = launched === undefined ? `${host}:${port}` : new URL(launched).host;
    process.stdout.write(`connecting to ${address} ...`);
    await this.#connect(launched);
    process.stdout.write(' ok\n');
    await this.#enable();
  }

  /** A process that has just begun may not listen yet. */
  async #connect(launched) {
    const { setTimeout } = require('timers/promises');
    const { host, port } = this.options;
    for (let i = 0; i < kAttempts; i++) {
      try {
        await this.client.connect(launched ?? await targetOf(host, port));
        return;
      } catch (error) {
        if (error.code !== 'ECONNREFUSED') throw error;
        await setTimeout(1000);
      }
      if (i < kAttempts - 1) process.stdout.write('.');
    }
    process.stdout.write(' failed to connect, please retry\n');
    process.exit(1);
  }

  async #launch() {
    const { host, port, args } = this.options;
    if (port !== 0) await waitUntilFree(host, port);
    const target = this.#target = await launch(args, host, port, (text) => this.#printChild(text));
    target.exited.then(() => {
      if (this.#target === target) this.#target = undefined;
    });
    return target.url;
  }

  async #enable() {
    const { Runtime, Debugger, Profiler } = this;
    await this.client.callMethod('NodeRuntime.enable').catch(() => {});
    await Runtime.enable();
    await Debugger.enable();
    await Debugger.setAsyncCallStackDepth({ maxDepth: 0 });
    await Profiler.enable();
    await Debugger.setPauseOnExceptions({ state: this.pauseOnExceptions ?? 'none' });
    const known = this.breakpoints.splice(0);
    for (const { where } of known) {
      const { breakpointId } = await Debugger.setBreakpointByUrl(where);
      this.breakpoints.push({ id: breakpointId, where });
    }
    await Runtime.runIfWaitingForDebugger();
  }

  /** The process and the connection are gone afterwards. */
  async kill() {
    const target = this.#target;
    this.#target = undefined;
    this.client.reset();
    this.paused = undefined;
    if (target === undefined) return;
    target.child.kill('SIGKILL');
    await target.exited;
  }

  get isRunning() {
    return this.client.isConnected;
  }

  // --- Events -------------------------------------------------------------------------------------------------------

  listen() {
    const { client } = this;
    let resumeOnStart = process.env.NODE_INSPECT_RESUME_ON_START === '1';
    client.on('Debugger.scriptParsed', ({ scriptId, url }) => {
      if (url) this.scripts.set(scriptId, { scriptId, url, isInternal: url.startsWith('node:') });
    });
    client.on('Debugger.breakpointResolved', ({ breakpointId, location }) => {
      const known = this.breakpoints.find(({ id }) => id === breakpointId);
      if (known !== undefined) known.location = location;
    });
    // The process may end, or be killed, before it has answered.
    const ignoreEnd = (error) => {
      if (!error.isClosed) throw error;
    };
    client.on('Debugger.paused', (details) => {
      if (resumeOnStart && details.reason === 'Break on start') {
        resumeOnStart = false;
        this.Debugger.resume().catch(ignoreEnd);
      } else {
        this.#showPause(details).catch(ignoreEnd);
      }
    });
    client.on('Debugger.resumed', () => { this.paused = undefined; });
    client.on('Profiler.consoleProfileFinished', ({ profile }) => {
      this.commands.addProfile(profile);
      this.print('Captured new CPU profile.\nAccess it with profiles[0]');
    });
    client.on('close', () => { this.paused = undefined; });
  }

  async #showPause(details) {
    this.paused = details;
    const [frame] = details.callFrames;
    const { scriptId, lineNumber } = frame.location;
    const why = details.reason === 'other' ? (details.hitBreakpoints?.length ? 'break' : this.commands.stepping()) : details.reason;
    const head = `${why} in ${this.nameOf(this.scripts.get(scriptId)?.url ?? frame.url)}:${lineNumber + 1}`;
    const source = await this.commands.source(scriptId, lineNumber, this.contextLines);
    const watched = await this.commands.watchersText();
    this.print(`${head}\n${watched === '' ? '' : `${watched}\n\n`}${source}`);
  }

  // --- The prompt ---------------------------------------------------------------------------------------------------

  startRepl() {
    const { start } = require('repl');
    this.#repl = start({
      prompt: 'debug> ',
      input: process.stdin,
      output: process.stdout,
      eval: (code, context, file, callback) => this.evaluate(code, callback),
      useGlobal: false,
      ignoreUndefined: true,
    });
    this.commands.install(this.#repl.context);
    this.#repl.defineCommand('interrupt', {
      help: '',
      action: () => { this.commands.leaveRepl() || this.#repl.displayPrompt(); },
    });
    this.#repl.on('SIGINT', () => this.commands.leaveRepl());
    this.#repl.on('exit', async () => {
      this.#repl = undefined;
      await this.kill();
      process.exit(0);
    });
  }

  setPrompt(prompt) {
    this.#repl.setPrompt(prompt);
    this.#repl.displayPrompt();
  }

  async evaluate(code, callback) {
    let text = code.trim();
    if (text === '') text = this.#lastCommand;
    this.#lastCommand = text;
    try {
      callback(null, await this.commands.evaluate(text, this.#repl.context));
    } catch (error) {
      callback(error);
    }
  }
}

/** Resolves when nobody listens there; the process ends when that takes too long. */
async function waitUntilFree(host, port) {
  const { setTimeout } = require('timers/promises');
  const net = require('net');
  for (let i = 0; i < kAttempts; i++) {
    const isTaken = await new Promise((resolve) => {
      const socket = net.connect(port, host, () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (!isTaken) return;
    process.stdout.write(`waiting for ${host}:${port} to be free\n`);
    await setTimeout(500);
  }
  process.stderr.write(`Timeout (2000) waiting for ${host}:${port} to be free\n`);
  process.exit(1);
}

async function start(args) {
  const session = new DebuggerSession(parseArguments(args));
  const { pid } = session.options;
  if (pid !== undefined) {
    try {
      process._debugProcess(pid);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
      process.stderr.write(`Target process: ${pid} doesn't exist.\n`);
      process.exit(1);
    }
  }
  session.commands = createCommands(session);
  session.listen();
  try {
    await session.run();
  } catch (error) {
    process.stderr.write(`${error.stderr ?? ''}${error.message}\n`);
    process.exit(1);
  }
  session.startRepl();
}

module.exports = { start };
