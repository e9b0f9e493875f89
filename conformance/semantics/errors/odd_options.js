'use strict';
// Options and names that are refused: streams for logs, certificates, groups, certificate authorities, contexts of TLS.
const crypto = require('crypto');
const fs = require('fs');
const tls = require('tls');

function tried(label, f) {
  try {
    console.log(label, f());
  } catch (error) {
    const { name, code, message, library, reason, opensslErrorStack } = error;
    console.log(label, [name, code, message, library, reason, opensslErrorStack].filter(Boolean).join(' | '));
  }
}

for (const options of [
  undefined, null, 5, {}, { fd: null }, { dest: null }, { dest: '/nowhere/a', sync: true }, { maxLength: 'x' }, { maxLength: -1 },
  { minLength: -1 }, { minLength: 5, maxWrite: 5 }, { maxWrite: 'x' }, { periodicFlush: -1 }, { sync: 5 }, { append: 'x' },
  { mkdir: 5 }, { fsync: 5 }, { contentMode: 'x' }, { retryEAGAIN: 5 }, { fs: 5 }, { fs: { write: 5 } }, { fs: { writeSync: 5 } },
]) {
  const whole = options && Object.keys(options).length > 0 && !('fd' in options) && !('dest' in options) ? { fd: 2, ...options } : options;
  tried('Utf8Stream', () => new fs.Utf8Stream(whole).constructor.name);
}

const utf8 = new fs.Utf8Stream({ fd: 2 });
for (const data of [5, null, {}, Buffer.from('x'), Symbol('x')]) tried('write', () => utf8.write(data));
tried('reopen', () => utf8.reopen('/nowhere'));
utf8.destroy();
for (const method of ['write', 'reopen', 'flushSync', 'end']) tried(method, () => utf8[method]('x'));

for (const certificate of [
  'garbage', '', Buffer.from('x'), Buffer.from([0x30, 3, 2, 1, 1]), '-----BEGIN CERTIFICATE-----\n',
  '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 5,
]) tried('X509Certificate', () => new crypto.X509Certificate(certificate));

for (const group of ['modp1', '', 5, null, Symbol('x')]) {
  tried('getDiffieHellman', () => crypto.getDiffieHellman(group).verifyError);
  tried('createDiffieHellmanGroup', () => crypto.createDiffieHellmanGroup(group).verifyError);
}
tried('createDiffieHellman', () => crypto.createDiffieHellman(512, 'x'));

for (const type of ['bad', '', 5, null]) tried('getCACertificates', () => tls.getCACertificates(type));
for (const list of [['x'], [''], [Buffer.from('x')], [5], 5, ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n']]) {
  tried('setDefaultCACertificates', () => tls.setDefaultCACertificates(list));
}
for (const version of [5, 'x', {}, true]) {
  tried('minVersion', () => tls.createSecureContext({ minVersion: version }));
  tried('maxVersion', () => tls.createSecureContext({ maxVersion: version }));
}
tried('session', () => tls.connect({ port: 1, session: 5 }).on('error', () => {}));
