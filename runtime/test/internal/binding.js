'use strict';

// Run by tests of the runtime under --expose-internals; hands out the native bindings.

module.exports = { internalBinding };
