'use strict';
// show(label, fn): what fn returns, or what it throws. started(options): the imports of a program that runs, without a
// program, and its memory.

const { WASI } = require('wasi');

function show(label, fn) {
  let result;
  try {
    result = fn();
  } catch (error) {
    const { name, message, code, errno, syscall } = error instanceof Error ? error : { name: String(error) };
    console.log(`${label}: throws ${[name, code, message, errno, syscall].filter((part) => part !== undefined).join(' | ')}`);
    return;
  }
  console.log(`${label}:`, result);
}

function started(options) {
  const wasi = new WASI({ version: 'preview1', ...options });
  const memory = new WebAssembly.Memory({ initial: 1 });
  wasi.finalizeBindings({ exports: { memory } });
  return { imports: wasi.wasiImport, memory: Buffer.from(memory.buffer), grow: () => memory.grow(1) };
}

module.exports = { show, started };
