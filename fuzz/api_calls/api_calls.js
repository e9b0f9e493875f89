'use strict';
// The public API, called with arguments that no program means to pass. The property: a call returns or throws, and no call
// ends the process or is told of a mistake inside Gyre. The input is lines of text:
//
//   crypto.createHash "sha256" {outputLength=-1}    a function (functions.js), its arguments (values.js)
//   new Blob [bytes,"abc"]                          a list and an object as arguments
//   make.cipher                                     an instance as programs make it (instances.js)
//   crypto.Cipheriv.prototype.update detached       a method, of the last instance that there is
//   $0.final "hex"                                  a method of what the first call gave
//   on $1 crypto.Hash.prototype.copy                a method of anything; `bare` for an object that no constructor made
//   gc                                              a collection of garbage; an empty line: the event loop turns
//
// A word that means nothing stands for something else, by its hash. GYRE_FUZZ_TRACE=1 prints each line before it is done, as
// it is understood: what is committed to corpus/ is that, which means the same when there are more functions and values.

const { Buffer } = require('buffer');
const fs = require('fs');
const { setImmediate } = require('timers');
const { performance } = require('perf_hooks');
const { isPromise } = require('util').types;
const { kOwner } = require('internal/net');

const binding = internalBinding('fuzz');

const MAX_LINES = 40;
const MAX_ARGUMENTS = 6;
const MAX_KEPT = 32;
// What lies on the thread pool has this many turns of the loop to end.
const MAX_TURNS = 20000;

/** Nobody is asked for names: lookups fail, and queries go where nobody listens. */
function cutOffNames() {
  const dns = internalBinding('dns');
  const { UV_EAI_NONAME = -3008 } = internalBinding('uv');
  dns.getaddrinfo = dns.getnameinfo = () => UV_EAI_NONAME;
  const { prototype } = dns.ChannelWrap;
  for (const name of ['query', 'reverse']) {
    const native = prototype[name];
    prototype[name] = function ask(...args) {
      if (this.pending() === 0) this.setServers(['127.0.0.1'], [1]);
      return Reflect.apply(native, this, args);
    };
  }
}

/** What a program's mistakes lead to: nothing here. */
function swallow() {
  process.removeAllListeners('warning');
  for (const event of ['uncaughtException', 'unhandledRejection', 'rejectionHandled', 'warning']) process.on(event, checkError);
}

/** An error may be anything but an assertion of Gyre's own. */
function checkError(error) {
  let code;
  try {
    code = error.code;
  } catch {
    return;
  }
  if (code === 'ERR_INTERNAL_ASSERTION') mistake ??= error;
}

let mistake;
let tables;

function start() {
  if (tables !== undefined) return tables;
  cutOffNames();
  swallow();
  internalBinding('process').exposeGc();
  const { findFunctions, isDenied, limitOf } = require('fuzz/api_calls/functions');
  const { byClass, instances } = require('fuzz/api_calls/instances');
  const { makers, names, options } = require('fuzz/api_calls/values');
  const optionNames = new Set(options);
  // One root and not all of them, which take a tenth of a second for each context.
  require('tls').setDefaultCACertificates([makers.get('certificate')()]);
  tables = { byClass, functions: findFunctions(), instances, isDenied, limitOf, makers, names, optionNames, options };
  for (const [made, value] of instances) {
    const name = `make.${made}`;
    tables.functions.byName.set(name, { kind: 'make', name, value });
  }
  tables.functions.finish();
  tables.handles = new Set(binding.openHandles());
  return tables;
}

function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return (value ^ value >>> 15) >>> 0;
}

const at = (list, number) => list[number % list.length];
const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

function quietly(f) {
  try {
    const result = f();
    if (isPromise(result)) Promise.prototype.then.call(result, undefined, checkError);
    return result;
  } catch (error) {
    checkError(error);
    return undefined;
  }
}

function isInstance(value, Class) {
  try {
    return value instanceof Class;
  } catch {
    return false;
  }
}

// Not what is private by its name, nor symbols of built-in modules.
const MEMBER = { string: /^(?!constructor$)[a-zA-Z$]\w*$/, symbol: /^(Symbol|nodejs)\.[\w.]+$/ };

/** The methods and accessors of a value, by names. */
function membersOf(value) {
  const members = new Map();
  for (let object = value, depth = 0; isObject(object) && depth < 8; object = Reflect.getPrototypeOf(object), depth++) {
    if (tables.functions.languagePrototypes.has(object)) break;
    for (const key of ArrayBuffer.isView(object) ? [] : Reflect.ownKeys(object)) {
      const name = typeof key === 'symbol' ? key.description : key;
      if (!MEMBER[typeof key].test(name) || members.has(name)) continue;
      const property = Reflect.getOwnPropertyDescriptor(object, key);
      if (property === undefined) continue;
      if (typeof (property.value ?? property.get) === 'function') members.set(name, { ...property, owner: object });
    }
  }
  return members;
}

const limited = (value, limit) => (limit === undefined ? value : quietly(() => limit(value)));

/** One input, as it runs. */
class Input {
  constructor() {
    this.kept = [];
    this.made = new Map();
    this.closing = false;
    this.collected = false;
    this.inCloseAll = false;
  }

  /** From now on it is $n, in front of what else is kept from `index` on. */
  keep(value, index = this.kept.length) {
    if (!isObject(value) || this.closing || this.kept.length >= MAX_KEPT || this.kept.includes(value)) return;
    this.kept.splice(index, 0, value);
    if (!isPromise(value)) return;
    Promise.prototype.then.call(value, (settled) => {
      if (isObject(settled)) this.kept[this.kept.indexOf(value)] = settled;
    }, checkError);
  }

  value(name) {
    if (!this.made.has(name)) this.made.set(name, tables.makers.get(name)(this));
    return this.made.get(name);
  }

  /** What a word stands for: [the word that says so, value]. */
  word(text, limit) {
    const [name, value] = this.unlimitedWord(text, limit);
    return [name, limited(value, limit)];
  }

  unlimitedWord(text, limit) {
    if (/^\{.*\}$/.test(text)) return this.objectWord(text.slice(1, -1), limit);
    if (/^\[.*\]$/.test(text)) return this.listWord(text.slice(1, -1), limit);
    if (!tables.makers.has(text) && hash(text) % 8 === 0) return this.objectWord(text, limit);
    return this.plainWord(text);
  }

  plainWord(text) {
    if (tables.makers.has(text)) return [text, this.value(text)];
    if (/^\$\d{1,2}$/.test(text) && this.kept.length > 0) return this.keptWord(Number(text.slice(1)));
    const number = hash(text);
    if (number % 8 === 1 && this.kept.length > 0) return this.keptWord(number >>> 3);
    const name = at(tables.names, number >>> 3);
    return [name, this.value(name)];
  }

  keptWord(number) {
    const index = number % this.kept.length;
    return [`$${index}`, this.kept[index]];
  }

  /** A word inside of an object or a list: in brackets, a list of one. */
  element(text, limit) {
    const [word, value] = this.plainWord(text.replace(/^[{[]|[}\]]$/g, ''));
    const each = limited(value, limit);
    return text[0] === '[' ? [`[${word}]`, [each]] : [word, each];
  }

  objectWord(text, limit) {
    const object = {};
    const words = text.split(',', MAX_ARGUMENTS).map((part) => {
      const [option, value = part] = part.split('=', 2);
      const name = tables.optionNames.has(option) ? option : at(tables.options, hash(option));
      const [word, made] = this.element(value, limit);
      object[name] = made;
      return `${name}=${word}`;
    });
    return [`{${words}}`, object];
  }

  listWord(text, limit) {
    const words = text.split(',', MAX_ARGUMENTS).map((part) => this.element(part, limit));
    return [`[${words.map(([word]) => word)}]`, words.map(([, value]) => value)];
  }

  /** What a line asks for: { text, limit, call(args) }. */
  operation(words) {
    const head = words.shift();
    const { byName, list } = tables.functions;
    if (head === 'new' && byName.has(`new ${words[0]}`)) return this.named(byName.get(`new ${words.shift()}`));
    if (head === 'bare' || head === 'on') return this.otherReceiver(head, words);
    if (byName.has(head)) return this.named(byName.get(head));
    const member = /^\$(\d{1,2})(?:\.([\w.]*))?$/.exec(head);
    const number = hash(head);
    if (this.kept.length > 0 && member) return this.member(Number(member[1]), member[2]);
    if (this.kept.length > 0 && number % 4 === 0) return this.member(number >>> 2, head);
    return this.named(at(list, number >>> 2));
  }

  otherReceiver(head, words) {
    const entries = tables.functions.list.filter(({ kind }) => kind === 'method' || kind === 'accessor');
    const [word, receiver] = head === 'on' ? this.word(words.shift() ?? '') : [];
    const name = words.shift() ?? '';
    const found = tables.functions.byName.get(name);
    const entry = found?.Class ? found : at(entries, hash(name));
    const self = head === 'on' ? receiver : Object.create(entry.Class.prototype);
    return { ...this.named(entry, self), text: `${head} ${word === undefined ? '' : `${word} `}${entry.name}` };
  }

  named(entry, self) {
    const { kind, limit, name, value } = entry;
    const call = {
      new: (args) => Reflect.construct(value, args),
      function: (args) => Reflect.apply(value, entry.owner, args),
      method: (args) => Reflect.apply(value, self ?? this.receiver(entry.Class), args),
      accessor: (args) =>
        Reflect.apply((args.length > 0 && entry.setter) || value, self ?? this.receiver(entry.Class), args),
      make: (args) => value(this, ...args),
    }[kind];
    return { text: name, limit, call };
  }

  /** A method or an accessor of what was kept, or the function itself. */
  member(number, name) {
    const index = number % this.kept.length;
    const self = this.kept[index];
    const members = quietly(() => membersOf(self)) ?? new Map();
    if (typeof self === 'function' && (name === undefined || members.size === 0)) {
      return this.allowed(`$${index}`, 'any', self, (args) => Reflect.apply(self, undefined, args));
    }
    if (members.size === 0) return undefined;
    const key = members.has(name) ? name : at([...members.keys()], hash(name ?? ''));
    const { get, set, value, owner } = members.get(key);
    const Class = quietly(() => owner.constructor.name) || 'Object';
    return this.allowed(`$${index}.${key}`, `any.${Class}.prototype.${key}`, value ?? get, (args) =>
      Reflect.apply(value ?? (args.length > 0 && set ? set : get), self, args));
  }

  allowed(text, name, f, call) {
    const { denied, limits } = tables.functions;
    if (denied.has(f) || tables.isDenied(name)) return undefined;
    return { text, limit: limits.get(f) ?? tables.limitOf(name), call };
  }

  /** The last instance of a class; one that is made, when there is none. */
  receiver(Class) {
    const found = this.kept.findLast((value) => isInstance(value, Class));
    if (found !== undefined) return found;
    const make = tables.instances.get(tables.byClass.get(Class.name));
    const made = quietly(() => (make ? make(this) : new Class()));
    this.keep(made);
    return this.kept.findLast((value) => isInstance(value, Class)) ?? Object.create(Class.prototype);
  }

  run(words) {
    const operation = this.operation(words);
    if (operation === undefined) return;
    const args = words.slice(0, MAX_ARGUMENTS).map((text) => this.word(text, operation.limit));
    if (process.env.GYRE_FUZZ_TRACE) fs.writeSync(2, `${[operation.text, ...args.map(([word]) => word)].join(' ')}\n`);
    const index = this.kept.length;
    this.keep(quietly(() => operation.call(args.map(([, value]) => value))), index);
  }

  collect() {
    if (process.env.GYRE_FUZZ_TRACE) fs.writeSync(2, 'gc\n');
    if (!this.collected) globalThis.gc();
    this.collected = true;
  }

  /** What a program would do with what it has: all that ends it. */
  closeAll() {
    if (this.inCloseAll) return;
    this.inCloseAll = true;
    for (const value of [...this.kept, ...this.made.values()]) {
      if (!isObject(value)) continue;
      const members = quietly(() => membersOf(value)) ?? new Map();
      for (const name of ['destroy', 'close', 'disconnect', 'disable', 'stop', 'cancel', 'abort', 'return']) {
        const method = members.get(name)?.value;
        if (typeof method === 'function' && !tables.functions.denied.has(method)) quietly(() => Reflect.apply(method, value, []));
      }
    }
    this.inCloseAll = false;
  }
}

const nextTurn = () => new Promise((resolve) => { setImmediate(resolve); });

/** The loop turns, until nothing is in flight. */
async function turn() {
  if (process.env.GYRE_FUZZ_TRACE) fs.writeSync(2, '\n');
  for (let turns = 0; turns === 0 || (turns < 1000 && binding.countRequests() > 0); turns++) await nextTurn();
}

/** Closes what is open, and waits for what is under way. */
async function settle(input) {
  input.closing = true;
  input.closeAll();
  for (let turns = 0; turns < MAX_TURNS; turns++) {
    await nextTurn();
    const open = binding.openHandles().filter((handle) => !tables.handles.has(handle));
    if (open.length === 0 && binding.countRequests() === 0 && turns >= 3) break;
    for (const handle of open) {
      const owner = handle[kOwner];
      if (owner && turns < 3) quietly(() => (owner.destroy ?? owner.close).call(owner));
      else quietly(() => handle.close());
    }
  }
  for (const clear of ['clearMarks', 'clearMeasures', 'clearResourceTimings']) performance[clear]();
}

module.exports = async function apiCallsProperty(bytes) {
  start();
  const input = new Input();
  const text = Buffer.from(bytes).latin1Slice();
  for (const line of text.split('\n', MAX_LINES)) {
    const words = line.split(' ').filter(Boolean);
    if (words.length === 0) await turn();
    else if (line === 'gc') input.collect();
    else input.run(words);
  }
  await settle(input);
  if (mistake !== undefined) throw mistake;
};
