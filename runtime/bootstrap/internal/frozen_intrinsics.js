'use strict';

// --frozen-intrinsics: what JavaScript itself defines, and console, can no longer be changed. Loaded at start with that
// option, before user code.
//
// A frozen prototype would also forbid to give an object derived from it an own property of the same name by assignment
// (`error.message = ...`). So the prototypes' data properties become accessors first, whose setters define the property on
// the object that is assigned to.

require('internal/util').emitExperimentalWarning('Frozen intristics');

const names = [
  'AggregateError', 'Array', 'ArrayBuffer', 'AsyncDisposableStack', 'Atomics', 'BigInt', 'BigInt64Array',
  'BigUint64Array', 'Boolean', 'DataView', 'Date', 'DisposableStack', 'Error', 'EvalError', 'FinalizationRegistry',
  'Float16Array', 'Float32Array', 'Float64Array', 'Function', 'Int16Array', 'Int32Array', 'Int8Array', 'Intl',
  'Iterator', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Proxy', 'RangeError', 'ReferenceError', 'Reflect',
  'RegExp', 'Set', 'SharedArrayBuffer', 'String', 'SuppressedError', 'Symbol', 'SyntaxError', 'TypeError', 'URIError',
  'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray', 'WeakMap', 'WeakRef', 'WeakSet', 'WebAssembly',
  'console', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'eval', 'isFinite', 'isNaN',
  'parseFloat', 'parseInt', 'unescape',
];

/** Intrinsics that no global leads to. */
function hiddenIntrinsics() {
  const prototypeOf = Object.getPrototypeOf;
  return [
    prototypeOf([][Symbol.iterator]()),
    prototypeOf(''[Symbol.iterator]()),
    prototypeOf(new Map()[Symbol.iterator]()),
    prototypeOf(new Set()[Symbol.iterator]()),
    prototypeOf(''.matchAll(/x/g)),
    prototypeOf(function* () {}),
    prototypeOf(async () => {}),
    prototypeOf(async function* () {}),
    prototypeOf(Uint8Array),
  ];
}

const prototypes = new Set();
const reached = new Set();

function isObject(value) {
  return value !== null && (typeof value === 'object' || typeof value === 'function');
}

/** Everything that `root` leads to. */
function reach(root) {
  const waiting = [root];
  while (waiting.length > 0) {
    const object = waiting.pop();
    if (!isObject(object) || reached.has(object) || object === globalThis || object === process) continue;
    reached.add(object);
    const prototype = Object.getPrototypeOf(object);
    if (prototype !== null) {
      prototypes.add(prototype);
      waiting.push(prototype);
    }
    for (const key of Reflect.ownKeys(object)) {
      const { get, set, value } = Object.getOwnPropertyDescriptor(object, key);
      if (key === 'prototype' && isObject(value)) prototypes.add(value);
      waiting.push(get, set, value);
    }
  }
}

function allowOverride(prototype, key) {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, key);
  if (!('value' in descriptor) || !descriptor.configurable || !descriptor.writable) return;
  const { value, enumerable } = descriptor;
  Object.defineProperty(prototype, key, {
    __proto__: null,
    get() { return value; },
    set(newValue) {
      if (this === prototype) throw new TypeError(`Cannot assign to read only property '${String(key)}' of object`);
      if (Object.hasOwn(this, key)) {
        this[key] = newValue;
      } else {
        Object.defineProperty(this, key, {
          __proto__: null, value: newValue, writable: true, enumerable: true, configurable: true,
        });
      }
    },
    enumerable,
    configurable: true,
  });
}

for (const name of names) reach(globalThis[name]);
hiddenIntrinsics().forEach(reach);
for (const prototype of prototypes) {
  for (const key of Reflect.ownKeys(prototype)) allowOverride(prototype, key);
}
for (const object of reached) {
  // Views of memory cannot be frozen, and are nobody's intrinsics.
  if (!ArrayBuffer.isView(object)) Object.freeze(object);
}
Object.defineProperty(globalThis, 'globalThis', { __proto__: null, writable: false, configurable: false });
