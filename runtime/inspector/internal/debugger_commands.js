'use strict';

// What can be typed at the prompt of the debugger: the names in the REPL's context, and what they do.

const path = require('path');
const { codes: { ERR_DEBUGGER_ERROR } } = require('internal/errors');
const { inspect } = require('internal/util/inspect');
const { validateInteger, validateNumber, validateString } = require('internal/validators');
const { RemoteObject, snippet } = require('internal/inspector/debugger_values');

const kHelp = `
run, restart, r       Run the application or reconnect
kill                  Kill a running application or disconnect

cont, c               Resume execution
next, n               Continue to next line in current file
step, s               Step into, potentially entering a function
out, o                Step out, leaving the current function
backtrace, bt         Print the current backtrace
list                  Print the source around the current line where execution
                      is currently paused
setContextLineNumber  Set which lines to check for context
setBreakpoint, sb     Set a breakpoint
clearBreakpoint, cb   Clear a breakpoint
breakpoints           List all known breakpoints
breakOnException      Pause execution whenever an exception is thrown
breakOnUncaught       Pause execution whenever an exception isn't caught
breakOnNone           Don't pause on exceptions (this is the default)

watch(expr)           Start watching the given expression
unwatch(expr)         Stop watching an expression
unwatch(index)        Stop watching an expression at specific index from watch
                      list
watchers              Print all watched expressions and their current values

exec(expr), p(expr), exec expr, p expr
                      Evaluate the expression and print the value
repl                  Enter a debug repl that works like exec

scripts               List application scripts that are currently loaded
scripts(true)         List all scripts (including node-internals)

profile               Start CPU profiling session.
profileEnd            Stop current CPU profiling session.
profiles              Array of completed CPU profiling sessions.
profiles[n].save(filepath = 'node.cpuprofile')
                      Save CPU profiling session to disk as JSON.

takeHeapSnapshot(filepath = 'node.heapsnapshot')
                      Take a heap snapshot and save to disk as JSON.
`.trim();

class Profile {
  constructor(data) {
    this.data = data;
  }

  save(filename = 'node.cpuprofile') {
    const file = path.resolve(filename);
    require('fs').writeFileSync(file, JSON.stringify(this.data));
    return new Text(`Saved profile to ${file}`);
  }

  [inspect.custom]() {
    return `[Profile ${this.data.endTime - this.data.startTime}\u03bcs]`;
  }
}

/** Printed as it is. */
class Text {
  constructor(text) {
    this.text = text;
  }
  [inspect.custom]() {
    return this.text;
  }
}

class Commands {
  #session;
  #watched = [];
  #profiles = [];
  #isRepl = false;
  #isStepping = false;
  #snapshots = Promise.resolve();

  constructor(session) {
    this.#session = session;
  }

  // --- Evaluation ---------------------------------------------------------------------------------------------------

  /** @param {string} text a line typed at the prompt */
  async evaluate(text, context) {
    if (this.#isRepl) return this.exec(text);
    const direct = /^\s*(?:exec|p)\s+([^]*)$/.exec(text);
    if (direct !== null) return this.exec(direct[1]);
    const result = await require('vm').runInContext(text, context);
    return typeof result === 'function' && result[kCommand] ? result() : result;
  }

  async exec(expression) {
    validateString(expression, 'expression');
    if (expression === '.scope') return this.#scopes();
    const text = /^\s*\{/.test(expression) ? `(${expression})` : expression;
    const { Debugger, Runtime, paused } = this.#session;
    const parameters = { expression: text, objectGroup: 'debugger-repl', generatePreview: true };
    const { result, exceptionDetails } = paused === undefined ? await Runtime.evaluate(parameters) :
      await Debugger.evaluateOnCallFrame({ ...parameters, callFrameId: paused.callFrames[0].callFrameId });
    if (exceptionDetails !== undefined) {
      throw new ERR_DEBUGGER_ERROR(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return new RemoteObject(result);
  }

  /** Names by scope, without the global one. */
  async #scopes() {
    const { Runtime } = this.#session;
    const scopes = [];
    for (const { type, object } of this.#frame().scopeChain) {
      if (type === 'global') continue;
      const { result } = await Runtime.getProperties({ objectId: object.objectId, ownProperties: true });
      scopes.push(result.map(({ name }) => name));
    }
    return scopes;
  }

  #frame() {
    const { paused } = this.#session;
    if (paused === undefined) throw new ERR_DEBUGGER_ERROR('Requires execution to be paused');
    return paused.callFrames[0];
  }

  // --- Stepping -----------------------------------------------------------------------------------------------------

  /** The word for a pause that no breakpoint made. */
  stepping() {
    const word = this.#isStepping ? 'step' : 'break';
    this.#isStepping = false;
    return word;
  }

  async #resume(method) {
    if (!this.#session.isRunning) return new Text('Use `run` to start the app again.');
    this.#frame();
    this.#isStepping = method !== 'resume';
    this.#session.paused = undefined;
    await this.#session.Debugger[method]();
    return undefined;
  }

  // --- Sources ------------------------------------------------------------------------------------------------------

  async source(scriptId, line, before, after) {
    const { scriptSource } = await this.#session.Debugger.getScriptSource({ scriptId });
    return snippet(scriptSource.split('\n'), line, before, after);
  }

  async list(count = 5) {
    const { scriptId, lineNumber } = this.#frame().location;
    return new Text(await this.source(scriptId, lineNumber, count));
  }

  setContextLineNumber(count) {
    validateNumber(count, 'delta', 1);
    this.#session.contextLines = count;
  }

  scripts(all = false) {
    const current = this.#session.paused?.callFrames[0].location.scriptId;
    const lines = [];
    for (const { scriptId, url, isInternal } of this.#session.scripts.values()) {
      if (isInternal && !all) continue;
      lines.push(`${scriptId === current ? '*' : ' '} ${scriptId}: ${this.#session.nameOf(url)}`);
    }
    return new Text(lines.join('\n'));
  }

  backtrace() {
    this.#frame();
    const lines = this.#session.paused.callFrames.map(({ functionName, location: { scriptId, lineNumber, columnNumber } }, i) => {
      const file = this.#session.nameOf(this.#session.scripts.get(scriptId)?.url);
      return `#${i} ${functionName || '(anonymous)'} ${file}:${lineNumber + 1}:${columnNumber}`;
    });
    return new Text(lines.join('\n'));
  }

  // --- Breakpoints --------------------------------------------------------------------------------------------------

  async setBreakpoint(script, line, condition) {
    if (typeof script === 'string' && script.endsWith('()')) return this.#setFunctionBreakpoint(script.slice(0, -2));
    if (script === undefined || typeof script === 'number') {
      const { location } = this.#frame();
      line = script ?? location.lineNumber + 1;
      return this.#setInScript(this.#session.scripts.get(location.scriptId), line, condition);
    }
    validateString(script, 'script');
    const found = this.#findScript(script);
    if (found !== undefined) return this.#setInScript(found, line, condition);
    const suffix = script.replaceAll(/[^\w/]/g, (character) => `\\${character}`);
    await this.#add({ urlRegex: `^(.*[\\/\\\\])?${suffix}$`, lineNumber: line - 1, condition });
    return new Text(`Warning: script '${script}' was not loaded yet.`);
  }

  #findScript(name) {
    const scripts = [...this.#session.scripts.values()];
    return scripts.find(({ scriptId, url }) => scriptId === name || url === name || url.endsWith(`/${name}`));
  }

  async #setInScript({ scriptId, url }, line, condition) {
    validateInteger(line, 'line', 1);
    await this.#add({ url, lineNumber: line - 1, condition });
    return new Text(await this.source(scriptId, line - 1, 5));
  }

  async #add(where) {
    const { breakpointId, locations } = await this.#session.Debugger.setBreakpointByUrl(where);
    this.#session.breakpoints.push({ id: breakpointId, where, location: locations[0] });
  }

  // Lasts until the process ends: there is no name for it.
  async #setFunctionBreakpoint(name) {
    const { result } = await this.#session.Debugger.evaluateOnCallFrame({
      callFrameId: this.#frame().callFrameId, expression: `debug(${name})`, includeCommandLineAPI: true,
    });
    if (result.subtype === 'error') throw new ERR_DEBUGGER_ERROR(result.description);
  }

  async clearBreakpoint(script, line) {
    const { breakpoints } = this.#session;
    const index = breakpoints.findIndex(({ where }) => where.lineNumber + 1 === line &&
      (where.url?.endsWith(`/${script}`) || where.url === script || where.urlRegex && new RegExp(where.urlRegex).test(script)));
    if (index === -1) return new Text(`Could not find breakpoint at ${script}:${line}`);
    const [{ id }] = breakpoints.splice(index, 1);
    await this.#session.Debugger.removeBreakpoint({ breakpointId: id });
    return this.breakpoints();
  }

  breakpoints() {
    const { breakpoints } = this.#session;
    if (breakpoints.length === 0) return new Text('No breakpoints yet');
    return new Text(breakpoints.map(({ where, location }, i) => {
      const url = where.url ?? this.#session.scripts.get(location?.scriptId)?.url ?? where.urlRegex;
      return `#${i} ${this.#session.nameOf(url)}:${(location ?? where).lineNumber + 1}`;
    }).join('\n'));
  }

  async pauseOnExceptions(state) {
    this.#session.pauseOnExceptions = state;
    await this.#session.Debugger.setPauseOnExceptions({ state });
  }

  // --- Watched expressions ------------------------------------------------------------------------------------------

  watch(expression) {
    validateString(expression, 'expression');
    this.#watched.push(expression);
  }

  unwatch(which) {
    const index = typeof which === 'number' ? which : this.#watched.indexOf(which);
    if (index >= 0) this.#watched.splice(index, 1);
  }

  async watchersText() {
    if (this.#watched.length === 0) return '';
    const lines = [];
    for (const [i, expression] of this.#watched.entries()) {
      const text = await this.exec(expression).then(inspect, (error) => `<${error.message.split('\n')[0]}>`);
      const separator = text.includes('\n') ? '\n    ' : ' ';
      lines.push(`  ${i}: ${expression} =${separator}${text.replaceAll('\n', '\n    ')}`);
    }
    return `Watchers:\n${lines.join('\n')}`;
  }

  // --- Profiles -----------------------------------------------------------------------------------------------------

  addProfile(data) {
    const profile = new Profile(data);
    this.#profiles.push(profile);
    return profile;
  }

  async profileEnd() {
    const { profile } = await this.#session.Profiler.stop();
    return this.addProfile(profile);
  }

  takeHeapSnapshot(filename = 'node.heapsnapshot') {
    const take = async () => {
      const { client, HeapProfiler } = this.#session;
      const file = path.resolve(filename);
      const chunks = [];
      const onChunk = ({ chunk }) => chunks.push(chunk);
      client.on('HeapProfiler.addHeapSnapshotChunk', onChunk);
      await HeapProfiler.takeHeapSnapshot({ reportProgress: false });
      client.off('HeapProfiler.addHeapSnapshotChunk', onChunk);
      require('fs').writeFileSync(file, chunks.join(''));
      return new Text(`Wrote snapshot: ${file}`);
    };
    // One after the other: their chunks have no names.
    return this.#snapshots = this.#snapshots.then(take, take);
  }

  // --- The prompt ---------------------------------------------------------------------------------------------------

  enterRepl() {
    this.#isRepl = true;
    process.stdout.write('Press Ctrl+C to leave debug repl\n');
    this.#session.setPrompt('> ');
  }

  /** @returns {boolean} whether it was open */
  leaveRepl() {
    if (!this.#isRepl) return false;
    this.#isRepl = false;
    this.#session.setPrompt('debug> ');
    return true;
  }

  async restart() {
    await this.#session.run();
  }

  /** Names that do something when they are only named. */
  #words() {
    return {
      'help': () => new Text(kHelp),
      'run': () => this.restart(), 'restart': () => this.restart(), 'r': () => this.restart(),
      'kill': () => this.#session.kill(),
      'cont': () => this.#resume('resume'), 'c': () => this.#resume('resume'),
      'next': () => this.#resume('stepOver'), 'n': () => this.#resume('stepOver'),
      'step': () => this.#resume('stepInto'), 's': () => this.#resume('stepInto'),
      'out': () => this.#resume('stepOut'), 'o': () => this.#resume('stepOut'),
      'pause': () => this.#session.Debugger.pause().then(() => {}),
      'backtrace': () => this.backtrace(), 'bt': () => this.backtrace(),
      'breakpoints': () => this.breakpoints(),
      'breakOnException': () => this.pauseOnExceptions('all'),
      'breakOnUncaught': () => this.pauseOnExceptions('uncaught'),
      'breakOnNone': () => this.pauseOnExceptions('none'),
      'watchers': async () => new Text(await this.watchersText()),
      'repl': () => this.enterRepl(),
      'profile': () => this.#session.Profiler.start().then(() => {}),
      'profileEnd': () => this.profileEnd(),
      'profiles': () => this.#profiles,
      'version': async () => new Text((await this.#session.Runtime.evaluate({ expression: 'process.versions.v8' })).result.value),
    };
  }

  install(context) {
    for (const [name, get] of Object.entries(this.#words())) {
      Object.defineProperty(context, name, { __proto__: null, get, configurable: true });
    }
    const functions = {
      exec: (expression) => this.exec(expression),
      list: (count) => this.list(count),
      scripts: (all) => this.scripts(all),
      setBreakpoint: (...where) => this.setBreakpoint(...where),
      clearBreakpoint: (...where) => this.clearBreakpoint(...where),
      setContextLineNumber: (count) => this.setContextLineNumber(count),
      watch: (expression) => this.watch(expression),
      unwatch: (which) => this.unwatch(which),
      takeHeapSnapshot: (filename) => this.takeHeapSnapshot(filename),
    };
    for (const name of ['scripts', 'list', 'takeHeapSnapshot']) functions[name][kCommand] = true;
    Object.assign(context, functions, { p: functions.exec, sb: functions.setBreakpoint, cb: functions.clearBreakpoint });
    for (const domain of ['Runtime', 'Debugger', 'Profiler', 'HeapProfiler']) context[domain] = this.#session[domain];
  }
}

// Of functions that are called even when they are only named.
const kCommand = Symbol('kCommand');

module.exports = { createCommands: (session) => new Commands(session) };
