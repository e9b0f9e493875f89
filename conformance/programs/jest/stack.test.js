'use strict';
// A suite of Jest's for what a program has: values, errors, a snapshot; its last two tests fail on purpose.
/* global beforeEach, describe, expect, test */
const { Stack } = require('./stack');

describe('Stack', () => {
  let stack;
  beforeEach(() => {
    stack = new Stack();
  });

  test('gives back what came last', () => {
    expect(stack.push(1).push({ a: [2] }).pop()).toEqual({ a: [2] });
    expect(stack.size).toBe(1);
  });

  test('is empty at first', () => {
    expect(() => stack.pop()).toThrow(RangeError);
    expect(() => stack.pop()).toThrow('the stack is empty');
  });

  test.each([[1], [5], [20]])('holds %d values', (count) => {
    for (let i = 0; i < count; i++) stack.push(i);
    expect(stack).toHaveProperty('size', count);
  });

  test('has a picture', () => {
    expect(new Map([['stack', stack.push(new Date(0))], ['size', stack.size]])).toMatchSnapshot();
  });

  test('fails on purpose', () => {
    expect([1, { two: 2 }, new Set([3])]).toEqual([1, { two: 'two' }, new Set([4])]);
  });

  test('throws on purpose', async () => {
    await null;
    stack.pop();
  });
});
