'use strict';
// The expression that a line ends with, and its value as far as it can be had without running any of the program: for
// what Tab offers. Loaded by internal/repl/completion.

const { isProxy } = require('internal/util/types');

const kName = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const kNameAtEnd = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const kDelimiter = /[\s(\[{,;:=<>+\-*/%&|^!?~]/;
const kAccessor = /^__(?:define|lookup)[GS]etter__$/;
// Stands in for the name that is still to come.
const kPlaceholder = '$';

/** Names that can stand after a dot, of an object and of each of its prototypes. */
function propertyGroups(object) {
  const groups = [];
  for (let one = Object(object); one !== null && !isProxy(one); one = Object.getPrototypeOf(one)) {
    groups.push(Object.getOwnPropertyNames(one).filter((name) => kName.test(name) && !kAccessor.test(name)));
  }
  return groups;
}

/**
 * @returns {{ node: object, source: string, prefix: string } | undefined} the last expression of a line that ends with a
 *   name or a dot, and what there is of that name
 */
function parseTail(line) {
  const { parse } = require('internal/deps/acorn');
  const prefix = kNameAtEnd.exec(line)?.[0] ?? '';
  if (prefix === '' && !line.endsWith('.')) return undefined;
  const text = prefix === '' ? line + kPlaceholder : line;
  // From the longest: what is in front of it may be unfinished, as in `foo(bar.`.
  for (let start = 0; start < text.length; start = nextStart(text, start)) {
    const source = text.slice(start);
    let program;
    try {
      program = parse(source, { __proto__: null, ecmaVersion: 'latest', allowAwaitOutsideFunction: true });
    } catch {
      continue;
    }
    const node = lastExpression(program.body.at(-1));
    return node?.end === source.length ? { node, source, prefix } : undefined;
  }
  return undefined;
}

/** What a text declares that is no property of the global object. */
function lexicalNames(source) {
  try {
    const { parse } = require('internal/deps/acorn');
    return parse(source, { __proto__: null, ecmaVersion: 'latest', allowAwaitOutsideFunction: true }).body.flatMap((statement) => {
      if (statement.type === 'ClassDeclaration') return [statement.id.name];
      if (statement.type !== 'VariableDeclaration' || statement.kind === 'var') return [];
      return statement.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
    });
  } catch {
    return [];
  }
}

/** Behind the next character that an expression may begin behind. */
function nextStart(text, start) {
  const delimiter = kDelimiter.exec(text.slice(start));
  return delimiter === null ? text.length : start + delimiter.index + 1;
}

function lastExpression(statement) {
  switch (statement?.type) {
    case 'LabeledStatement': return lastExpression(statement.body);
    case 'ExpressionStatement': return rightmost(statement.expression);
    case 'VariableDeclaration': {
      const { init } = statement.declarations.at(-1);
      return init === null ? undefined : rightmost(init);
    }
    default: return undefined;
  }
}

/** Of `a = b.c` the `b.c`. */
function rightmost(node) {
  switch (node.type) {
    case 'AssignmentExpression': case 'BinaryExpression': case 'LogicalExpression': return rightmost(node.right);
    case 'SequenceExpression': return rightmost(node.expressions.at(-1));
    case 'ConditionalExpression': return rightmost(node.alternate);
    case 'UnaryExpression': case 'AwaitExpression': return rightmost(node.argument);
    case 'NewExpression': return node.callee.end === node.end ? rightmost(node.callee) : node;
    case 'ArrowFunctionExpression': return node.expression ? rightmost(node.body) : node;
    case 'ChainExpression': return rightmost(node.expression);
    default: return node;
  }
}

/**
 * The value of an expression, unless some of the program had to run for it: a getter, a proxy's trap, a call.
 * @param {{ evaluate: (source: string) => unknown, context: object }} realm
 * @returns {{ value: unknown } | undefined}
 */
function peek(node, source, realm) {
  switch (node.type) {
    case 'Identifier':
      if (hasGetter(realm.context, node.name)) return undefined;
      break;
    case 'ChainExpression': return peek(node.expression, source, realm);
    case 'MemberExpression': return peekMember(node, source, realm);
    case 'ThisExpression': break;
    default: if (!partsOf(node)?.every((part) => isPrimitive(part, source, realm))) return undefined;
  }
  return { value: realm.evaluate(`(${source.slice(node.start, node.end)})`) };
}

/** The operands of an expression that runs nothing but conversions of them; undefined for others. */
function partsOf(node) {
  switch (node.type) {
    case 'Literal': return [];
    case 'TemplateLiteral': return node.expressions;
    case 'ArrayExpression': return node.elements;
    case 'UnaryExpression': return node.operator === 'delete' ? undefined : [node.argument];
    case 'BinaryExpression': case 'LogicalExpression': return [node.left, node.right];
    case 'ConditionalExpression': return [node.test, node.consequent, node.alternate];
    default: return undefined;
  }
}

function isPrimitive(node, source, realm) {
  const found = node === null ? undefined : peek(node, source, realm);
  return found !== undefined && Object(found.value) !== found.value;
}

function peekMember(node, source, realm) {
  const object = peek(node.object, source, realm)?.value;
  if (object === undefined || object === null) return undefined;
  const key = node.computed ? peek(node.property, source, realm)?.value : node.property.name;
  if (key === undefined || Object(key) === key) return undefined;
  for (let one = Object(object); one !== null && !isProxy(one); one = Object.getPrototypeOf(one)) {
    const descriptor = Object.getOwnPropertyDescriptor(one, key);
    if (descriptor !== undefined) return 'value' in descriptor ? { value: descriptor.value } : undefined;
  }
  return undefined;
}

/** Getters that we have put there ourselves, as those of built-in modules, are not the program's. */
function hasGetter(context, name) {
  const isGetter = Object.getOwnPropertyDescriptor(context, name)?.get !== undefined;
  return isGetter && !Object.hasOwn(globalThis, name) && !require('internal/repl/context').libraries().includes(name);
}

module.exports = { lexicalNames, parseTail, peek, propertyGroups };
