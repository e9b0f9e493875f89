'use strict';

// With --experimental-network-inspection frontends see the requests of http, https, http2, fetch and WebSocket: what their
// diagnostics channels say, as events of the domain Network. Loaded when the first frontend enables the domain.

const { subscribe, unsubscribe } = require('diagnostics_channel');
const { errorMonitor } = require('events');
const { broadcast } = require('internal/inspector/network');
const { now } = require('internal/perf_hooks/entries');

/** What is known of a request in flight: { id, url }. */
const known = new WeakMap();
let lastId = 0;

const timestamp = () => now() / 1000;
const kJoints = { '__proto__': null, 'cookie': '; ', 'set-cookie': '\n' };

/** Headers as frontends want them: strings by lower-case names, what came more than once in one. */
function plainHeaders(entries) {
  const headers = {};
  for (const [name, value] of entries) {
    const key = `${name}`.toLowerCase();
    const joint = kJoints[key] ?? ', ';
    const text = Array.isArray(value) ? value.join(joint) : `${value}`;
    headers[key] = key in headers ? `${headers[key]}${joint}${text}` : text;
  }
  return headers;
}

/** Names and values in turn, as strings or bytes. */
function pairs(list) {
  const entries = [];
  for (let i = 0; i + 1 < list.length; i += 2) entries.push([`${list[i]}`, `${list[i + 1]}`]);
  return entries;
}

function contentType(headers) {
  try {
    const { MIMEType } = require('util');
    const type = new MIMEType(headers['content-type']);
    return { mimeType: type.essence, charset: (type.params.get('charset') ?? '').toLowerCase() };
  } catch {
    return { mimeType: '', charset: '' };
  }
}

function begin(key, url, method, headers, hasPostData) {
  const requestId = `node-network-event-${++lastId}`;
  known.set(key, { requestId, url });
  const { charset } = contentType(headers);
  broadcast('requestWillBeSent', {
    requestId, timestamp: timestamp(), wallTime: Date.now() / 1000, charset, request: { url, method, headers, hasPostData },
  });
}

function respond(key, status, statusText, headers, type) {
  const request = known.get(key);
  if (request === undefined) return;
  const { requestId, url } = request;
  broadcast('responseReceived', {
    requestId, timestamp: timestamp(), type,
    response: { url, status, statusText, headers, ...contentType(headers) },
  });
}

function receive(key, chunk) {
  const request = known.get(key);
  if (request === undefined) return;
  const { Buffer } = require('buffer');
  const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  const { length } = data;
  broadcast('dataReceived', {
    requestId: request.requestId, timestamp: timestamp(), dataLength: length, encodedDataLength: length, data,
  });
}

function send(key, chunk, encoding) {
  const request = known.get(key);
  if (request === undefined) return;
  const { Buffer } = require('buffer');
  const data = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
  broadcast('dataSent', { requestId: request.requestId, timestamp: timestamp(), dataLength: data.length, data });
}

function endSending(key) {
  const request = known.get(key);
  if (request !== undefined) broadcast('dataSent', { requestId: request.requestId, finished: true });
}

function finish(key) {
  const request = known.get(key);
  if (request === undefined) return;
  known.delete(key);
  broadcast('loadingFinished', { requestId: request.requestId, timestamp: timestamp() });
}

function fail(key, errorText, type) {
  const request = known.get(key);
  if (request === undefined) return;
  known.delete(key);
  broadcast('loadingFailed', { requestId: request.requestId, timestamp: timestamp(), type, errorText: `${errorText}` });
}

/** Sees what a stream is given to be read, without reading it. */
function tap(stream, onChunk, onEnd) {
  const { push } = stream;
  Object.defineProperty(stream, 'push', {
    __proto__: null, writable: true, configurable: true, enumerable: false,
    value(chunk, encoding) {
      if (chunk === null) onEnd();
      else onChunk(chunk);
      return Reflect.apply(push, stream, [chunk, encoding]);
    },
  });
}

function httpUrl(request) {
  if (/^https?:\/\//i.test(request.path)) return request.path;
  return `${request.protocol}//${request.getHeader('host') ?? request.host}${request.path}`;
}

const httpChannels = {
  'http.client.request.created': ({ request }) => {
    begin(request, httpUrl(request), request.method, plainHeaders(Object.entries(request.getHeaders())), false);
  },
  'http.client.request.error': ({ request, error }) => fail(request, error.message, 'Other'),
  'http.client.response.finish': ({ request, response }) => {
    respond(request, response.statusCode, response.statusMessage, plainHeaders(Object.entries(response.headers)), 'Other');
    tap(response, (chunk) => receive(request, chunk), () => finish(request));
    response.on(errorMonitor, (error) => fail(request, error.message, 'Other'));
  },
};

const fetchChannels = {
  'undici:request:create': ({ request }) => {
    const { headers } = request;
    const entries = Array.isArray(headers) ? pairs(headers) :
      `${headers ?? ''}`.split('\r\n').filter(Boolean).map((line) => line.split(/: ?(.*)/, 2));
    begin(request, `${request.origin}${request.path}`, request.method, plainHeaders(entries), request.body !== null);
  },
  'undici:request:bodyChunkSent': ({ request, chunk }) => send(request, chunk),
  'undici:request:bodySent': ({ request }) => endSending(request),
  'undici:request:headers': ({ request, response }) => {
    respond(request, response.statusCode, response.statusText, plainHeaders(pairs(response.headers)), 'Fetch');
  },
  'undici:request:bodyChunkReceived': ({ request, chunk }) => receive(request, chunk),
  'undici:request:trailers': ({ request }) => finish(request),
  'undici:request:error': ({ request, error }) => fail(request, error.message, 'Fetch'),
};

const http2Channels = {
  'http2.client.stream.created': ({ stream, headers }) => {
    const url = `${headers[':scheme']}://${headers[':authority']}${headers[':path']}`;
    const plain = plainHeaders(Object.entries(headers));
    // Node says so of what a server pushes, too.
    const isPushed = stream.id % 2 === 0;
    begin(stream, url, headers[':method'] ?? 'GET', plain, isPushed || !stream.writableEnded);
    tap(stream, (chunk) => receive(stream, chunk), () => {});
  },
  'http2.client.stream.bodyChunkSent': ({ stream, writev, data, encoding }) => {
    if (!writev) {
      send(stream, data, encoding);
      return;
    }
    for (const part of data) send(stream, part.chunk ?? part, part.encoding);
  },
  'http2.client.stream.bodySent': ({ stream }) => endSending(stream),
  'http2.client.stream.finish': ({ stream, headers }) => {
    respond(stream, headers[':status'], '', plainHeaders(Object.entries(headers)), 'Other');
  },
  'http2.client.stream.error': ({ stream, error }) => fail(stream, error.message, 'Other'),
  'http2.client.stream.close': ({ stream }) => {
    if (stream.rstCode) fail(stream, `Stream closed with error code ${stream.rstCode}`, 'Other');
    else finish(stream);
  },
};

const webSocketChannels = {
  'undici:websocket:open': ({ websocket, handshakeResponse }) => {
    const requestId = `node-network-event-${++lastId}`;
    known.set(websocket, { requestId });
    broadcast('webSocketCreated', { requestId, url: websocket.url });
    const { status, statusText, headers } = handshakeResponse;
    broadcast('webSocketHandshakeResponseReceived', {
      requestId, timestamp: timestamp(), response: { status, statusText, headers: plainHeaders(Object.entries(headers)) },
    });
  },
  'undici:websocket:close': ({ websocket }) => {
    const request = known.get(websocket);
    if (request === undefined) return;
    known.delete(websocket);
    broadcast('webSocketClosed', { requestId: request.requestId, timestamp: timestamp() });
  },
};

const channels = Object.entries({ ...httpChannels, ...fetchChannels, ...http2Channels, ...webSocketChannels });
let isStarted = false;

/** Listens as long as a frontend wants to know. */
function listen(wanted) {
  if (wanted === isStarted) return;
  isStarted = wanted;
  for (const [name, onMessage] of channels) (wanted ? subscribe : unsubscribe)(name, onMessage);
}

module.exports = { listen };
