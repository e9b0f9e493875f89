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

// Those of nghttp2's errors that Node's binding has.
const kNghttp2Errors = {
  DEFERRED: -508, NOMEM: -901, STREAM_ID_NOT_AVAILABLE: -509, INVALID_ARGUMENT: -501, STREAM_CLOSED: -510,
  FRAME_SIZE_ERROR: -522,
};

function http2() {
  const { Http2Session, errorString } = internalBinding('http2');
  const constants = { ...require('http2').constants };
  for (const name of Object.keys(kNghttp2Errors)) constants[`NGHTTP2_ERR_${name}`] = kNghttp2Errors[name];
  const { NativeStream: Http2Stream } = require('internal/http2/native');
  return { constants, Http2Session, Http2Stream, nghttp2ErrorString: errorString };
}

const phases = {
  BEGIN: 'B', END: 'E', COMPLETE: 'X', INSTANT: 'I', METADATA: 'M', COUNTER: 'C', NESTABLE_ASYNC_BEGIN: 'b',
  NESTABLE_ASYNC_END: 'e', NESTABLE_ASYNC_INSTANT: 'n',
};

function constants() {
  const trace = {};
  for (const name of Object.keys(phases)) trace[`TRACE_EVENT_PHASE_${name}`] = phases[name].charCodeAt(0);
  return { ...require('constants'), trace };
}

// Bindings by Node's names for them.
const bindings = {
  __proto__: null,
  constants,
  http2,
  cares_wrap: () => internalBinding('dns'),
  tcp_wrap: tcpWrap,
  tls_wrap: () => ({ HAVE_SSL_TRACE: true }),
};

module.exports = { internalBinding: (name) => bindings[name]?.() ?? internalBinding(name) };
