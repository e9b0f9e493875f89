// Arguments of the wrong kind: what is refused, by whom, in which words. Functions that are not documented but are there
// do not end the process.
'use strict';

const buffer = require('buffer');
const crypto = require('crypto');
const dgram = require('dgram');
const dns = require('dns');
const events = require('events');
const http = require('http');
const http2 = require('http2');
const module_ = require('module');
const net = require('net');
const { performance } = require('perf_hooks');
const querystring = require('querystring');
const readline = require('readline');
const timers = require('timers');
const tls = require('tls');
const util = require('util');
const vm = require('vm');
const zlib = require('zlib');

process.on('warning', () => {});
process.removeAllListeners('warning');
process.noDeprecation = true;

function kindOf(value) {
  return typeof value === 'object' && value !== null ? value.constructor?.name ?? 'object' : String(value);
}

function show(name, call) {
  try {
    const value = call();
    console.log(`${name}: ${kindOf(value)}`);
    value?.close?.();
  } catch (error) {
    console.log(`${name}: ${error.name} ${error.code} ${error.message}`);
  }
}

const f = () => {};

show('buffer.transcode, no encodings', () => buffer.transcode(Buffer.from('x')));
show('buffer.transcode, no such encoding', () => buffer.transcode(Buffer.from('x'), 'nope', 'utf8'));
show('crypto.createSecretKey, null', () => crypto.createSecretKey('x', null));
show('crypto.createPublicKey', () => crypto.createPublicKey());
show('crypto.privateDecrypt', () => crypto.privateDecrypt());
show('crypto.generateKeySync, no options', () => crypto.generateKeySync('nope'));
show('crypto.generateKeySync, no such type', () => crypto.generateKeySync('nope', {}));
show('crypto.checkPrime, no callback', () => crypto.checkPrime(1n));
show('dgram._createSocketHandle, no type', () => dgram._createSocketHandle(1));
show('dgram._createSocketHandle, no address', () => dgram._createSocketHandle(1, 1, 'udp4'));
show('dns.reverse', () => dns.reverse());
show('dns.promises.reverse', () => dns.promises.reverse(1));
show('dns.promises.Resolver', () => dns.promises.Resolver.name);
show('events.listenerCount, a number', () => events.listenerCount(1, 'x'));
show('events.listenerCount, an object', () => events.listenerCount({}, 'x'));
show('http.OutgoingMessage, null', () => new http.OutgoingMessage(null));
show('http2.getPackedSettings, an array', () => http2.getPackedSettings([]));
show('module.flushCompileCache', () => module_.flushCompileCache(null));
show('module.isBuiltin, a symbol', () => module_.isBuiltin(Symbol('fs')));
show('net._createServerHandle, nothing', () => net._createServerHandle());
show('net._createServerHandle, no address', () => net._createServerHandle('x'));
show('net.connect, NUL in the host', () => net.connect({ host: 'a\0b', port: 1 }));
show('performance.eventLoopUtilization, null', () => typeof performance.eventLoopUtilization(null).idle);
show('process.setSourceMapsEnabled', () => process.setSourceMapsEnabled());
show('querystring.unescapeBuffer, a Buffer', () => querystring.unescapeBuffer(Buffer.from('a%20b')).toString());
show('readline write(null)', () => {
  const rl = readline.createInterface({ input: new (require('stream').PassThrough)() });
  try {
    rl.write(null);
  } finally {
    rl.close();
  }
});
for (const name of ['enroll', 'unenroll', 'active', '_unrefActive']) show(`timers.${name}`, () => typeof timers[name]);
show('tls.createServer, an array', () => tls.createServer([]));
show('util.MIMEType', () => new util.MIMEType());
show('util.MIMEType, at a place', () => new util.MIMEType('a/b c'));
show('util.getCallSites, null', () => util.getCallSites(null));
show('util.toUSVString, a symbol', () => util.toUSVString(Symbol('x')));
show('vm.createContext, a function', () => vm.createContext(f));
show('vm.isContext, a function', () => vm.isContext(f));
show('vm.isContext, an array', () => vm.isContext([]));
for (const name of ['gzip', 'gzipSync']) show(`zlib.${name}, a number`, () => zlib[name](1, f));
