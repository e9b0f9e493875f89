'use strict';

// The global navigator, https://nodejs.org/api/globals.html#navigator.

const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS } } = require('internal/errors');

const kConstruct = Symbol('construct');

class Navigator {
  #concurrency;
  #languages;

  constructor(token) {
    if (token !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get hardwareConcurrency() {
    this.#concurrency ??= require('os').availableParallelism();
    return this.#concurrency;
  }

  get language() {
    return Intl.DateTimeFormat().resolvedOptions().locale || 'en-US';
  }

  get languages() {
    this.#languages ??= Object.freeze([this.language]);
    return this.#languages;
  }

  // What programs test for is Node's major release, as in process.version.
  get userAgent() {
    return `Node.js/${process.version.slice(1, process.version.indexOf('.'))}`;
  }

  get locks() {
    if (!(#languages in this)) throw new ERR_INVALID_THIS('Navigator');
    return require('internal/worker/locks').locks;
  }

  get platform() {
    return 'Linux x86_64';
  }
}
for (const key of ['hardwareConcurrency', 'language', 'languages', 'userAgent', 'platform', 'locks']) {
  Object.defineProperty(Navigator.prototype, key, { __proto__: null, enumerable: true });
}

module.exports = { Navigator, navigator: new Navigator(kConstruct) };
