'use strict';

// Probe mode of the debugger, https://nodejs.org/api/debugger.html#probe-mode: runs a script, evaluates expressions
// where it comes by and prints what they gave.

const { clearTimeout, setTimeout } = require('timers');
const { Client, launch, withoutNoise } = require('internal/inspector/debug_client');
const { nameOf } = require('internal/inspector/probe_arguments');
const { asJson, asText, toError, toResult, toText } = require('internal/inspector/probe_report');

const kExitGrace = 1000;
const kUnfinished = { message: 'Probe evaluation did not complete' };

class ProbeSession {
  client = new Client();
  started = false;
  #results = [];
  #hits;
  #breakpoints = new Map();
  #scripts = new Map();
  #lastMethod;
  /** The probe whose expression is being evaluated, or was last. */
  #current;
  #isEvaluating = false;
  #terminal = Promise.withResolvers();
  #target;

  constructor({ probes = [], childArgv = [], host = '127.0.0.1', port = 0, timeout = 30000, preview = false }) {
    this.probes = probes;
    this.options = { childArgv, host, port, timeout, preview };
    this.#hits = probes.map(() => 0);
  }

  #call(method, params) {
    this.#lastMethod = method;
    return this.client.callMethod(method, params);
  }

  get #pending() {
    return this.probes.keys().filter((index) => this.#hits[index] === 0).toArray();
  }

  /** " before probes: a.js:1, b.js:2" of those that were not reached. */
  #before(text) {
    const names = this.#pending.map((index) => nameOf(this.probes[index].target));
    return names.length === 0 ? '' : `${text}${[...new Set(names)].join(', ')}`;
  }

  async run() {
    this.#target = await launch(this.options.childArgv, this.options.host, this.options.port);
    const { exited } = this.#target;
    const timer = setTimeout(() => this.#onTimeout(), this.options.timeout);
    exited.then((end) => this.#onExit(end));
    try {
      this.#listen();
      await this.client.connect(this.#target.url);
      await this.#start();
    } catch (error) {
      this.#onFailure(error);
    }
    const last = await this.#terminal.promise;
    clearTimeout(timer);
    this.#results.push(last);
    this.client.reset();
    return { code: Number(last.event === 'timeout' || last.error?.code === 'probe_failure'), report: this.#report() };
  }

  #report() {
    const probes = this.probes.map(({ expr, condition, maxHit, target }) => ({ expr, condition, maxHit, target }));
    return { v: 2, probes, results: this.#results };
  }

  #listen() {
    const { client } = this;
    client.on('Debugger.scriptParsed', ({ scriptId, url }) => this.#scripts.set(scriptId, url));
    client.on('Debugger.paused', (params) => this.handlePaused(params).catch((error) => this.#onFailure(error)));
    // The program has ended, and waits for its debugger to leave.
    client.on('NodeRuntime.waitingForDisconnect', () => client.reset());
    client.on('close', () => this.#onClose());
  }

  async #start() {
    await this.#call('NodeRuntime.enable');
    await this.#call('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
    // With it, exceptions come with their stacks.
    await this.#call('Runtime.enable');
    await this.#call('Debugger.enable');
    for (const [index, { target, condition }] of this.probes.entries()) {
      const name = nameOf(target);
      const known = this.#breakpoints.values().find((one) => one.name === name);
      if (known !== undefined) {
        known.indices.push(index);
        continue;
      }
      const suffix = target.suffix.replaceAll(/[^\w/]/g, (character) => `\\${character}`);
      const { breakpointId } = await this.#call('Debugger.setBreakpointByUrl', {
        urlRegex: `^(.*[\\/\\\\])?${suffix}$`,
        lineNumber: target.line - 1,
        columnNumber: target.column === undefined ? undefined : target.column - 1,
        condition,
      });
      this.#breakpoints.set(breakpointId, { name, indices: [index] });
    }
    this.started = true;
    await this.#call('Runtime.runIfWaitingForDebugger');
  }

  async handlePaused({ callFrames, hitBreakpoints = [] }) {
    if (!this.started) return;
    const indices = hitBreakpoints.flatMap((id) => this.#breakpoints.get(id)?.indices ?? []);
    for (const index of indices.toSorted((a, b) => a - b)) await this.#evaluate(index, callFrames[0]);
    if (this.probes.some(({ maxHit }, index) => maxHit !== undefined && this.#hits[index] >= maxHit)) {
      this.#finish({ event: 'completed' });
      return;
    }
    await this.#call('Debugger.resume');
  }

  async #evaluate(index, frame) {
    const { scriptId, lineNumber, columnNumber } = frame.location;
    const location = { url: this.#scripts.get(scriptId) ?? frame.url, line: lineNumber + 1, column: columnNumber + 1 };
    const entry = { probe: index, event: 'hit', hit: ++this.#hits[index], location };
    this.#results.push(entry);
    this.#current = index;
    this.#isEvaluating = true;
    // Stands when no answer comes.
    entry.error = kUnfinished;
    const { result, exceptionDetails } = await this.#call('Debugger.evaluateOnCallFrame', {
      callFrameId: frame.callFrameId, expression: this.probes[index].expr, generatePreview: true,
    });
    this.#isEvaluating = false;
    if (exceptionDetails !== undefined) {
      entry.error = toError(exceptionDetails);
      return;
    }
    delete entry.error;
    entry.result = toResult(result, this.options.preview);
    entry.text = toText(result);
  }

  #finish(terminal) {
    this.#terminal.resolve(terminal);
  }

  get #stderr() {
    return withoutNoise(this.#target?.stderr ?? '').trim();
  }

  #fail(message, details = { lastCdpMethod: this.#lastMethod }) {
    const error = { code: 'probe_failure', message };
    if (this.#current !== undefined) error.probe = this.#current;
    this.#finish({ event: 'error', pending: this.#pending, error: { ...error, stderr: this.#stderr, details } });
  }

  /** Of a call: the connection's end is dealt with by itself. */
  #onFailure(error) {
    if (error.isClosed) return;
    this.#fail(`Probe session failed after a probe evaluation${this.#before(' before probes: ')}. If the failure repeats, ` +
               'review the most-recently-evaluated probe expression.',
               { lastCdpMethod: this.#lastMethod, protocolError: error.protocolError });
  }

  #onClose() {
    if (this.started) {
      // The process goes on to its end, unless it only closed its inspector.
      return;
    }
    this.#fail(`Inspector connection lost before probes started${this.#before(' before probes: ')}. The target startup may ` +
               'have torn down the inspector. If startup does not touch the inspector, this is likely a Node.js bug. ' +
               'Please file an issue.');
  }

  #onExit({ code, signal }) {
    if (this.#isEvaluating) {
      this.#fail(`Target process exited during probe evaluation${this.#before(' before probes: ')}. If the failure repeats, ` +
                 'review the probe expression.');
    } else if (this.#pending.length === 0) {
      this.#finish({ event: 'completed' });
    } else if (code !== 0) {
      const how = signal ? { signal } : { exitCode: code };
      const message = `Target exited with ${signal ? `signal ${signal}` : `code ${code}`}${this.#before(' before probes: ')}`;
      this.#finish({ event: 'error', pending: this.#pending,
                     error: { code: 'probe_target_exit', message, ...how, stderr: this.#stderr } });
    } else {
      this.#finish({ event: 'miss', pending: this.#pending });
    }
  }

  #onTimeout() {
    if (this.#isEvaluating) {
      this.#fail(`Probe session timed out${this.#before(' before probes: ')}. The probe expression may be slow, hanging, or ` +
                 'interfering with the inspector connection. Try increasing `--timeout`; if the failure persists, review ' +
                 'the probe expressions.');
      return;
    }
    const what = this.#before(' waiting for probes: ') || ' waiting for target completion';
    const message = `Timed out after ${this.options.timeout}ms${what}`;
    this.#finish({ event: 'timeout', pending: this.#pending, error: { code: 'probe_timeout', message } });
  }

  /** The process ends with the session, except where its probes have seen enough. */
  end(code) {
    const { child, exited } = this.#target;
    if (code !== 0) child.kill('SIGKILL');
    const grace = new Promise((resolve) => setTimeout(resolve, kExitGrace).unref());
    return Promise.race([exited, grace]);
  }
}

async function run(options) {
  const session = new ProbeSession(options);
  let outcome;
  try {
    outcome = await session.run();
  } catch (error) {
    const how = error.signal ? `signal ${error.signal}` : `code ${error.code}`;
    process.stderr.write(`${error.stderr ?? ''}\n${error.message} (${how})\n`);
    return 1;
  }
  process.stdout.write(`${options.json ? asJson(outcome.report) : asText(outcome.report)}\n`);
  await session.end(outcome.code);
  return outcome.code;
}

module.exports = { ProbeSession, run };
