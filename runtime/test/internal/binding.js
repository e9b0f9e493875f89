'use strict';

// Run by tests of the runtime under --expose-internals; hands out the native bindings. Node's tests find some of them
// by the name that Node has for them.

process.emitWarning('These APIs are for internal testing only. Do not use them.', 'internal/test/binding');

function tcpWrap() {
  const { TCP: Base, UV_TCP_IPV6ONLY, UV_TCP_REUSEPORT } = internalBinding('net');
  const constants = { SOCKET: 0, SERVER: 1, UV_TCP_IPV6ONLY, UV_TCP_REUSEPORT };
  class TCP extends Base {
    constructor(type) {
      super(type === constants.SERVER);
    }

    bind(address, port, flags = 0) {
      return super.bind(address, port, flags);
    }
  }
  return { TCP, constants };
}

// Bindings by Node's names for them.
const bindings = {
  __proto__: null,
  cares_wrap: () => internalBinding('dns'),
  tcp_wrap: tcpWrap,
};

module.exports = { internalBinding: (name) => bindings[name]?.() ?? internalBinding(name) };
