'use strict';

// The domains Network and IO: what programs (inspector.Network.*) and internal/inspector/network_sources tell of requests, kept
// for frontends that ask for bodies. Loaded by the first command of theirs.

const { CommandError, emit, onSessionEnd } = require('internal/inspector/domains');
const { Buffer } = require('buffer');

// What is kept of requests: the oldest go first.
const kMaxRequests = 1000;
const kMaxBytes = 100 * 1024 * 1024;

const sessions = new Set();
onSessionEnd(forget);

function forget(session) {
  if (sessions.delete(session) && sessions.size === 0) listen(false);
}

function listen(wanted) {
  if (!require('internal/options').getOptionValue('--experimental-network-inspection')) return;
  require('internal/inspector/network_sources').listen(wanted);
}

/** {charset, chunks, sentCharset, sent, sentFinished, bytes, streaming, finished} by request id. */
const requests = new Map();
const resources = new Map();
let keptBytes = 0;

function drop(id) {
  const request = requests.get(id);
  if (request === undefined) return;
  keptBytes -= request.bytes;
  requests.delete(id);
}

function dropOldest() {
  drop(requests.keys().next().value);
}

/** Keeps a part of the request's bodies in `list`, one of its own. */
function keep(request, list, data) {
  list.push(Buffer.from(data));
  request.bytes += data.length;
  keptBytes += data.length;
  while (keptBytes > kMaxBytes) dropOldest();
}

function requestOf(id) {
  const request = requests.get(id);
  if (request === undefined) throw new CommandError('Request not found');
  return request;
}

/** Who brought it about: without those who tell of it. */
const kTellers = /^node:(internal\/inspector\/|diagnostics_channel|inspector)/;

function callFrames() {
  const frames = require('util').getCallSites(64);
  const first = frames.findIndex(({ scriptName }) => !kTellers.test(scriptName));
  return frames.slice(first === -1 ? frames.length : first).map(({ functionName, scriptId, scriptName, lineNumber, columnNumber }) => ({
    functionName, scriptId, url: scriptName, lineNumber: lineNumber - 1, columnNumber: columnNumber - 1,
  }));
}

const initiator = () => ({ type: 'script', stack: { callFrames: callFrames() } });

// What happens to an event before it leaves; without a result it does not.
const handlers = {
  requestWillBeSent(params) {
    drop(params.requestId);
    if (requests.size >= kMaxRequests) dropOldest();
    requests.set(params.requestId, {
      chunks: [], sent: [], bytes: 0, sentCharset: params.charset, charset: undefined, streaming: new Set(),
      finished: false,
    });
    const hasPostData = Boolean(params.request?.hasPostData);
    return { requestId: params.requestId, request: { ...params.request, hasPostData }, initiator: initiator(),
             timestamp: params.timestamp, wallTime: params.wallTime };
  },
  responseReceived(params) {
    const request = requests.get(params.requestId);
    const { charset = '', mimeType = '' } = params.response ?? {};
    if (request !== undefined) request.charset = charset;
    return { ...params, response: { ...params.response, mimeType, charset } };
  },
  dataReceived(params) {
    const request = requests.get(params.requestId);
    if (request === undefined) return undefined;
    const { data, ...rest } = params;
    keep(request, request.chunks, data);
    for (const session of request.streaming) {
      emit(session, 'Network.dataReceived', { ...rest, data: Buffer.from(data).toString('base64') });
    }
    return undefined;
  },
  dataSent(params) {
    const request = requests.get(params.requestId);
    if (request === undefined) return undefined;
    if (params.data !== undefined) keep(request, request.sent, params.data);
    if (params.finished) request.sentFinished = true;
    return undefined;
  },
  loadingFinished(params) {
    const request = requests.get(params.requestId);
    if (request !== undefined) request.finished = true;
    return params;
  },
  loadingFailed(params) {
    drop(params.requestId);
    return params;
  },
  webSocketCreated: (params) => ({ ...params, initiator: initiator() }),
  webSocketClosed: (params) => params,
  webSocketHandshakeResponseReceived: (params) => params,
};

function broadcast(event, params) {
  const told = handlers[event](params);
  if (told === undefined) return;
  for (const session of sessions) emit(session, `Network.${event}`, told);
}

const Network = {
  enable(session) {
    sessions.add(session);
    listen(true);
  },
  disable: forget,
  getResponseBody(session, { requestId }) {
    const request = requestOf(requestId);
    const body = Buffer.concat(request.chunks);
    const isText = request.charset === 'utf-8';
    return { body: body.toString(isText ? 'utf8' : 'base64'), base64Encoded: !isText };
  },
  getRequestPostData(session, { requestId }) {
    const request = requestOf(requestId);
    if (!request.sentFinished) throw new CommandError('Request data is not finished yet');
    if (request.sentCharset !== 'utf-8') throw new CommandError('Unable to serialize binary request body');
    return { postData: Buffer.concat(request.sent).toString('utf8') };
  },
  streamResourceContent(session, { requestId }) {
    const request = requestOf(requestId);
    const bufferedData = Buffer.concat(request.chunks).toString('base64');
    if (!request.finished) request.streaming.add(session);
    return { bufferedData };
  },
  loadNetworkResource(session, { url }) {
    if (!resources.has(url)) return { resource: { success: false } };
    const stream = `${++lastStream}`;
    streams.set(stream, { data: Buffer.from(resources.get(url)), position: 0 });
    return { resource: { success: true, stream } };
  },
};

const streams = new Map();
let lastStream = 0;
const kChunk = 10 * 1024 * 1024;

/** Where a part that should end there ends: not within a character, unless it had no other. */
function wholeCharacters(data, start, end) {
  let whole = end;
  while (whole > start && (data[whole] & 0xc0) === 0x80) whole--;
  return whole > start ? whole : end;
}

const IO = {
  read(session, { handle, offset, size }) {
    const stream = streams.get(handle);
    if (stream === undefined) return { data: '', eof: true };
    const start = offset ?? stream.position;
    const wanted = Math.min(stream.data.length, start + (size ?? kChunk));
    const end = wholeCharacters(stream.data, start, wanted);
    stream.position = end;
    return { data: stream.data.toString('utf8', start, end), eof: end >= stream.data.length };
  },
  close(session, { handle }) { streams.delete(handle); },
};

module.exports = { IO, Network, broadcast, isWatched: () => sessions.size > 0, putResource: (url, data) => resources.set(url, data) };
