'use strict';
// ClientHttp2Stream: a request and its answer, or a pushed answer.
// Run once per realm by internal/http2/client_session.

const { Http2Stream } = require('internal/http2/stream');

class ClientHttp2Stream extends Http2Stream {
  constructor(session) {
    super(session);
    // What is written before there is a native stream goes out together.
    this.cork();
  }

  // The request's headers lead the way: there is nothing to be sent before data.
  get headersSent() {
    return true;
  }
}

module.exports = { ClientHttp2Stream };
