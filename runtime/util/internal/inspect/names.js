'use strict';

// Run with internal/util/inspect; names things: the class an object is of, functions, classes, boxed primitives.

const {
  isAsyncFunction,
  isBigIntObject,
  isBooleanObject,
  isGeneratorFunction,
  isNumberObject,
  isStringObject,
} = require('internal/util/types');

let builtInNames;

/** Names of the language's own classes, whose prototypes showHidden leaves out. */
function isBuiltInName(name) {
  builtInNames ??= new Set(
    Object.getOwnPropertyNames(globalThis).filter((each) => /^[A-Z][a-zA-Z0-9]+$/.test(each)));
  builtInNames.add('TypedArray');
  return builtInNames.has(name);
}

/** instanceof, without asking constructor[Symbol.hasInstance]. */
function isInstance(value, constructor) {
  const { prototype } = constructor;
  const isObject = (typeof prototype === 'object' && prototype !== null) ||
    typeof prototype === 'function';  // Function.prototype
  return isObject && Object.prototype.isPrototypeOf.call(prototype, value);
}

const kPrototypeLevels = 3;

/** Collects what user-defined prototypes of `value` add to it, methods aside: for showHidden. */
function addPrototypeProperties(value, found) {
  const taken = new Set(Reflect.ownKeys(value));
  let object = Object.getPrototypeOf(value);
  for (let level = 0; level < kPrototypeLevels && object !== null; level++) {
    const constructor = Object.getOwnPropertyDescriptor(object, 'constructor')?.value;
    if (typeof constructor === 'function' && isBuiltInName(constructor.name)) return;
    for (const key of Reflect.ownKeys(object)) {
      if (key === 'constructor' || taken.has(key)) continue;
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      if (typeof descriptor.value === 'function') continue;
      taken.add(key);
      found.push({ object, key, descriptor });
    }
    object = Object.getPrototypeOf(object);
  }
}

/**
 * The name of the nearest class on the prototype chain; null for an object without prototype.
 * @param {object} value
 * @param {object} ctx
 * @param {number} recurseTimes
 * @param {Array} [hidden] gets the properties of user-defined prototypes
 */
function getConstructorName(value, ctx, recurseTimes, hidden) {
  let firstPrototype;
  let object = value;
  while (object) {
    const constructor = Object.getOwnPropertyDescriptor(object, 'constructor')?.value;
    if (typeof constructor === 'function' && constructor.name !== '' &&
        isInstance(value, constructor)) {
      if (hidden !== undefined &&
          (firstPrototype !== object || !isBuiltInName(constructor.name))) {
        addPrototypeProperties(value, hidden);
      }
      return String(constructor.name);
    }
    object = Object.getPrototypeOf(object);
    if (firstPrototype === undefined) firstPrototype = object;
  }
  if (firstPrototype === null) return null;
  const name = internalBinding('util').getConstructorName(value);
  if (ctx.depth !== null && recurseTimes > ctx.depth) return `${name} <Complex prototype>`;
  const prototypeName = getConstructorName(firstPrototype, ctx, recurseTimes + 1, hidden);
  if (prototypeName !== null) return `${name} <${prototypeName}>`;
  return `${name} <${ctx.inspectBare(firstPrototype)}>`;
}

/** Whether the class says the tag already, as a word of its name: `MyMap` is a `Map`. */
function namesTag(constructor, tag) {
  for (let i = constructor.indexOf(tag); i !== -1; i = constructor.indexOf(tag, i + 1)) {
    const next = constructor[i + tag.length];
    if (next === undefined || (next === next.toUpperCase() && next !== next.toLowerCase())) {
      return true;
    }
  }
  return false;
}

/** `Class(size) [tag] `, as it stands before the braces. */
function getPrefix(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    const name = `[${fallback}${size}: null prototype] `;
    return tag !== '' && fallback !== tag ? `${name}[${tag}] ` : name;
  }
  return tag !== '' && !namesTag(constructor, tag) ?
    `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

const commentPattern = /(\/\/.*?\n)|(\/\*(.|\n)*?\*\/)/g;

/** Whether the source of a function is a class. */
function isClassSource(source) {
  if (!source.startsWith('class') || !source.endsWith('}')) return false;
  const rest = source.slice(5, -1);
  const brace = rest.indexOf('{');
  if (brace === -1) return false;
  // A function called `class...` has parentheses before its body; so may the heritage of a class.
  return !rest.slice(0, brace).includes('(') ||
    /^(\s+[^(]*?)\s*{/.test(rest.replace(commentPattern, ''));
}

function classBase(value, constructor, tag) {
  const name = (Object.hasOwn(value, 'name') && value.name) || '(anonymous)';
  let base = `class ${name}`;
  if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor === null) {
    base += ' extends [null prototype]';
  } else {
    const superName = Object.getPrototypeOf(value).name;
    if (superName) base += ` extends ${superName}`;
  }
  return `[${base}]`;
}

/** `[Function: f]`, `[class A extends B]`. */
function getFunctionBase(ctx, value, constructor, tag) {
  if (isClassSource(Function.prototype.toString.call(value))) {
    return classBase(value, constructor, tag);
  }
  let type = 'Function';
  if (isGeneratorFunction(value)) type = `Generator${type}`;
  if (isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (constructor === null) base += ' (null prototype)';
  if (value.name === '') base += ' (anonymous)';
  else base += `: ${typeof value.name === 'string' ? value.name : ctx.formatValue(value.name)}`;
  base += ']';
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
}

function unbox(value) {
  if (isNumberObject(value)) return ['Number', Number.prototype.valueOf.call(value)];
  if (isStringObject(value)) return ['String', String.prototype.valueOf.call(value)];
  if (isBooleanObject(value)) return ['Boolean', Boolean.prototype.valueOf.call(value)];
  if (isBigIntObject(value)) return ['BigInt', BigInt.prototype.valueOf.call(value)];
  return ['Symbol', Symbol.prototype.valueOf.call(value)];
}

/** `[Number: 1]`; takes the indices of a boxed string off `keys`. */
function getBoxedBase(ctx, value, keys, constructor, tag) {
  const [type, primitive] = unbox(value);
  if (type === 'String') keys.splice(0, primitive.length);
  let base = `[${type}`;
  if (type !== constructor) {
    base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  }
  base += `: ${ctx.formatPrimitivePlain(primitive)}]`;
  if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
  if (keys.length !== 0 || !ctx.hasStyle) return base;
  return ctx.stylize(base, type.toLowerCase());
}

module.exports = {
  getBoxedBase,
  getConstructorName,
  getFunctionBase,
  getPrefix,
  isBuiltInName,
};
