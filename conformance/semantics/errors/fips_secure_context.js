// FIPS mode without a provider that has it: what needs ciphers says so, and the mode can be left.
'use strict';

const crypto = require('crypto');
const tls = require('tls');

function show(label, fn) {
  try {
    console.log(label, fn());
  } catch ({ name, code, message }) {
    console.log(label, name, code, message);
  }
}

crypto.setFips(true);
show('mode', () => crypto.getFips());
show('context', () => tls.createSecureContext().constructor.name);
show('context', () => tls.createSecureContext({ minVersion: 'TLSv1' }).constructor.name);
show('server', () => tls.createServer().constructor.name);
show('hash', () => crypto.createHash('md5').update('x').digest('hex'));
show('cipher', () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)).constructor.name);
crypto.setFips(false);
show('mode', () => crypto.getFips());
show('context', () => tls.createSecureContext().constructor.name);
