'use strict';
// `--watch`: runs the program in a child process and starts it again when a file changes that it has loaded, or anything
// below --watch-path. https://nodejs.org/api/cli.html#--watch
// Called in the place of a program. The child says over its IPC channel what it loads (reportDependencies).

const path = require('path');
const { configuredArguments, getOptionValue } = require('internal/options');
const { clearTimeout, setTimeout } = require('timers');
const { inspect } = require('internal/util/inspect');
const { FileWatcher } = require('internal/process/file_watcher');

const graceMs = 200;
const clearScreen = '\u001bc';

// Options of this process and not of the program's: whether they take a value.
const ownOptions = new Map([
  ['--watch', false], ['--watch-preserve-output', false], ['--watch-path', true], ['--watch-kill-signal', true],
  ['--experimental-config-file', true],
]);
const variable = 'WATCH_REPORT_DEPENDENCIES';

/** What the child gets of the command line's options. */
function optionsOfChild() {
  const kept = configuredArguments(process.execArgv, (name) => ownOptions.has(name));
  for (let i = 0; i < process.execArgv.length; i++) {
    const argument = process.execArgv[i];
    const [name] = argument.split('=', 1);
    if (!ownOptions.has(name)) kept.push(argument);
    else if (ownOptions.get(name) && name === argument) i++;
  }
  return kept;
}

class WatchMode {
  #child;
  #isRestarting = false;
  #command;
  #label;
  #paths = getOptionValue('--watch-path').map((folder) => path.resolve(folder));
  #killSignal = getOptionValue('--watch-kill-signal') || 'SIGTERM';
  #watcher = new FileWatcher(([file]) => this.#restart(file));

  constructor(args) {
    require('internal/validators').validateSignalName(this.#killSignal, 'options.killSignal');
    this.#command = [...optionsOfChild(), ...args];
    this.#label = inspect(args.join(' '));
    if (this.#paths.length === 0 && args.length > 0) this.#watcher.watchFile(path.resolve(args[0]));
    for (const folder of this.#paths) this.#watcher.watchBelow(folder);
    for (const option of ['--env-file', '--env-file-if-exists']) {
      for (const file of getOptionValue(option)) this.#watcher.watchFile(path.resolve(file));
    }
  }

  #say(text) {
    process.stdout.write(`${text}\n`);
  }

  start() {
    const { spawn } = require('child_process');
    const child = spawn(process.execPath, this.#command, {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { ...process.env, [variable]: '1' },
    });
    this.#child = child;
    child.on('message', (message) => this.#onMessage(message));
    child.on('exit', (code) => {
      this.#child = undefined;
      if (this.#isRestarting) return;
      const outcome = code === 0 ? 'Completed' : 'Failed';
      this.#say(`${outcome} running ${this.#label}. Waiting for file changes before restarting...`);
    });
  }

  #onMessage(message) {
    const files = message?.['watch:require'];
    if (!Array.isArray(files)) {
      // The program's own: for whoever started this process.
      if (process.connected) process.send(message);
    } else if (this.#paths.length === 0) {
      for (const file of files) this.#watcher.watchFile(file);
    }
  }

  toChild(message) {
    if (this.#child?.connected) this.#child.send(message);
  }

  async #restart(file) {
    if (this.#isRestarting) return;
    this.#isRestarting = true;
    if (process.stdout.isTTY && !getOptionValue('--watch-preserve-output')) process.stdout.write(clearScreen);
    this.#say(`Change detected in ${inspect(file)}`);
    this.#say(`Restarting ${this.#label}`);
    await this.#end(this.#killSignal, /* mayWait */ true);
    this.#isRestarting = false;
    this.start();
  }

  async #end(signal, mayWait) {
    const child = this.#child;
    if (child === undefined) return;
    const ended = require('events').once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => {
      if (mayWait) this.#say('Waiting for graceful termination...');
    }, graceMs);
    await ended;
    clearTimeout(timer);
  }

  /** The signal is the program's as well. */
  async stop(signal) {
    this.#isRestarting = true;
    await this.#end(signal, /* mayWait */ false);
    process.exit(128 + require('os').constants.signals[signal]);
  }
}

/** @param {string[]} args the program and its arguments */
function watch(args) {
  const mode = new WatchMode(args);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => mode.stop(signal));
  if (process.send) process.on('message', (message) => mode.toChild(message));
  mode.start();
}

/** In the child: tells what it loads. */
function reportDependencies() {
  const { state } = require('internal/modules/shared');
  state.reportDependency = (file) => {
    if (process.connected) process.send({ 'watch:require': [file] });
  };
}

module.exports = { reportDependencies, watch };
