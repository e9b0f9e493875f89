// The modules behind `net` and `tls` that programs require by their own names.
// flags: --no-warnings
'use strict';

const net = require('net');
const tls = require('tls');
const { Duplex } = require('stream');
const StreamWrap = require('_stream_wrap');
const common = require('_tls_common');
const wrap = require('_tls_wrap');

console.log(common.createSecureContext === tls.createSecureContext, common.SecureContext === tls.SecureContext);
console.log(Object.keys(wrap).every((name) => wrap[name] === tls[name]), wrap.TLSSocket.name);
console.log(common.translatePeerCertificate({ infoAccess: 'a:1\nb - c:d:e\na:2\n', issuerCertificate: { infoAccess: null } }));

const written = [];
const duplex = new Duplex({
  read() {
    this.push('some');
    this.push(' data');
    this.push(null);
  },
  write(chunk, encoding, callback) {
    written.push(String(chunk));
    callback();
  },
  final(callback) {
    written.push('final');
    callback();
  },
});
const socket = new StreamWrap(duplex);
console.log(StreamWrap.StreamWrap === StreamWrap, socket instanceof net.Socket, socket.stream === duplex, socket.connecting,
            socket.remoteAddress);
let text = '';
socket.on('data', (chunk) => { text += chunk; });
socket.on('end', () => console.log('end', text));
socket.on('close', (hadError) => console.log('close', hadError, duplex.destroyed, written.join()));
socket.write('one');
socket.end('two');
