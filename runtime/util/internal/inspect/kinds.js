'use strict';

// Run with internal/util/inspect; prints the contents of the built-in kinds of objects. Every function returns the parts
// that stand between the braces; they get the context that internal/util/inspect makes for a call.

const { combine, kArray, kArrayExtras, kObject } = require('internal/util/inspect/layout');

const nonIndexPattern = /^(0|[1-9][0-9]*)$/;
const kMaxArrayIndex = 2 ** 32 - 2;

function plural(count) {
  return count > 1 ? 's' : '';
}

function moreItems(remaining) {
  return `... ${remaining} more item${plural(remaining)}`;
}

function limitOf(ctx, length) {
  return Math.min(Math.max(0, ctx.maxArrayLength), length);
}

/** Runs `print` with what it prints being indented one step further. */
function indented(ctx, print) {
  ctx.indentationLvl += 2;
  const result = print();
  ctx.indentationLvl -= 2;
  return result;
}

/** The rest of an array from its first hole at `start` on. */
function formatHoleyArray(ctx, value, recurseTimes, limit, output, start) {
  const keys = Object.keys(value);
  let index = start;
  for (let i = start; i < keys.length && output.length < limit; i++) {
    const key = keys[i];
    if (key > kMaxArrayIndex) break;
    if (`${index}` !== key) {
      if (!nonIndexPattern.test(key)) break;
      const holes = key - index;
      output.push(ctx.stylize(`<${holes} empty item${plural(holes)}>`, 'undefined'));
      index = Number(key);
      if (output.length === limit) break;
    }
    output.push(ctx.formatProperty(value, recurseTimes, key, kArray));
    index++;
  }
  const remaining = value.length - index;
  if (output.length !== limit) {
    if (remaining > 0) {
      output.push(ctx.stylize(`<${remaining} empty item${plural(remaining)}>`, 'undefined'));
    }
  } else if (remaining > 0) {
    output.push(moreItems(remaining));
  }
  return output;
}

function formatArray(ctx, value, recurseTimes) {
  const limit = limitOf(ctx, value.length);
  const output = [];
  for (let i = 0; i < limit; i++) {
    if (!Object.hasOwn(value, i)) {
      return formatHoleyArray(ctx, value, recurseTimes, limit, output, i);
    }
    output.push(ctx.formatProperty(value, recurseTimes, i, kArray));
  }
  if (value.length > limit) output.push(moreItems(value.length - limit));
  return output;
}

/** A field that is not a property of the object, but of what it is inside. */
function formatField(ctx, value, field, recurseTimes) {
  const name = ctx.stylize(`[${field}]`, 'string');
  return `${name}: ${ctx.formatValue(value[field], recurseTimes, true)}`;
}

const typedArrayFields = ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer'];

/** @param {object} owner what was inspected: `value`, or an array of the same bytes that lost its prototype */
function formatTypedArray(ctx, value, owner, recurseTimes) {
  const length = lengthOfTypedArray.call(value);
  const limit = limitOf(ctx, length);
  const output = new Array(limit);
  const isNumber = value.length > 0 && typeof value[0] === 'number';
  for (let i = 0; i < limit; i++) {
    output[i] = isNumber ? ctx.formatNumber(value[i]) : ctx.formatBigInt(value[i]);
  }
  if (length > limit) output.push(moreItems(length - limit));
  if (ctx.showHidden) {
    indented(ctx, () => {
      for (const field of typedArrayFields) {
        output.push(formatField(ctx, owner, field, recurseTimes));
      }
    });
  }
  return output;
}

function formatDataView(ctx, value, recurseTimes) {
  let fields = value;
  try {
    value.byteLength;  // eslint-disable-line no-unused-expressions
  } catch {
    fields = { byteLength: 0, byteOffset: undefined };  // The buffer is detached.
  }
  return indented(ctx, () => [
    formatField(ctx, fields, 'byteLength', recurseTimes),
    formatField(ctx, fields, 'byteOffset', recurseTimes),
    `${ctx.stylize('[buffer]', 'string')}: ${ctx.formatValue(value.buffer, recurseTimes)}`,
  ]);
}

function formatArrayBuffer(ctx, value, recurseTimes) {
  return [formatBytes(ctx, value), formatField(ctx, value, 'byteLength', recurseTimes)];
}

/** An ArrayBuffer whose bytes its view shows. */
function formatArrayBufferOfView(ctx, value) {
  return [`[byteLength]: ${ctx.formatNumber(value.byteLength)}`];
}

function formatBytes(ctx, value) {
  let bytes;
  try {
    bytes = new Uint8Array(value);
  } catch {
    return ctx.stylize('(detached)', 'special');
  }
  const limit = limitOf(ctx, bytes.length);
  const shown = [];
  for (let i = 0; i < limit; i++) shown.push(bytes[i].toString(16).padStart(2, '0'));
  let text = shown.join(' ');
  const remaining = bytes.length - limit;
  if (remaining > 0) text += ` ... ${remaining} more byte${plural(remaining)}`;
  return `${ctx.stylize('[Uint8Contents]', 'special')}: <${text}>`;
}

function formatSet(ctx, value, recurseTimes) {
  const size = sizeOfSet.call(value);
  const limit = limitOf(ctx, size);
  const output = [];
  indented(ctx, () => {
    for (const element of Set.prototype.values.call(value)) {
      if (output.length >= limit) break;
      output.push(ctx.formatValue(element, recurseTimes));
    }
  });
  if (size > limit) output.push(moreItems(size - limit));
  return output;
}

function formatMap(ctx, value, recurseTimes) {
  const size = sizeOfMap.call(value);
  const limit = limitOf(ctx, size);
  const output = [];
  indented(ctx, () => {
    for (const { 0: key, 1: element } of Map.prototype.entries.call(value)) {
      if (output.length >= limit) break;
      output.push(
        `${ctx.formatValue(key, recurseTimes)} => ${ctx.formatValue(element, recurseTimes)}`);
    }
  });
  if (size > limit) output.push(moreItems(size - limit));
  return output;
}

const lengthOfTypedArray = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype), 'length').get;
const sizeOfSet = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get;
const sizeOfMap = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get;

/** Elements that native code read out of a collection; weak ones have no order. */
function formatElements(ctx, elements, recurseTimes, isWeak) {
  const limit = limitOf(ctx, elements.length);
  const output = indented(ctx, () =>
    elements.slice(0, limit).map((element) => ctx.formatValue(element, recurseTimes)));
  if (isWeak && !ctx.sorted) output.sort();
  if (elements.length > limit) output.push(moreItems(elements.length - limit));
  return output;
}

function formatPairs(ctx, elements, recurseTimes, print, isWeak) {
  const count = elements.length / 2;
  const limit = limitOf(ctx, count);
  const output = [];
  indented(ctx, () => {
    for (let i = 0; i < limit; i++) {
      output.push(print(ctx.formatValue(elements[2 * i], recurseTimes),
                        ctx.formatValue(elements[2 * i + 1], recurseTimes)));
    }
  });
  if (isWeak && !ctx.sorted) output.sort();
  if (count > limit) output.push(moreItems(count - limit));
  return output;
}

function formatIterator(ctx, value, recurseTimes, braces) {
  const [elements, isKeyValue] = internalBinding('util').previewEntries(value, true);
  if (!isKeyValue) return formatElements(ctx, elements, recurseTimes, false);
  braces[0] = braces[0].replace(/ Iterator] {$/, ' Entries] {');
  const print = (key, element) =>
    combine(ctx, [key, element], '', ['[', ']'], kArrayExtras, recurseTimes);
  return formatPairs(ctx, elements, recurseTimes, print, false);
}

function formatHiddenItems(ctx) {
  return [ctx.stylize('<items unknown>', 'special')];
}

function formatWeakSet(ctx, value, recurseTimes) {
  if (!ctx.showHidden) return formatHiddenItems(ctx);
  return formatElements(ctx, previewWeak(value), recurseTimes, true);
}

function formatWeakMap(ctx, value, recurseTimes) {
  if (!ctx.showHidden) return formatHiddenItems(ctx);
  const print = (key, element) => `${key} => ${element}`;
  return formatPairs(ctx, previewWeak(value), recurseTimes, print, true);
}

function previewWeak(value) {
  return internalBinding('util').previewEntries(value, true)[0];
}

function formatPromise(ctx, value, recurseTimes) {
  const { getPromiseDetails, constants } = internalBinding('util');
  const [state, result] = getPromiseDetails(value);
  if (state === constants.kPending) return [ctx.stylize('<pending>', 'special')];
  const text = indented(ctx, () => ctx.formatValue(result, recurseTimes));
  return [state === constants.kRejected ? `${ctx.stylize('<rejected>', 'special')} ${text}` : text];
}

/** Exports of a module; takes over all of `keys`. */
function formatNamespace(ctx, value, recurseTimes, keys) {
  const output = [];
  for (const key of keys) {
    try {
      output.push(ctx.formatProperty(value, recurseTimes, key, kObject));
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      // The module has not come to the declaration yet.
      const text = ctx.formatProperty({ [key]: '' }, recurseTimes, key, kObject);
      const colon = text.lastIndexOf(' ');
      output.push(text.slice(0, colon + 1) + ctx.stylize('<uninitialized>', 'special'));
    }
  }
  keys.length = 0;
  return output;
}

module.exports = {
  formatArray,
  formatArrayBuffer,
  formatArrayBufferOfView,
  formatDataView,
  formatIterator,
  formatMap,
  formatNamespace,
  formatPromise,
  formatSet,
  formatTypedArray,
  formatWeakMap,
  formatWeakSet,
  lengthOfTypedArray,
  sizeOfMap,
  sizeOfSet,
};
