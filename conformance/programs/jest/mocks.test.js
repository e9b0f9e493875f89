'use strict';
// A suite of Jest's: built-in modules that are replaced and spied on, time that is faked, globals of the file's own.
/* global afterEach, expect, jest, test */
jest.mock('fs');
const crypto = require('crypto');
const fs = require('fs');
const { EventEmitter, once } = require('events');
const { Module } = require('module');
const { Stack } = require('./stack');

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

test('a built-in module is replaced', () => {
  new Stack().push('x').save('file');
  expect(fs.writeFileSync).toHaveBeenCalledWith('file', '["x"]');
  expect(jest.isMockFunction(fs.createReadStream)).toBe(true);
});

test('functions of a built-in are spied on', () => {
  const spy = jest.spyOn(crypto, 'createSign').mockReturnValue('signed');
  expect(crypto.createSign('sha256')).toBe('signed');
  expect(spy).toHaveBeenCalledTimes(1);
  spy.mockRestore();
  expect(typeof crypto.createSign('sha256').update).toBe('function');
});

test('time is faked', async () => {
  jest.useFakeTimers({ now: 5000 });
  const done = jest.fn();
  setTimeout(done, 1000);
  setImmediate(done);
  process.nextTick(done);
  await jest.advanceTimersByTimeAsync(1000);
  expect(done).toHaveBeenCalledTimes(3);
  expect(Date.now()).toBe(6000);
});

test('the file has globals of its own', async () => {
  expect(process.listenerCount('exit')).toBe(0);
  expect(process).toBeInstanceOf(EventEmitter);
  expect([Array, Error, Promise].map((constructor) => new constructor(() => {}) instanceof Object)).toEqual([true, true, true]);
  expect(Buffer.from('x')).toEqual(new Uint8Array([120]));
  expect(structuredClone(new Map([[1, { a: new Date(7) }]]))).toEqual(new Map([[1, { a: new Date(7) }]]));
  expect(typeof Module.createRequire(__filename)('./stack').Stack).toBe('function');
  const emitter = new EventEmitter();
  setTimeout(() => emitter.emit('x', 1), 1);
  await expect(once(emitter, 'x')).resolves.toEqual([1]);
});
