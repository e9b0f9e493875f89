'use strict';

// The domains Network and IO: what programs (inspector.Network.*) and internal/inspector/network_sources tell of requests, kept
// for frontends that ask for bodies. Loaded by the first command of theirs.

const { CommandError, emit, onSessionEnd } = require('internal/inspector/domains');
const { Buffer } = require('buffer');

const kMaxRequests = 1000;

const sessions = new Set();
onSessionEnd(forget);

function forget(session) {
  if (sessions.delete(session) && sessions.size === 0) listen(false);
}

function listen(wanted) {
  if (!require('internal/options').getOptionValue('--experimental-network-inspection')) return;
  require('internal/inspector/network_sources').listen(wanted);
}

/** {charset, chunks, sentCharset, sent, sentFinished, streaming, finished} by request id. */
const requests = new Map();
const resources = new Map();

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
  return frames.slice(first).map(({ functionName, scriptId, scriptName, lineNumber, columnNumber }) => ({
    functionName, scriptId, url: scriptName, lineNumber: lineNumber - 1, columnNumber: columnNumber - 1,
  }));
}

const initiator = () => ({ type: 'script', stack: { callFrames: callFrames() } });

// What happens to an event before it leaves; without a result it does not.
const handlers = {
  requestWillBeSent(params) {
    if (requests.size >= kMaxRequests) requests.delete(requests.keys().next().value);
    requests.set(params.requestId, {
      chunks: [], sent: [], sentCharset: params.charset, charset: undefined, streaming: new Set(), finished: false,
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
    request.chunks.push(Buffer.from(data));
    for (const session of request.streaming) {
      emit(session, 'Network.dataReceived', { ...rest, data: Buffer.from(data).toString('base64') });
    }
    return undefined;
  },
  dataSent(params) {
    const request = requests.get(params.requestId);
    if (request === undefined) return undefined;
    if (params.data !== undefined) request.sent.push(Buffer.from(params.data));
    if (params.finished) request.sentFinished = true;
    return undefined;
  },
  loadingFinished(params) {
    const request = requests.get(params.requestId);
    if (request !== undefined) request.finished = true;
    return params;
  },
  loadingFailed(params) {
    requests.delete(params.requestId);
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

const IO = {
  read(session, { handle, offset, size }) {
    const stream = streams.get(handle);
    if (stream === undefined) return { data: '', eof: true };
    const start = offset ?? stream.position;
    const end = Math.min(stream.data.length, start + (size ?? kChunk));
    stream.position = end;
    return { data: stream.data.toString('utf8', start, end), eof: end >= stream.data.length };
  },
  close(session, { handle }) { streams.delete(handle); },
};

module.exports = { IO, Network, broadcast, isWatched: () => sessions.size > 0, putResource: (url, data) => resources.set(url, data) };
