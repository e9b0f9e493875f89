'use strict';

// Run by tests of the runtime under --expose-internals; hands out the native bindings.

process.emitWarning('These APIs are for internal testing only. Do not use them.', 'internal/test/binding');

// Names in Node of bindings that do the same here.
const kAliases = { __proto__: null, cares_wrap: 'dns' };

module.exports = { internalBinding: (name) => internalBinding(kAliases[name] ?? name) };
