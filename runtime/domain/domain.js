'use strict';

// The deprecated `domain` module: errors of everything that was started in a domain end at its 'error' event.
// Loading it changes EventEmitter and enables an async hook, so programs that do not load it pay nothing.

const EventEmitter = require('events');
const { createHook } = require('async_hooks');
const { codes: { ERR_DOMAIN_CALLBACK_NOT_AVAILABLE } } = require('internal/errors');
const { hasUncaughtExceptionCaptureCallback, setDomainHandler } = require('internal/process/execution');

if (hasUncaughtExceptionCaptureCallback()) throw new ERR_DOMAIN_CALLBACK_NOT_AVAILABLE();

// Domains that were entered and not left, the innermost last. Visible to programs as domain._stack.
const stack = [];
let current = null;
Object.defineProperty(process, 'domain', {
  __proto__: null,
  enumerable: true,
  configurable: true,
  get: () => current,
  set(domain) {
    current = domain;
  },
});

function setActive(domain) {
  module.exports.active = process.domain = domain;
}

function hide(object, name, value) {
  Object.defineProperty(object, name, {
    __proto__: null, configurable: true, enumerable: false, value, writable: true,
  });
}

// ---- Asynchronous resources ----

const domainOf = new Map();
createHook({
  init(asyncId, type, triggerAsyncId, resource) {
    const { domain } = process;
    if (domain === null || domain === undefined) return;
    domainOf.set(asyncId, new WeakRef(domain));
    // Promises of other contexts are not ours to change.
    if (type !== 'PROMISE' || resource instanceof Promise) hide(resource, 'domain', domain);
  },
  before(asyncId) {
    domainOf.get(asyncId)?.deref()?.enter();
  },
  after(asyncId) {
    domainOf.get(asyncId)?.deref()?.exit();
  },
  destroy(asyncId) {
    domainOf.delete(asyncId);
  },
}).enable();

// ---- Uncaught exceptions ----

// Called for each. True: a domain has dealt with it.
function onUncaught(error) {
  // The code that was running is gone, and with it what it had entered.
  const domain = stack[stack.length - 1];
  if (domain === undefined) return false;
  if (stack.every((each) => each.listenerCount('error') === 0)) {
    leaveAll();
    return false;
  }
  return domain._errorHandler(error);
}
setDomainHandler(onUncaught, new Error('require(`domain`) at this point').stack);

function leaveAll() {
  stack.length = 0;
  setActive(null);
}

function describe(error, domain, properties) {
  if ((typeof error !== 'object' || error === null) && typeof error !== 'function') return;
  try {
    hide(error, 'domain', domain);
    Object.assign(error, properties);
  } catch {
    // The error may be frozen.
  }
}

class Domain extends EventEmitter {
  constructor() {
    super();
    this.members = [];
  }

  _errorHandler(error) {
    describe(error, this, { domainThrown: true });
    let caught = false;
    if (this === module.exports.active && stack.length === 1) {
      // Nobody is outside: without a listener the process's own handling is next, and what the listener throws is
      // uncaught too.
      if (this.listenerCount('error') > 0) {
        // Listeners see undefined, not null, where no domain is active.
        stack.length = 0;
        setActive(undefined);
        caught = this.emit('error', error);
      }
    } else {
      caught = this.#emitInside(error);
    }
    leaveAll();
    return caught;
  }

  // What the listener of an inner domain throws is for the outer one.
  #emitInside(error) {
    try {
      stack.pop();
      setActive(stack[stack.length - 1]);
      return this.emit('error', error);
    } catch (thrown) {
      if (stack.length === 0) throw thrown;
      setActive(stack[stack.length - 1]);
      return process.domain._errorHandler(thrown);
    }
  }

  enter() {
    setActive(this);
    stack.push(this);
  }

  exit() {
    const index = stack.lastIndexOf(this);
    if (index === -1) return;
    // With it everything that was entered since.
    stack.splice(index);
    setActive(stack[stack.length - 1]);
  }

  /** @param {EventEmitter | object} emitter */
  add(emitter) {
    if (emitter.domain === this) return;
    if (emitter.domain) emitter.domain.remove(emitter);
    // A domain may be a member of another, but not of itself by way of others.
    if (this.domain && emitter instanceof Domain) {
      for (let domain = this.domain; domain; domain = domain.domain) {
        if (emitter === domain) return;
      }
    }
    hide(emitter, 'domain', this);
    this.members.push(emitter);
  }

  remove(emitter) {
    emitter.domain = null;
    const index = this.members.indexOf(emitter);
    if (index !== -1) this.members.splice(index, 1);
  }

  run(fn, ...args) {
    this.enter();
    const result = Reflect.apply(fn, this, args);
    this.exit();
    return result;
  }

  /** A callback without its first argument: an error in it is the domain's. */
  intercept(callback) {
    const domain = this;
    return function runIntercepted(error, ...args) {
      if (error && error instanceof Error) {
        describe(error, domain, { domainBound: callback, domainThrown: false });
        domain.emit('error', error);
        return undefined;
      }
      return runBound(domain, callback, this, args);
    };
  }

  bind(callback) {
    const domain = this;
    function bound(...args) {
      return runBound(domain, callback, this, args);
    }
    hide(bound, 'domain', this);
    return bound;
  }
}

function runBound(domain, callback, self, args) {
  domain.enter();
  const result = Reflect.apply(callback, self, args);
  domain.exit();
  return result;
}

// ---- Emitters: each belongs to the domain it was made in, and its listeners run there ----

EventEmitter.usingDomains = true;

const plainInit = EventEmitter.init;
EventEmitter.init = function(opts) {
  hide(this, 'domain', null);
  if (module.exports.active && !(this instanceof Domain)) this.domain = module.exports.active;
  return plainInit.call(this, opts);
};

const plainEmit = EventEmitter.prototype.emit;
EventEmitter.prototype.emit = function emit(...args) {
  const { domain } = this;
  if (domain === null || domain === undefined || this === process) return Reflect.apply(plainEmit, this, args);
  if (args[0] === 'error' && this.listenerCount('error') === 0) {
    emitToDomain(this, domain, args);
    return false;
  }
  domain.enter();
  const result = Reflect.apply(plainEmit, this, args);
  domain.exit();
  return result;
};

// An 'error' that nobody listens to is the domain's.
function emitToDomain(emitter, domain, args) {
  if (emitter.listenerCount(EventEmitter.errorMonitor) > 0) {
    Reflect.apply(plainEmit, emitter, [EventEmitter.errorMonitor, ...args.slice(1)]);
  }
  let error = args[1];
  if (!error) {
    const { codes: { ERR_UNHANDLED_ERROR } } = require('internal/errors');
    error = new ERR_UNHANDLED_ERROR(error);
  }
  describe(error, domain, { domainThrown: false });
  if (typeof error === 'object') hide(error, 'domainEmitter', emitter);

  // The listener must not run in the domain itself: what it throws is for those outside.
  const saved = [...stack];
  const active = process.domain;
  while (stack.length > 0 && stack[stack.length - 1] === active) stack.pop();
  setActive(stack[stack.length - 1] ?? null);
  domain.emit('error', error);
  stack.splice(0, stack.length, ...saved);
  setActive(active);
}

function createDomain() {
  return new Domain();
}

module.exports = { _stack: stack, Domain, createDomain, create: createDomain, active: null };
