// Asks DNS servers: each question goes to the servers in turn, over UDP from a socket of its own (so that the source port
// is hard to guess), over TCP when the answer does not fit, again when none comes.
'use strict';

const { isIP } = require('internal/net');
const { codes } = require('internal/errors');
const { decode, encodeQuery } = require('internal/dns/packet');

const kPort = 53;
const kDefaultTimeout = 2000;
const kCodes = { __proto__: null, 1: 'EFORMERR', 2: 'ESERVFAIL', 3: 'ENOTFOUND', 4: 'ENOTIMP', 5: 'EREFUSED' };
// After these another server may know better.
const kRetryCodes = new Set(['ESERVFAIL', 'ENOTIMP', 'EREFUSED', 'EBADRESP', 'ECONNREFUSED', 'ETIMEOUT']);

/** {address, port} of '192.0.2.1', '192.0.2.1:53', '2001:db8::1', '[2001:db8::1]:53'. */
function parseServer(text) {
  if (isIP(text)) return { address: text, port: kPort };
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(text);
  if (bracketed !== null && isIP(bracketed[1]) === 6) {
    return { address: bracketed[1], port: Number(bracketed[2] ?? kPort) };
  }
  const plain = /^([^:]+):(\d+)$/.exec(text);
  if (plain !== null && isIP(plain[1]) === 4) return { address: plain[1], port: Number(plain[2]) };
  throw new codes.ERR_INVALID_IP_ADDRESS(text);
}

function serverText({ address, port }) {
  if (port === kPort) return address;
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

function systemServers() {
  const servers = [];
  try {
    const text = require('fs').readFileSync('/etc/resolv.conf', 'latin1');
    for (const match of text.matchAll(/^\s*nameserver\s+(\S+)/gm)) {
      if (isIP(match[1])) servers.push({ address: match[1], port: kPort });
    }
  } catch {
    // No such file: then there is only this machine to ask.
  }
  return servers.length > 0 ? servers : [{ address: '127.0.0.1', port: kPort }];
}

class Channel {
  constructor(timeout, tries, maxTimeout) {
    this.timeout = timeout < 0 ? kDefaultTimeout : timeout;
    this.tries = tries;
    this.maxTimeout = maxTimeout;
    this.servers = undefined;
    this.local = { 4: undefined, 6: undefined };
    this.pending = new Set();
  }

  getServers() {
    this.servers ??= systemServers();
    return this.servers;
  }

  query(name, type, callback) {
    const question = new Question(this, name, type, callback);
    this.pending.add(question);
    question.start();
    return question;
  }

  cancel() {
    for (const question of [...this.pending]) question.finish('ECANCELLED');
  }
}

class Question {
  constructor(channel, name, type, callback) {
    this.channel = channel;
    this.name = name;
    this.type = type;
    this.callback = callback;
    this.attempt = 0;
    this.socket = null;
    this.timer = null;
    this.lastError = 'ETIMEOUT';
  }

  start() {
    this.id = require('crypto').randomInt(0x10000);
    this.bytes = encodeQuery(this.id, this.name, this.type);
    if (this.bytes === null) {
      process.nextTick(() => this.finish('EBADNAME'));
      return;
    }
    this.ask();
  }

  ask() {
    const { channel } = this;
    const servers = channel.getServers();
    if (this.attempt >= servers.length * channel.tries) {
      this.finish(this.lastError);
      return;
    }
    const server = servers[this.attempt % servers.length];
    // Each round waits twice as long as the one before.
    let wait = channel.timeout * 2 ** Math.floor(this.attempt / servers.length);
    if (channel.maxTimeout > 0) wait = Math.min(wait, channel.maxTimeout);
    this.attempt++;
    this.timer = require('timers').setTimeout(() => this.failed('ETIMEOUT'), wait);
    this.askUdp(server);
  }

  askUdp(server) {
    const family = isIP(server.address);
    const socket = require('dgram').createSocket(family === 6 ? 'udp6' : 'udp4');
    this.socket = socket;
    socket.on('error', (error) => this.failed(error.code === 'ECONNREFUSED' ? 'ECONNREFUSED' : 'ETIMEOUT'));
    socket.on('message', (message) => this.answered(message, server));
    const send = () => {
      if (this.socket !== socket) return;
      socket.connect(server.port, server.address, (error) => {
        if (this.socket !== socket) return;
        if (error) this.failed('ECONNREFUSED');
        else socket.send(this.bytes, (e) => e && this.socket === socket && this.failed('ECONNREFUSED'));
      });
    };
    const local = this.channel.local[family];
    if (local === undefined) send();
    else socket.bind({ port: 0, address: local, exclusive: true }, send);
  }

  askTcp(server) {
    const { Buffer } = require('buffer');
    this.drop();
    const socket = require('net').connect(server.port, server.address);
    this.socket = socket;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.bytes.length);
    socket.write(Buffer.concat([length, this.bytes]));
    let received = Buffer.alloc(0);
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      if (received.length >= 2 && received.length >= received.readUInt16BE(0) + 2) {
        this.answered(received.subarray(2, received.readUInt16BE(0) + 2), null);
      }
    });
    socket.on('error', () => this.socket === socket && this.failed('ECONNREFUSED'));
    socket.on('end', () => this.socket === socket && this.failed('EBADRESP'));
  }

  // `server` is null when there is no larger way to ask.
  answered(bytes, server) {
    let message;
    try {
      message = decode(bytes);
    } catch {
      this.failed('EBADRESP');
      return;
    }
    // Somebody else's answer, or a guess.
    if (message.id !== this.id || !this.isAnswer(message)) return;
    if (message.truncated && server !== null) {
      this.askTcp(server);
    } else if (message.code !== 0) {
      this.failed(kCodes[message.code] ?? 'EBADRESP');
    } else {
      this.finish(null, message.records);
    }
  }

  isAnswer({ question }) {
    if (question.length === 0) return true;
    const [{ name, type }] = question;
    return type === this.type && name.toLowerCase() === this.name.replace(/\.$/, '').toLowerCase();
  }

  failed(code) {
    this.lastError = code;
    if (!kRetryCodes.has(code)) {
      this.finish(code);
      return;
    }
    this.drop();
    this.stopTimer();
    this.ask();
  }

  stopTimer() {
    require('timers').clearTimeout(this.timer);
    this.timer = null;
  }

  drop() {
    const { socket } = this;
    this.socket = null;
    if (socket === null) return;
    socket.removeAllListeners();
    socket.on('error', () => {});
    if (typeof socket.destroy === 'function') socket.destroy();
    else socket.close();
  }

  finish(code, records) {
    if (!this.channel.pending.delete(this)) return;
    this.drop();
    this.stopTimer();
    this.callback(code, records);
  }
}

module.exports = { Channel, parseServer, serverText };
