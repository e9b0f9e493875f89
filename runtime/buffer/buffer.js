'use strict';
// The public `buffer` module and the global Buffer.
// Run once per realm, while the start-up snapshot is built.

const binding = internalBinding('buffer');
const {
  codes: { ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING },
} = require('internal/errors');
const { validateArray, validateInteger, validateNumber } = require('internal/validators');
const { customInspectSymbol, deprecate, isInsideNodeModules } = require('internal/util');
const { isAnyArrayBuffer, isArrayBufferView, isTypedArray, isUint8Array } = require('internal/util/types');
const {
  FastBuffer, allocUnsafe: allocPooled, createUnsafeBuffer, encodeString, getCodec, getLength, setPoolOwner,
} = require('internal/buffer');
const { addMethods, checkSize, fill } = require('internal/buffer/methods');
const { atob, btoa, isAscii, isUtf8, transcode } = require('internal/buffer/text');

const { kMaxLength, kStringMaxLength } = binding;

// Buffer() and new Buffer(): deprecated, warned about once, and only outside node_modules.
let constructorWarned = false;

function warnConstructor() {
  if (constructorWarned) return;
  if (!require('internal/options').getOptionValue('--pending-deprecation') && isInsideNodeModules(100, true)) return;
  constructorWarned = true;
  process.emitWarning(
    'Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), ' +
    'Buffer.allocUnsafe(), or Buffer.from() methods instead.',
    'DeprecationWarning', 'DEP0005', Buffer);
}

function Buffer(value, encodingOrOffset, length) {
  warnConstructor();
  if (typeof value !== 'number') return Buffer.from(value, encodingOrOffset, length);
  if (typeof encodingOrOffset === 'string') {
    throw new ERR_INVALID_ARG_TYPE('string', 'string', value);
  }
  return Buffer.alloc(value);
}

Object.setPrototypeOf(Buffer, Uint8Array);
Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(Buffer, 'prototype', { enumerable: false, writable: true });
Object.defineProperty(Buffer.prototype, 'constructor', { value: Buffer, enumerable: false });
Object.defineProperty(Buffer, Symbol.species, {
  configurable: true,
  enumerable: false,
  get() { return FastBuffer; },
});

Buffer.poolSize = 64 * 1024;
setPoolOwner(Buffer);

function throwFirstArgument(value) {
  throw new ERR_INVALID_ARG_TYPE('first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'],
                                 value);
}

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const valueOf = value.valueOf?.();
    if (valueOf != null && valueOf !== value && (typeof valueOf === 'string' || typeof valueOf === 'object')) {
      return from(valueOf, encodingOrOffset, length);
    }
    const buffer = fromObject(value);
    if (buffer !== undefined) return buffer;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const primitive = value[Symbol.toPrimitive]('string');
      if (typeof primitive === 'string') return fromString(primitive, encodingOrOffset);
    }
  }
  throwFirstArgument(value);
};

function fromString(string, encoding) {
  let codec;
  if (typeof encoding !== 'string' || encoding.length === 0) {
    codec = getCodec('utf8');
  } else {
    codec = getCodec(encoding);
    if (codec === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  }
  if (string.length === 0) return new FastBuffer();
  return encodeString(string, codec);
}

function fromArrayBuffer(arrayBuffer, byteOffset, length) {
  // NaN and friends count as zero, as ToInteger would have it.
  byteOffset = +byteOffset || 0;
  const maxLength = arrayBuffer.byteLength - byteOffset;
  if (maxLength < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (length === undefined) {
    // Follows the length of a resizable buffer.
    return new FastBuffer(arrayBuffer, byteOffset);
  }
  length = +length;
  if (length > 0) {
    if (length > maxLength) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
  } else {
    length = 0;
  }
  return new FastBuffer(arrayBuffer, byteOffset, length);
}

function fromObject(value) {
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    return typeof value.length === 'number' ? fromArrayLike(value) : new FastBuffer();
  }
  if (value.type === 'Buffer' && Array.isArray(value.data)) return fromArrayLike(value.data);
  return undefined;
}

function fromArrayLike(value) {
  const { length } = value;
  if (!(length > 0)) return new FastBuffer();
  const buffer = allocPooled(Math.trunc(length));
  if (isTypedArray(value)) {
    buffer.set(value, 0);
  } else {
    for (let i = 0; i < buffer.length; i++) buffer[i] = value[i];
  }
  return buffer;
}

Buffer.copyBytesFrom = function copyBytesFrom(view, offset, length) {
  if (!isTypedArray(view)) throw new ERR_INVALID_ARG_TYPE('view', ['TypedArray'], view);
  const viewLength = view.length;
  if (offset !== undefined) {
    validateInteger(offset, 'offset', 0);
  } else {
    offset = 0;
  }
  let end = viewLength;
  if (length !== undefined) {
    validateInteger(length, 'length', 0);
    end = offset + length;
  }
  if (viewLength === 0 || offset >= viewLength) return new FastBuffer();
  const part = view.subarray(offset, end);
  const buffer = allocPooled(part.byteLength);
  buffer.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  return buffer;
};

Buffer.of = function of(...items) {
  const buffer = allocPooled(items.length);
  for (let i = 0; i < items.length; i++) buffer[i] = items[i];
  return buffer;
};

Buffer.alloc = function alloc(size, value, encoding) {
  checkSize(size);
  if (value !== undefined && value !== 0 && size > 0) {
    size = Math.trunc(size);
    return fill(createUnsafeBuffer(size), value, 0, size, encoding);
  }
  return new FastBuffer(size);
};

Buffer.allocUnsafe = function allocUnsafe(size) {
  checkSize(size);
  return allocPooled(Math.trunc(size));
};

Buffer.allocUnsafeSlow = function allocUnsafeSlow(size) {
  checkSize(size);
  return createUnsafeBuffer(Math.trunc(size));
};

function SlowBuffer(size) {
  checkSize(size);
  return createUnsafeBuffer(Math.trunc(size));
}
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

Buffer.isBuffer = function isBuffer(value) {
  return value instanceof Buffer;
};

Buffer.compare = function compare(buf1, buf2) {
  if (!isUint8Array(buf1)) throw new ERR_INVALID_ARG_TYPE('buf1', ['Buffer', 'Uint8Array'], buf1);
  if (!isUint8Array(buf2)) throw new ERR_INVALID_ARG_TYPE('buf2', ['Buffer', 'Uint8Array'], buf2);
  if (buf1 === buf2) return 0;
  return binding.compare(buf1, buf2);
};

Buffer.isEncoding = function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && getCodec(encoding) !== undefined;
};
// What util.promisify-like introspection of old polyfills looks for.
Buffer[Symbol('kIsEncodingSymbol')] = Buffer.isEncoding;

Buffer.concat = function concat(list, length) {
  validateArray(list, 'list');
  if (list.length === 0) return new FastBuffer();
  if (length !== undefined) validateInteger(length, 'length', 0);
  let total = 0;
  for (let i = 0; i < list.length; i++) {
    const part = list[i];
    if (!isUint8Array(part)) throw new ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], part);
    total += getLength(part);
  }
  length ??= total;
  const buffer = Buffer.allocUnsafe(length);
  let position = 0;
  for (let i = 0; i < list.length && position < length; i++) {
    const part = list[i];
    const count = getLength(part);
    if (count <= length - position) {
      buffer.set(part, position);
      position += count;
    } else {
      buffer.set(new Uint8Array(part.buffer, part.byteOffset, length - position), position);
      position = length;
    }
  }
  // More was asked for than the list holds: the rest is zero, not whatever was in memory.
  if (position < length) buffer.fill(0, position, length);
  return buffer;
};

Buffer.byteLength = function byteLength(string, encoding) {
  if (typeof string !== 'string') {
    if (isArrayBufferView(string) || isAnyArrayBuffer(string)) return string.byteLength;
    throw new ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], string);
  }
  if (string.length === 0) return 0;
  if (!encoding || encoding === 'utf8') return binding.byteLengthUtf8(string);
  return (getCodec(encoding) ?? getCodec('utf8')).byteLength(string);
};

addMethods(Buffer);

let inspectMaxBytes = 50;

const { hexSlice } = Buffer.prototype;

function inspect(recurseTimes, ctx) {
  const shown = Math.min(inspectMaxBytes, this.length);
  const remaining = this.length - inspectMaxBytes;
  let text = Reflect.apply(hexSlice, this, [0, shown]).replace(/(.{2})/g, '$1 ').trim();
  if (remaining > 0) text += ` ... ${remaining} more byte${remaining > 1 ? 's' : ''}`;
  if (ctx) text += inspectExtras(this, ctx, shown > 0);
  // Someone may have called this on an object whose constructor is gone.
  const name = this.constructor?.name || 'Buffer';
  return `<${name} ${text}>`;
}

// Own properties that are not elements, printed by util.inspect in its own manner.
function inspectExtras(buffer, ctx, separate) {
  const { inspect: utilInspect, getOwnNonIndexKeys } = require('internal/buffer/inspect');
  const keys = getOwnNonIndexKeys(buffer, ctx.showHidden);
  if (keys.length === 0) return '';
  const holder = { __proto__: null };
  for (const key of keys) holder[key] = buffer[key];
  const printed = utilInspect(holder, { ...ctx, breakLength: Infinity, compact: true });
  // Strip "[Object: null prototype] { " and " }".
  return `${separate ? ', ' : ''}${printed.slice(printed.indexOf('{') + 2, -2)}`;
}

Buffer.prototype[customInspectSymbol] = inspect;
Buffer.prototype.inspect = inspect;

Object.defineProperty(Buffer.prototype, 'parent', {
  enumerable: true,
  get() { return this instanceof Buffer ? this.buffer : undefined; },
});
Object.defineProperty(Buffer.prototype, 'offset', {
  enumerable: true,
  get() { return this instanceof Buffer ? this.byteOffset : undefined; },
});

module.exports = {
  Buffer,
  SlowBuffer: deprecate(SlowBuffer, 'SlowBuffer() is deprecated. Please use Buffer.allocUnsafeSlow()', 'DEP0030'),
  transcode,
  isUtf8,
  isAscii,
  kMaxLength,
  kStringMaxLength,
  btoa,
  atob,
};

Object.defineProperties(module.exports, {
  constants: {
    enumerable: true,
    value: Object.defineProperties({}, {
      MAX_LENGTH: { enumerable: true, value: kMaxLength },
      MAX_STRING_LENGTH: { enumerable: true, value: kStringMaxLength },
    }),
  },
  INSPECT_MAX_BYTES: {
    configurable: true,
    enumerable: true,
    get() { return inspectMaxBytes; },
    set(value) {
      validateNumber(value, 'INSPECT_MAX_BYTES', 0);
      inspectMaxBytes = value;
    },
  },
});
// Data properties to all who look at them, like the globals of these names: few programs use them.
const { setLazyExports } = internalBinding('builtins');
setLazyExports(module.exports, 'internal/blob', ['Blob', 'resolveObjectURL'], true);
setLazyExports(module.exports, 'internal/file', ['File'], true);
