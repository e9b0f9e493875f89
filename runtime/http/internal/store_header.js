// OutgoingMessage.prototype._storeHeader: the head of a message as text, with the headers that the protocol needs and
// the program did not set.
'use strict';

const { codes } = require('internal/errors');
const {
  headerName, kConnection, kContentLength, kDate, kExpect, kKeepAlive, kTrailer, kTransferEncoding, kUnique,
  utcDate,
} = require('internal/http/common');
const { OutgoingMessage, checkValue, kOutHeaders, kUniqueHeaders } = require('internal/http/outgoing');

// What the program's own headers say. One object serves all messages: _storeHeader is not re-entered.
const said = {
  connection: false, contentLength: false, transferEncoding: false, date: false, expect: false, trailer: false,
  text: '',
};

/** Adds `name: value` for a header whose name and value are known to be valid. */
function addLine(message, name, value, known) {
  said.text += `${name}: ${value}\r\n`;
  if (known.meaning !== 0) note(message, known.meaning, value);
}

function note(message, meaning, value) {
  switch (meaning) {
    case kConnection:
      said.connection = true;
      if (message._removedConnection) message._removedConnection = false;
      if (/(?:^|[\s,])close(?:$|[\s,])/i.test(value)) message._last = true;
      else if (!message.shouldKeepAlive) message.shouldKeepAlive = true;
      break;
    case kTransferEncoding:
      said.transferEncoding = true;
      if (message._removedTE) message._removedTE = false;
      if (/(?:^|[\s,])chunked(?:$|[\s,])/i.test(value)) message.chunkedEncoding = true;
      break;
    case kContentLength:
      said.contentLength = true;
      message._contentLength = +value;
      // A message has what differs from the prototype.
      if (message._removedContLen) message._removedContLen = false;
      break;
    case kDate:
      said.date = true;
      break;
    case kExpect:
      said.expect = true;
      break;
    case kTrailer:
      said.trailer = true;
      break;
    case kKeepAlive:
      message._defaultKeepAlive = false;
      break;
  }
}

function addHeader(message, name, value) {
  const known = headerName(name);
  checkValue(message, known, name, value);
  addChecked(message, known, name, value);
}

function addChecked(message, known, name, value) {
  if (!Array.isArray(value)) {
    addLine(message, name, value, known);
    return;
  }
  const joined = known.meaning === kUnique || message[kUniqueHeaders]?.has(known.lower);
  if ((value.length < 2 || !joined) && known.lower !== 'cookie') {
    for (const one of value) addLine(message, name, one, known);
    return;
  }
  addLine(message, name, value.join('; '), known);
}

// Headers as writeHead() or a client's options give them: an object, [[name, value], ...] or [name, value, ...].
function addGiven(message, headers) {
  if (!Array.isArray(headers)) {
    for (const name in headers) {
      if (Object.hasOwn(headers, name)) addHeader(message, name, headers[name]);
    }
    return;
  }
  if (headers.length > 0 && Array.isArray(headers[0])) {
    for (const [name, value] of headers) addHeader(message, name, value);
    return;
  }
  if (headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
  for (let n = 0; n < headers.length; n += 2) addHeader(message, headers[n], headers[n + 1]);
}

let keepAliveText = '';
let keepAliveFor = 0;

function keepAliveLine(message) {
  const timeout = message._keepAliveTimeout;
  if (timeout === 0 || !message._defaultKeepAlive) return '';
  const seconds = Math.floor(timeout / 1000);
  if (~~message._maxRequestsPerSocket > 0) {
    return `Keep-Alive: timeout=${seconds}, max=${message._maxRequestsPerSocket}\r\n`;
  }
  if (seconds !== keepAliveFor || keepAliveText === '') {
    keepAliveFor = seconds;
    keepAliveText = `Keep-Alive: timeout=${seconds}\r\n`;
  }
  return keepAliveText;
}

function connectionLines(message) {
  if (message._removedConnection) {
    // Not said, but done.
    message._last = !message.shouldKeepAlive;
    return '';
  }
  if (said.connection) return '';
  const mayKeepAlive = message.shouldKeepAlive &&
    (said.contentLength || message.useChunkedEncodingByDefault || message.agent);
  if (mayKeepAlive && message.maxRequestsOnConnectionReached) {
    return 'Connection: close\r\n';
  }
  if (mayKeepAlive) return `Connection: keep-alive\r\n${keepAliveLine(message)}`;
  message._last = true;
  return 'Connection: close\r\n';
}

function framingLines(message) {
  if (said.contentLength || said.transferEncoding) return '';
  if (!message._hasBody) {
    // A client's or server's answer without one: neither header belongs there.
    if (message.chunkedEncoding) message.chunkedEncoding = false;
    return '';
  }
  if (!message.useChunkedEncodingByDefault) {
    message._last = true;
    return '';
  }
  if (!said.trailer && !message._removedContLen && typeof message._contentLength === 'number') {
    return `Content-Length: ${message._contentLength}\r\n`;
  }
  if (!message._removedTE) {
    message.chunkedEncoding = true;
    return 'Transfer-Encoding: chunked\r\n';
  }
  // The end of the connection is the end of the body.
  message._last = true;
  return '';
}

let dateFor = '';
let dateLine = '';

function dateHeader() {
  const date = utcDate();
  if (date !== dateFor) {
    dateFor = date;
    dateLine = `Date: ${date}\r\n`;
  }
  return dateLine;
}

OutgoingMessage.prototype._storeHeader = function _storeHeader(firstLine, headers) {
  said.connection = said.contentLength = said.transferEncoding = said.date = said.expect = said.trailer = false;
  said.text = firstLine;
  if (headers) {
    if (headers === this[kOutHeaders]) {
      for (const { known, name, value } of headers.entries) addChecked(this, known, name, value);
    } else {
      addGiven(this, headers);
    }
  }
  if (this.sendDate && !said.date) said.text += dateHeader();
  // These have no body, whatever their headers say: a chunked one would be read as the next answer.
  if (this.chunkedEncoding && (this.statusCode === 204 || this.statusCode === 304)) {
    this.chunkedEncoding = false;
    this.shouldKeepAlive = false;
  }
  const connection = connectionLines(this);
  const framing = framingLines(this);
  if (this.chunkedEncoding !== true && said.trailer) throw new codes.ERR_HTTP_TRAILER_INVALID();
  this._header = `${said.text}${connection}${framing}\r\n`;
  this._headerSent = false;
  // The body waits for the other side's consent; the head must not.
  if (said.expect) this._send('');
};

