// The server's side of an HTTP connection over a Duplex that is no plain socket: what somebody emitted as 'connection',
// a socket class of the program's own, TLS. As NativeConnection in connection.js, in JavaScript all the way.
'use strict';

const { defaultTriggerAsyncIdScope, enabledHooksExist, getOrSetAsyncId } = require('internal/async_hooks');
const { FastBuffer } = require('internal/buffer');
const { methodNames } = require('internal/http/common');
const { endMessage, kOrigin } = require('internal/http/incoming');
const { emitCloseNow } = require('internal/http/server_response');
const { abandonResponses, abortIncoming, kConnections, kHttpConnection } = require('internal/http/connection');

const { Parser } = internalBinding('http');

class StreamConnection {
  constructor(server, socket) {
    this.server = server;
    this.socket = socket;
    this.current = null;
    this.waiting = [];
    this.incoming = null;
    this.requests = 0;
    this.messageStart = Date.now();
    this.upgrading = undefined;
    this.waitingBytes = 0;
    this.paused = false;
    this.ended = false;
    this.late = false;
    this.reported = false;
    this.unfollow = undefined;
  }

  start() {
    const { server, socket } = this;
    server[kConnections].add(this);
    socket[kHttpConnection] = this;
    const parser = new Parser(false, server._maxHeadSize(), server._maxHeaders(), server._leniency());
    this.parser = parser;
    socket.parser = parser;
    socket._httpMessage = null;
    parser.connection = this;
    parser.onhead = onHead;
    parser.onbody = onBody;
    parser.oncomplete = onComplete;
    if (enabledHooksExist()) this.follow(parser);
    this.listeners = {
      data: (chunk) => this.onData(chunk),
      end: () => this.onEnd(),
      close: () => this.onClose(),
      drain: () => this.current && drainResponse(this.current),
      error: (error) => server._clientError(error, socket),
      timeout: () => this.onTimeout(),
    };
    for (const event of Object.keys(this.listeners)) socket.on(event, this.listeners[event]);
    if (server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout);
  }

  // For async_hooks.
  follow(parser) {
    const { HTTPServerAsyncResource, follow, unfollow } = require('internal/http/async_resource');
    const resource = new HTTPServerAsyncResource(this);
    defaultTriggerAsyncIdScope(getOrSetAsyncId(this.socket), follow, parser, 'HTTPINCOMINGMESSAGE', resource);
    this.unfollow = () => unfollow(parser);
  }

  stop() {
    this.unfollow?.();
    for (const event of Object.keys(this.listeners)) this.socket.removeListener(event, this.listeners[event]);
    this.server[kConnections].delete(this);
    this.socket.parser = null;
    this.socket._httpMessage = null;
  }

  socketFor() {
    return this.socket;
  }

  // ---- Reading ----

  onData(chunk) {
    const taken = this.parser.execute(chunk);
    if (taken < 0) {
      this.fail(chunk);
    } else if (this.parser.upgraded) {
      const req = this.upgrading;
      this.stop();
      this.socket.readableFlowing = null;
      this.server._upgrade(req, this.socket, chunk.subarray(taken));
    }
  }

  fail(chunk) {
    const [code, reason, bytesParsed] = this.parser.error();
    const error = new Error(`Parse Error${reason ? `: ${reason}` : ''}`);
    Object.assign(error, { code, reason, bytesParsed, rawPacket: chunk });
    this.server._clientError(error, this.socket);
  }

  onEnd() {
    if (this.ended) return;
    this.ended = true;
    if (!this.parser.finish()) {
      this.fail(undefined);
      return;
    }
    if (!this.server.httpAllowHalfOpen) {
      this.abortIncoming();
      if (this.socket.writable) this.socket.end();
    } else if (this.waiting.length > 0) {
      this.waiting.at(-1)._last = true;
    } else if (this.current) {
      this.current._last = true;
    } else if (this.socket.writable) {
      this.socket.end();
    }
  }

  onClose() {
    this.stop();
    this.abortIncoming();
    abandonResponses(this);
  }

  onTimeout() {
    const { server, socket } = this;
    const requestHandled = this.incoming && !this.incoming.complete && this.incoming.emit('timeout', socket);
    const responseHandled = this.current?.emit('timeout', socket);
    const serverHandled = server.emit('timeout', socket);
    if (!requestHandled && !responseHandled && !serverHandled) socket.destroy();
  }

  abortIncoming() {
    abortIncoming(this);
  }

  latest() {
    return this.current;
  }

  pause() {
    this.paused = true;
    this.socket.pause();
  }

  resumeBody() {
    this.paused = false;
    this.socket.resume();
  }

  messageAge() {
    if (!this.parser.inMessage) return NaN;
    const age = Date.now() - this.messageStart;
    return this.parser.headComplete ? age : -age - 1;
  }

  idle() {
    return this.current === null && this.waiting.length === 0 && this.incoming === null && !this.parser.inMessage;
  }

  destroy(error) {
    this.socket.destroy(error);
  }

  // ---- Answering ----

  enqueue(response) {
    response.on('finish', () => this.finished(response));
    if (this.current === null && !this.socket._httpMessage) {
      this.current = response;
      response.assignSocket(this.socket);
    } else {
      this.waiting.push(response);
    }
  }

  finished(response) {
    const { req } = response;
    if (!req._consuming) req._dump();
    response.detachSocket(this.socket);
    this.current = null;
    if (this.incoming === req && req.complete) this.incoming = null;
    process.nextTick(emitCloseNow, response);
    const { server, socket } = this;
    if (response._last || (server._closing && this.waiting.length === 0 && this.incoming === null)) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    } else if (this.waiting.length > 0) {
      this.current = this.waiting.shift();
      this.current.assignSocket(socket);
    } else if (server.keepAliveTimeout && typeof socket.setTimeout === 'function') {
      socket.setTimeout(server.keepAliveTimeout + (server.keepAliveTimeoutBuffer || 0));
      this.keepAliveTimeoutSet = true;
    }
  }
}

function drainResponse(response) {
  const { kNeedDrain } = require('internal/http/outgoing');
  if (!response.writableNeedDrain) return;
  response[kNeedDrain] = false;
  response.emit('drain');
}

// `this` is the parser in all of these.

function onHead(method, url, headerBlock, flags) {
  const { connection } = this;
  const { server, socket } = connection;
  if (connection.keepAliveTimeoutSet) {
    socket.setTimeout(server.timeout || 0);
    connection.keepAliveTimeoutSet = false;
  }
  connection.messageStart = Date.now();
  const req = new server._Request(socket);
  req[kOrigin].connection = connection;
  req[kOrigin].headerBlock = headerBlock;
  req.httpVersionMajor = flags >> 16;
  req.httpVersionMinor = (flags >> 8) & 0xff;
  req.method = methodNames[method];
  req.url = url;
  if (server.joinDuplicateHeaders) req.joinDuplicateHeaders = true;
  req.upgrade = (flags & 2) !== 0;
  return server._handleRequest(connection, req, flags);
}

function onBody(arrayBuffer) {
  const req = this.connection.incoming;
  if (req === null || req._dumped) return;
  if (!req.push(new FastBuffer(arrayBuffer))) this.connection.pause();
}

function onComplete(trailerBlock) {
  const req = this.connection.incoming;
  if (req === null) return;
  this.connection.incoming = null;
  endMessage(req, trailerBlock === undefined ? undefined : trailerBlock.split('\n'));
}

module.exports = { StreamConnection };
