'use strict';
// ServerHttp2Session: takes requests; announces alternative services and origins.
// Run once per realm by internal/http2/core.

const {
  codes: {
    ERR_HTTP2_ALTSVC_INVALID_ORIGIN, ERR_HTTP2_ALTSVC_LENGTH, ERR_HTTP2_INVALID_ORIGIN, ERR_HTTP2_INVALID_SESSION,
    ERR_HTTP2_ORIGIN_LENGTH, ERR_INVALID_ARG_TYPE, ERR_INVALID_CHAR, ERR_OUT_OF_RANGE,
  },
} = require('internal/errors');
const { validateString } = require('internal/validators');
const { Buffer } = require('buffer');
const { URL } = require('internal/url');
const { constants } = require('internal/http2/constants');
const { kStrictSingleValueFields, parseBlock } = require('internal/http2/util');
const { kHandle, kServer, kState } = require('internal/http2/symbols');
const { Http2Session } = require('internal/http2/session');
const { ServerHttp2Stream } = require('internal/http2/server_stream');
const { publish } = require('internal/http2/observe');

const kMaxUint32 = 2 ** 32 - 1;
const kMaxAltsvcLength = 16382;

// What RFC 7838 lets into the value of Alt-Svc.
const kQuotedString = /^[\t\x20-\x5b\x5d-\x7e\x80-\xff]*$/;

class ServerHttp2Session extends Http2Session {
  constructor(options, socket, server) {
    super(options, constants.NGHTTP2_SESSION_SERVER, socket);
    this[kServer] = server;
  }

  get server() {
    return this[kServer];
  }

  _onStream(id, block, flags, sensitive) {
    const handle = this[kHandle];
    if (this.destroyed) return undefined;
    if (this.closed) {
      handle.reset(id, constants.NGHTTP2_REFUSED_STREAM);
      return undefined;
    }
    const [headers, rawHeaders] = parseBlock(block, sensitive, this[kStrictSingleValueFields]);
    const stream = new ServerHttp2Stream(this, id, headers);
    const state = stream[kState];
    if ((flags & 1) !== 0) {
      state.endAfterHeaders = true;
      stream.push(null);
    }
    if (headers[':method'] === 'HEAD') {
      state.headRequest = true;
      // An answer to HEAD has no body, whatever is written.
      stream.end();
    }
    publish('server', 'start', () => ({ stream, headers }));
    this.emit('stream', stream, headers, flags, rawHeaders);
    return stream;
  }

  _onPush() {
    return undefined;
  }

  _emitHeaders(stream, category, headers, flags, rawHeaders) {
    process.nextTick(() => stream.emit('trailers', headers, flags, rawHeaders));
  }

  altsvc(alt, originOrStream) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    let id = 0;
    let origin;
    if (typeof originOrStream === 'string') {
      origin = new URL(originOrStream).origin;
      if (origin === 'null') throw new ERR_HTTP2_ALTSVC_INVALID_ORIGIN();
    } else if (typeof originOrStream === 'number') {
      if (originOrStream >>> 0 !== originOrStream || originOrStream === 0) {
        throw new ERR_OUT_OF_RANGE('originOrStream', `> 0 && < ${kMaxUint32 + 1}`, originOrStream);
      }
      id = originOrStream;
    } else if (originOrStream !== undefined) {
      // A URL, or something with an origin.
      if (originOrStream !== null && typeof originOrStream === 'object') ({ origin } = originOrStream);
      if (typeof origin !== 'string') {
        throw new ERR_INVALID_ARG_TYPE('originOrStream', ['string', 'number', 'URL', 'object'], originOrStream);
      }
      if (origin === 'null' || origin.length === 0) throw new ERR_HTTP2_ALTSVC_INVALID_ORIGIN();
    }
    validateString(alt, 'alt');
    if (!kQuotedString.test(alt)) throw new ERR_INVALID_CHAR('alt');
    origin ??= '';
    if (Buffer.byteLength(origin) + Buffer.byteLength(alt) > kMaxAltsvcLength) throw new ERR_HTTP2_ALTSVC_LENGTH();
    this[kHandle].altsvc(id, origin, alt);
  }

  origin(...origins) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    if (origins.length === 0) return;
    let length = 0;
    const list = [];
    for (const given of origins) {
      let origin;
      if (typeof given === 'string') {
        ({ origin } = new URL(given));
      } else if (given !== null && typeof given === 'object') {
        ({ origin } = given);
      }
      if (typeof origin !== 'string') throw new ERR_INVALID_ARG_TYPE('origin', 'string', origin);
      if (origin === 'null' || origin.length === 0) throw new ERR_HTTP2_INVALID_ORIGIN();
      list.push(origin);
      length += origin.length + 2;
    }
    if (length > kMaxAltsvcLength) throw new ERR_HTTP2_ORIGIN_LENGTH();
    this[kHandle].origin(list);
  }
}

module.exports = { ServerHttp2Session };
