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

// nghttp2's errors, by their numbers downwards from -501; holes are numbers that it does not use.
const kNghttp2Errors = `
  INVALID_ARGUMENT BUFFER_ERROR UNSUPPORTED_VERSION WOULDBLOCK PROTO INVALID_FRAME EOF DEFERRED STREAM_ID_NOT_AVAILABLE
  STREAM_CLOSED STREAM_CLOSING STREAM_SHUT_WR INVALID_STREAM_ID INVALID_STREAM_STATE DEFERRED_DATA_EXIST
  START_STREAM_NOT_ALLOWED GOAWAY_ALREADY_SENT INVALID_HEADER_BLOCK INVALID_STATE . TEMPORAL_CALLBACK_FAILURE
  FRAME_SIZE_ERROR HEADER_COMP FLOW_CONTROL INSUFF_BUFSIZE PAUSE TOO_MANY_INFLIGHT_SETTINGS PUSH_DISABLED DATA_EXIST
  SESSION_CLOSING HTTP_HEADER HTTP_MESSAGING REFUSED_STREAM INTERNAL CANCEL SETTINGS_EXPECTED TOO_MANY_SETTINGS`;

function http2() {
  const { Http2Session, errorString } = internalBinding('http2');
  const constants = { ...require('http2').constants };
  kNghttp2Errors.trim().split(/\s+/).forEach((name, i) => {
    if (name !== '.') constants[`NGHTTP2_ERR_${name}`] = -501 - i;
  });
  const { NativeStream: Http2Stream } = require('internal/http2/native');
  return { constants, Http2Session, Http2Stream, nghttp2ErrorString: errorString };
}

// Bindings by Node's names for them.
const bindings = {
  __proto__: null,
  http2,
  cares_wrap: () => internalBinding('dns'),
  tcp_wrap: tcpWrap,
};

module.exports = { internalBinding: (name) => bindings[name]?.() ?? internalBinding(name) };
