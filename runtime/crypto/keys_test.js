'use strict';
// Keys, signatures, ciphers, key agreement, certificates and Web Crypto. Node passes it too.

const assert = require('assert');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');

function testKeys() {
  const { privateKey, publicKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
  assert.deepStrictEqual(privateKey.asymmetricKeyDetails, { namedCurve: 'prime256v1' });
  for (const options of [{ format: 'pem', type: 'pkcs8' }, { format: 'der', type: 'sec1' }, { format: 'jwk' }]) {
    const exported = privateKey.export(options);
    const again = crypto.createPrivateKey(
      typeof exported === 'string' ? exported : { key: exported, ...options });
    assert.ok(again.equals(privateKey));
  }
  assert.ok(crypto.createPublicKey(privateKey).equals(publicKey));
  const encrypted = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' });
  assert.ok(crypto.createPrivateKey({ key: encrypted, passphrase: 'x' }).equals(privateKey));
  assert.throws(() => crypto.createPrivateKey({ key: encrypted, passphrase: 'y' }), /bad decrypt/);
  assert.throws(() => crypto.createPrivateKey('x'), { code: 'ERR_OSSL_UNSUPPORTED' });
}

function testSignatures() {
  for (const [type, options, digest] of [['rsa', { modulusLength: 2048 }, 'sha256'], ['ed25519', {}, null],
                                         ['ec', { namedCurve: 'P-384' }, 'sha384']]) {
    const { privateKey, publicKey } = crypto.generateKeyPairSync(type, options);
    const signature = crypto.sign(digest, Buffer.from('data'), privateKey);
    assert.strictEqual(crypto.verify(digest, Buffer.from('data'), publicKey, signature), true);
    assert.strictEqual(crypto.verify(digest, Buffer.from('Data'), publicKey, signature), false);
    if (digest === null) continue;
    const streamed = crypto.createSign(digest).update('da').update('ta').sign(privateKey, 'hex');
    assert.strictEqual(crypto.createVerify(digest).update('data').verify(publicKey, streamed, 'hex'), true);
  }
}

function testCiphers() {
  const key = Buffer.alloc(32, 1);
  const iv = Buffer.alloc(12, 2);
  const cipher = crypto.createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from('aad'));
  const text = cipher.update('secret', 'utf8', 'hex') + cipher.final('hex');
  const decipher = crypto.createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from('aad'));
  decipher.setAuthTag(cipher.getAuthTag());
  assert.strictEqual(decipher.update(text, 'hex', 'utf8') + decipher.final('utf8'), 'secret');
  assert.throws(() => crypto.createCipheriv('aes-256-gcm', key, Buffer.alloc(0)), { code: 'ERR_CRYPTO_INVALID_IV' });
  assert.throws(() => crypto.createCipheriv('nope', key, iv), { code: 'ERR_CRYPTO_UNKNOWN_CIPHER' });
  assert.strictEqual(crypto.getCipherInfo('aes-128-cbc').blockSize, 16);
}

function testAgreement() {
  const alice = crypto.createECDH('secp256k1');
  const bob = crypto.createECDH('secp256k1');
  alice.generateKeys();
  bob.generateKeys();
  assert.deepStrictEqual(alice.computeSecret(bob.getPublicKey()), bob.computeSecret(alice.getPublicKey()));
  const one = crypto.generateKeyPairSync('x25519');
  const two = crypto.generateKeyPairSync('x25519');
  assert.deepStrictEqual(crypto.diffieHellman({ privateKey: one.privateKey, publicKey: two.publicKey }),
                         crypto.diffieHellman({ privateKey: two.privateKey, publicKey: one.publicKey }));
  const left = crypto.getDiffieHellman('modp14');
  const right = crypto.getDiffieHellman('modp14');
  left.generateKeys();
  right.generateKeys();
  assert.deepStrictEqual(left.computeSecret(right.getPublicKey()), right.computeSecret(left.getPublicKey()));
}

function testRsa() {
  const { privateKey, publicKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sealed = crypto.publicEncrypt({ key: publicKey, oaepHash: 'sha256' }, Buffer.from('x'));
  assert.strictEqual(crypto.privateDecrypt({ key: privateKey, oaepHash: 'sha256' }, sealed).toString(), 'x');
  assert.strictEqual(crypto.publicDecrypt(publicKey, crypto.privateEncrypt(privateKey, Buffer.from('y'))).toString(), 'y');
}

function testCertificate() {
  const certificate = new crypto.X509Certificate(fs.readFileSync(path.join(__dirname, '../tls/testdata/server_cert.pem')));
  const ca = new crypto.X509Certificate(fs.readFileSync(path.join(__dirname, '../tls/testdata/ca_cert.pem')));
  assert.strictEqual(certificate.subject, 'CN=localhost');
  assert.strictEqual(certificate.subjectAltName, 'DNS:localhost, DNS:*.example.com, IP Address:127.0.0.1');
  assert.strictEqual(certificate.checkHost('www.example.com'), '*.example.com');
  assert.strictEqual(certificate.checkIssued(ca), true);
  assert.strictEqual(certificate.verify(ca.publicKey), true);
}

async function testWebCrypto() {
  const { subtle } = crypto.webcrypto;
  const key = await subtle.generateKey({ name: 'AES-CTR', length: 128 }, true, ['encrypt', 'decrypt']);
  // The counter wraps inside the message.
  const algorithm = { name: 'AES-CTR', counter: Buffer.alloc(16, 255), length: 8 };
  const sealed = await subtle.encrypt(algorithm, key, Buffer.alloc(50, 7));
  assert.deepStrictEqual(Buffer.from(await subtle.decrypt(algorithm, key, sealed)), Buffer.alloc(50, 7));
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const signature = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, Buffer.from('a'));
  assert.strictEqual(await subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, pair.publicKey, signature, Buffer.from('a')),
                     true);
  const jwk = await subtle.exportKey('jwk', pair.publicKey);
  assert.strictEqual((await subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify'])).type,
                     'public');
  await assert.rejects(subtle.encrypt({ name: 'AES-GCM', iv: Buffer.alloc(12) }, key, Buffer.alloc(1)),
                       { name: 'InvalidAccessError' });
}

testKeys();
testSignatures();
testCiphers();
testAgreement();
testRsa();
testCertificate();
testWebCrypto();
