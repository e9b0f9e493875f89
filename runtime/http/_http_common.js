// require('_http_common'): deprecated, but packages know it.
'use strict';

const { enabledHooksExist } = require('internal/async_hooks');
const { FastBuffer } = require('internal/buffer');
const { register, runIn, unfollow } = require('internal/http/async_resource');
const {
  getMaxHeaderSize, hasInvalidChar, isToken, methodNames, parsers,
} = require('internal/http/common');

const { Parser, kLenientFraming, kLenientHeaders } = internalBinding('http');

const methods = methodNames.filter((name) => name !== undefined);

const kRequest = 1;
const kResponse = 2;

// Names of the callbacks that a program sets on its parser.
const kOnHeaders = 1;   // trailers
const kOnHeadersComplete = 2;
const kOnBody = 3;
const kOnMessageComplete = 4;

const kLenientNone = 0;
const kLenientAll = 1023;

// Bits of what the native parser says about a head.
const kKeepAlive = 1;
const kUpgrade = 2;

/** The parser, for programs that feed it themselves. Servers and requests have their own (internal/http). */
class HTTPParser {
  #parser;
  #type;

  initialize(type, resource, maxHeaderSize = 0, leniency = kLenientNone) {
    const native = leniency === kLenientAll ? kLenientHeaders | kLenientFraming :
      leniency & HTTPParser.kLenientHeaders ? kLenientHeaders : 0;
    const parser = new Parser(type === kResponse, maxHeaderSize || getMaxHeaderSize(), 0, native);
    parser.onhead = (...head) => this.#onHead(...head);
    parser.onbody = (arrayBuffer) => this.#call(kOnBody, new FastBuffer(arrayBuffer));
    parser.oncomplete = (trailers) => {
      if (trailers !== undefined) this.#call(kOnHeaders, this.#pairs(trailers), '');
      this.#call(kOnMessageComplete);
    };
    this.#type = type;
    this.#parser = parser;
    if (enabledHooksExist()) register(parser, type === kRequest ? 'HTTPINCOMINGMESSAGE' : 'HTTPCLIENTREQUEST', resource);
  }

  /** The number of bytes taken, or an Error. */
  execute(buffer, offset = 0, length = buffer.length - offset) {
    const taken = this.#parser.execute(buffer.subarray(offset, offset + length));
    return taken < 0 ? this.#error() : taken;
  }

  /** The connection ended: an Error when that was in the middle of a message. */
  finish() {
    return this.#parser.finish() ? undefined : this.#error();
  }

  close() {
    if (this.#parser !== undefined) unfollow(this.#parser);
    this.#parser = undefined;
  }

  #call(name, ...args) {
    const callback = this[name];
    return typeof callback === 'function' ? runIn(this.#parser, callback, this, args) : undefined;
  }

  #error() {
    const [code, reason, bytesParsed] = this.#parser.error();
    return Object.assign(new Error('Parse Error'), { bytesParsed, code, reason });
  }

  // What maxHeaderPairs leaves of the headers: names and values in turn.
  #pairs(block) {
    const { maxHeaderPairs } = this;
    const pairs = block === '' ? [] : block.split('\n');
    return maxHeaderPairs > 0 ? pairs.slice(0, maxHeaderPairs) : pairs;
  }

  #onHead(number, text, block, flags) {
    const isRequest = this.#type === kRequest;
    return this.#call(
      kOnHeadersComplete, flags >> 16, (flags >> 8) & 0xff, this.#pairs(block),
      isRequest ? methods.indexOf(methodNames[number]) : undefined, isRequest ? text : undefined,
      isRequest ? undefined : number, isRequest ? undefined : text,
      (flags & kUpgrade) !== 0, (flags & kKeepAlive) !== 0);
  }
}

Object.assign(HTTPParser, {
  REQUEST: kRequest,
  RESPONSE: kResponse,
  kOnHeaders,
  kOnHeadersComplete,
  kOnBody,
  kOnMessageComplete,
  kLenientNone,
  kLenientHeaders: 1,
  kLenientAll,
});

module.exports = {
  _checkIsHttpToken: isToken,
  _checkInvalidHeaderChar: hasInvalidChar,
  methods,
  parsers,
  HTTPParser,
  CRLF: '\r\n',
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
};
