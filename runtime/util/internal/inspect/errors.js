'use strict';

// Run with internal/util/inspect; prints errors: the stack, with the class in front if the stack does not name it, with
// frames left out that the cause repeats or that recursion repeats, and with colors for what is not the user's code.

const { getPrefix } = require('internal/util/inspect/names');
const { isNativeError } = require('internal/util/types');

const errorToString = Error.prototype.toString;
const kMinOverlap = 4;
const kMinCollapsed = 3;
const kFramesToCollapse = 10;

const errorPrototype = Error.prototype;

/** Errors and what inherits from Error, whatever Error[Symbol.hasInstance] may say. */
function isError(value) {
  return isNativeError(value) || Object.prototype.isPrototypeOf.call(errorPrototype, value);
}

const kThrew = Symbol('threw');

/** Reads a property of an error, whose getter may throw. */
function read(error, key, otherwise = undefined) {
  try {
    return error[key];
  } catch {
    return otherwise;
  }
}

/** What is left to say of an error whose name or message cannot be read: `[object Error]`. */
const indescribable = /^\[object \w+\]$/;

function describe(error) {
  try {
    return Reflect.apply(errorToString, error, []);
  } catch {
    return Object.prototype.toString.call(error);
  }
}

function stackOf(ctx, error) {
  const stack = read(error, 'stack');
  if (!stack) return describe(error);
  if (typeof stack === 'string') return stack;
  ctx.seen.push(error);
  ctx.indentationLvl += 4;
  const text = ctx.formatValue(stack, NaN);  // At no depth at all: every level on lines of its own.
  ctx.indentationLvl -= 4;
  ctx.seen.pop();
  return `${describe(error)}\n    ${text}`;
}

// -- The first line ----------------------------------------------------------------------------------------------------

/** The name at the start of a stack whose error has lost its prototype. */
function nameInStack(stack) {
  const match = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ??
    /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
  return match?.[1] ?? '';
}

/** Whether the stack starts with `name` as a word, so that the class can take its place. */
function startsWithName(stack, name) {
  if (!name.endsWith('Error') || !stack.startsWith(name)) return false;
  const next = stack[name.length];
  return next === undefined || next === ':' || next === '\n';
}

/** Makes the stack name the class, where it differs from the name: `FooError [BarError]: message`. */
function nameClass(stack, constructor, name, tag) {
  let length = name.length;
  if (constructor !== null && !startsWithName(stack, name)) return stack;
  let fallback = 'Error';
  if (constructor === null) {
    fallback = nameInStack(stack);
    length = fallback.length;
    fallback ||= 'Error';
  }
  const prefix = getPrefix(constructor, tag, fallback).slice(0, -1);
  if (name === prefix) return stack;
  const rest = stack.slice(length);
  if (!prefix.includes(name)) return `${prefix} [${name}]${rest}`;
  return length === 0 ? `${prefix}: ${stack}` : `${prefix}${rest}`;
}

/** @param {unknown} name whatever the program has made of error.name */
function nameError(stack, constructor, name, tag) {
  if (name === undefined || name === null) return nameClass(stack, constructor, 'Error', tag);
  const text = `${name}`;
  if (typeof name !== 'string' && constructor !== null && stack.startsWith(text)) {
    const prefix = getPrefix(constructor, tag, 'Error').slice(0, -1);
    return `${text} [${prefix}]${stack.slice(text.length)}`;
  }
  return nameClass(stack, constructor, text, tag);
}

// -- Keys --------------------------------------------------------------------------------------------------------------

const shownByStack = ['name', 'message', 'stack'];

/** Leaves out properties that the stack shows already, adds the hidden ones that matter. */
function adjustKeys(ctx, error, keys, stack) {
  if (!ctx.showHidden) {
    // Programs that broke the iteration of arrays print errors, too.
    for (let i = 0; i < shownByStack.length; i++) {
      const key = shownByStack[i];
      const index = keys.indexOf(key);
      if (index === -1) continue;
      const value = read(error, key, kThrew);
      if (value === kThrew) continue;
      if (typeof value !== 'string' || stack.includes(value)) keys.splice(index, 1);
    }
  }
  if (Object.hasOwn(error, 'cause') && !keys.includes('cause')) keys.push('cause');
  if (Object.hasOwn(error, 'errors') && Array.isArray(read(error, 'errors')) &&
      !keys.includes('errors')) {
    keys.push('errors');
  }
}

// -- Frames ------------------------------------------------------------------------------------------------------------

function framesOf(stack) {
  const start = stack.indexOf('\n    at');
  return start === -1 ? [] : stack.slice(start + 1).split('\n');
}

/** Replaces the middle of the first run of frames that the cause has too. */
function omitFramesOfCause(ctx, error, frames) {
  const cause = read(error, 'cause');
  if (cause === undefined || cause === null || !isError(cause)) return;
  const others = framesOf(stackOf(ctx, cause));
  for (let i = 0; i < frames.length - kMinOverlap + 1; i++) {
    const start = others.indexOf(frames[i]);
    if (start === -1) continue;
    let length = 1;
    while (i + length < frames.length && frames[i + length] === others[start + length]) length++;
    if (length < kMinOverlap) continue;
    const note = `    ... ${length - 2} lines matching cause stack trace ...`;
    frames.splice(i + 1, length - 2, ctx.stylize(note, 'undefined'));
    return;
  }
}

/** How often the `period` frames at `start` follow once more. */
function countRepeats(frames, start, period) {
  let end = start + period;
  while (end < frames.length && frames[end] === frames[end - period]) end++;
  return Math.floor((end - start) / period) - 1;
}

/** The repetition at `start` that hides most frames. */
function findRepetition(frames, start) {
  let best = { period: 0, repeats: 0 };
  for (let next = frames.indexOf(frames[start], start + 1); next !== -1;
    next = frames.indexOf(frames[start], next + 1)) {
    const period = next - start;
    const repeats = countRepeats(frames, start, period);
    if (repeats * period > best.repeats * best.period) best = { period, repeats };
  }
  return best;
}

/** Collapses what recursion repeats in a long stack. */
function collapseRepetitions(ctx, frames) {
  if (frames.length <= kFramesToCollapse) return frames;
  if (frames.length - new Set(frames).size <= kMinCollapsed) return frames;
  const result = [];
  for (let i = 0; i < frames.length;) {
    const { period, repeats } = findRepetition(frames, i);
    const hidden = period * repeats;
    if (hidden < kMinCollapsed) {
      result.push(frames[i++]);
      continue;
    }
    result.push(...frames.slice(i, i + period));
    const where = repeats > 1 ? `${period} lines ${repeats} times` : 'lines ';
    const note = `    ... collapsed ${hidden} duplicate lines matching above ${where}...`;
    result.push(ctx.stylize(note, 'undefined'));
    i += period + hidden;
  }
  return result;
}

// -- Colors ------------------------------------------------------------------------------------------------------------

const builtInFrame = /^ {4}at (?:[^/\\(]+ \(|)node:(.+):\d+:\d+\)?$/;
const packageName = /[/\\]node_modules[/\\](.+?)(?=[/\\]|\)?$)/g;

function isBuiltIn(id) {
  return require('internal/bootstrap/realm').exists(id);
}

/** Underlines the names of packages. */
function markPackages(ctx, line) {
  let result = '';
  let position = 0;
  for (const match of line.matchAll(packageName)) {
    let end = match.index + match[0].length;
    if (match[1][0] === '@') {
      // A scope and the name in it.
      const separator = line.slice(end + 1).search(/[/\\]/);
      if (separator !== -1) end += 1 + separator;
    }
    const start = match.index + 14;  // Behind `/node_modules/`.
    result += line.slice(position, start) + ctx.stylize(line.slice(start, end), 'module');
    position = end;
  }
  return result + line.slice(position);
}

/** Greys the part of a path that leads to the working directory, with the parentheses around the path. */
function greyDirectory(ctx, line, directory) {
  const start = line.indexOf(directory);
  if (start === -1) return line;
  const hasParentheses = line[start - 1] === '(' && line.endsWith(')');
  const from = hasParentheses ? start - 1 : start;
  const end = start + directory.length + 1;  // The separator belongs to it.
  const greyed = line.slice(0, from) + ctx.stylize(line.slice(from, end), 'undefined');
  if (!hasParentheses) return greyed + line.slice(end);
  return greyed + line.slice(end, -1) + ctx.stylize(')', 'undefined');
}

function workingDirectory() {
  try {
    return process.cwd();
  } catch {
    return undefined;  // It was removed.
  }
}

function colorFrames(ctx, frames) {
  const directory = workingDirectory();
  let directoryUrl;
  return frames.map((line) => {
    const id = builtInFrame.exec(line)?.[1];
    if (id !== undefined && isBuiltIn(id)) return ctx.stylize(line, 'undefined');
    const marked = markPackages(ctx, line);
    if (directory === undefined) return marked;
    if (!line.includes('file://')) return greyDirectory(ctx, marked, directory);
    directoryUrl ??= require('internal/url').pathToFileURL(directory).href;
    return greyDirectory(ctx, marked, directoryUrl);
  });
}

// ----------------------------------------------------------------------------------------------------------------------

/** Where the frames start, behind the message, which may look like frames. */
function framesStart(stack, message) {
  let from = (typeof message === 'string' && message && stack.indexOf(message)) || -1;
  if (from !== -1) from += message.length;
  return stack.indexOf('\n    at', from);
}

/**
 * The error as text, without the properties in `keys`, which this function adjusts.
 * @param {object} ctx
 * @param {Error} error
 * @param {string | null} constructor
 * @param {string} tag
 * @param {(string | symbol)[]} keys
 */
function describeError(ctx, error, constructor, tag, keys) {
  let stack = stackOf(ctx, error);
  adjustKeys(ctx, error, keys, stack);
  stack = nameError(stack, constructor, read(error, 'name'), tag);
  const start = framesStart(stack, read(error, 'message'));
  if (start === -1) {
    if (!indescribable.test(stack)) stack = `[${stack}]`;
  } else {
    let frames = stack.slice(start + 1).split('\n');
    omitFramesOfCause(ctx, error, frames);
    frames = collapseRepetitions(ctx, frames);
    if (ctx.colors) frames = colorFrames(ctx, frames);
    stack = `${stack.slice(0, start)}\n${frames.join('\n')}`;
  }
  if (ctx.indentationLvl === 0) return stack;
  return stack.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
}

module.exports = { describeError, isError };
