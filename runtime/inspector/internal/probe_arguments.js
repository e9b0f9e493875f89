'use strict';

// The command line of probe mode: `inspect --probe file:line[:column] --expr expression ... script`.

const kDefaultTimeout = 30000;

class UsageError extends Error {}

function fail(message) {
  throw new UsageError(message);
}

function parseTarget(text) {
  const match = /^(.+?):(\d+)(?::(\d+))?$/.exec(text);
  if (match === null || Number(match[2]) < 1 || (match[3] !== undefined && Number(match[3]) < 1)) {
    fail(`Invalid probe location: ${text}`);
  }
  const target = { suffix: match[1], line: Number(match[2]) };
  if (match[3] !== undefined) target.column = Number(match[3]);
  return target;
}

function parseCount(text, what, minimum, maximum = Number.MAX_SAFE_INTEGER) {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= minimum && value <= maximum)) fail(`Invalid ${what}: ${text}`);
  return value;
}

class Reader {
  constructor(args) {
    this.args = args;
    this.position = 0;
    this.result = { probes: [], json: false, preview: false, timeout: kDefaultTimeout, port: 0, childArgv: [] };
    // The --probe whose --expr has not come yet.
    this.open = undefined;
  }

  value(option, inline) {
    const value = inline ?? this.args[this.position++];
    if (value === undefined || value.trim() === '') fail(`Missing value for ${option}`);
    return value;
  }

  lastProbe(option) {
    const probe = this.result.probes.at(-1);
    if (probe === undefined) fail(`Unexpected ${option} before --probe`);
    return probe;
  }

  /** @returns {boolean} false: the child's arguments begin here */
  take(argument) {
    const [, option, inline] = /^(--[^=]+)(?:=(.*))?$/s.exec(argument) ?? [argument, argument];
    if (this.open !== undefined && option !== '--expr') fail('Each --probe must be followed immediately by --expr');
    switch (option) {
      case '--probe':
        this.open = parseTarget(this.value(option, inline));
        return true;
      case '--expr':
        if (this.open === undefined) fail('Unexpected --expr before --probe');
        this.result.probes.push({ expr: this.value(option, inline), target: this.open });
        this.open = undefined;
        return true;
      case '--cond': {
        const probe = this.lastProbe(option);
        if (probe.condition !== undefined) fail('A --probe can have at most one --cond');
        probe.condition = this.value(option, inline);
        return true;
      }
      case '--max-hit': {
        const probe = this.lastProbe(option);
        if (probe.maxHit !== undefined) fail('Duplicate --max-hit for a single --probe');
        probe.maxHit = parseCount(this.value(option, inline), 'max-hit', 1);
        return true;
      }
      case '--timeout':
        this.result.timeout = parseCount(this.value(option, inline), 'timeout', 1);
        return true;
      case '--port':
        this.result.port = parseCount(this.value(option, inline), 'port', 0, 65535);
        return true;
      case '--json':
      case '--preview':
        this.result[option.slice(2)] = true;
        return true;
      case '--':
        return false;
    }
    if (option.startsWith('-')) fail('Use -- before child Node.js flags in probe mode');
    this.position--;
    return false;
  }

  read() {
    while (this.position < this.args.length && this.take(this.args[this.position++]));
    if (this.open !== undefined) fail('Each --probe must be followed immediately by --expr');
    this.result.childArgv = this.args.slice(this.position);
    checkConditions(this.result.probes);
    if (this.result.probes.length === 0) fail('No --probe was given');
    if (this.result.childArgv.length === 0) fail('Probe mode requires a child script');
    return this.result;
  }
}

function nameOf({ suffix, line, column }) {
  return column === undefined ? `${suffix}:${line}` : `${suffix}:${line}:${column}`;
}

// A location has one breakpoint, which has one condition.
function checkConditions(probes) {
  const conditions = new Map();
  for (const { target, condition } of probes) {
    const name = nameOf(target);
    if (conditions.has(name) && conditions.get(name) !== condition) {
      fail(`Probes at ${name} must use the same --cond (or none)`);
    }
    conditions.set(name, condition);
  }
}

/** Whether the arguments behind `inspect` are of probe mode: an option of it before the script. */
function isProbeMode(args) {
  for (const argument of args) {
    if (!argument.startsWith('-') || argument === '--') return false;
    if (/^--(?:probe|expr|cond|max-hit)(?:=|$)/.test(argument)) return true;
  }
  return false;
}

module.exports = { UsageError, isProbeMode, nameOf, parse: (args) => new Reader(args).read() };
