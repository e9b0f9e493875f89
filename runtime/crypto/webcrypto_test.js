'use strict';

// Web Crypto's key encapsulation, and keys that are copied.

const assert = require('assert');
const { subtle } = globalThis.crypto;

async function testEncapsulation(name) {
  const usages = ['encapsulateBits', 'encapsulateKey', 'decapsulateBits', 'decapsulateKey'];
  const { publicKey, privateKey } = await subtle.generateKey(name, true, usages);
  assert.deepStrictEqual([...publicKey.usages].sort(), ['encapsulateBits', 'encapsulateKey']);
  assert.deepStrictEqual([...privateKey.usages].sort(), ['decapsulateBits', 'decapsulateKey']);

  const { sharedKey, ciphertext } = await subtle.encapsulateBits({ name }, publicKey);
  assert.strictEqual(sharedKey.byteLength, 32);
  assert.deepStrictEqual(await subtle.decapsulateBits({ name }, privateKey, ciphertext), sharedKey);

  const sent = await subtle.encapsulateKey(name, publicKey, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  const received = await subtle.decapsulateKey(
    name, privateKey, sent.ciphertext, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  assert.deepStrictEqual(await subtle.exportKey('raw-secret', received), await subtle.exportKey('raw-secret', sent.sharedKey));

  // The seed alone makes the key again.
  const seed = await subtle.exportKey('raw-seed', privateKey);
  const again = await subtle.importKey('raw-seed', seed, name, false, ['decapsulateBits']);
  assert.deepStrictEqual(await subtle.decapsulateBits(name, again, ciphertext), sharedKey);
  await assert.rejects(subtle.decapsulateKey(name, again, ciphertext, 'HKDF', false, ['deriveBits']),
                       { name: 'InvalidAccessError' });
}

async function testClone() {
  const key = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  const copy = structuredClone(key);
  assert.strictEqual(copy.extractable, false);
  assert.deepStrictEqual(copy.algorithm, key.algorithm);
  const data = new Uint8Array(3);
  assert.ok(await subtle.verify('HMAC', copy, await subtle.sign('HMAC', key, data), data));
}

(async () => {
  for (const name of ['ML-KEM-512', 'ML-KEM-768', 'ML-KEM-1024']) await testEncapsulation(name);
  await testClone();
})();
