'use strict';
// Top-level await in the REPL: a line becomes an asynchronous function, what it declares moves out of it.
// Loaded by internal/repl/eval when a line has `await` in it.

const acorn = require('internal/deps/acorn');

const kPrefix = '(async () => { ';
const kSuffix = ' })()';

// What is inside a function is its own affair.
const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'ClassBody']);

/** Changes to a text, by position. */
class Edits {
  #edits = [];

  replace(from, to, text) {
    this.#edits.push({ from, to, text, order: this.#edits.length });
  }

  insert(at, text) {
    this.replace(at, at, text);
  }

  apply(source) {
    let result = '';
    let position = 0;
    for (const { from, to, text } of this.#edits.sort((a, b) => a.from - b.from || a.order - b.order)) {
      result += source.slice(position, from) + text;
      position = to;
    }
    return result + source.slice(position);
  }
}

function namesOf(pattern, names) {
  switch (pattern.type) {
    case 'Identifier': names.push(pattern.name); break;
    case 'ObjectPattern': for (const property of pattern.properties) namesOf(property.value ?? property.argument, names); break;
    case 'ArrayPattern': for (const element of pattern.elements) if (element !== null) namesOf(element, names); break;
    case 'AssignmentPattern': namesOf(pattern.left, names); break;
    case 'RestElement': namesOf(pattern.argument, names); break;
    default:
  }
  return names;
}

class Transform {
  edits = new Edits();
  hoisted = '';
  hasAwait = false;
  hasReturn = false;

  constructor(source, body) {
    this.source = source;
    this.body = body;
  }

  visit(node, parent) {
    switch (node.type) {
      case 'AwaitExpression': this.hasAwait = true; break;
      case 'ForOfStatement': if (node.await) this.hasAwait = true; break;
      case 'ReturnStatement': this.hasReturn = true; break;
      case 'VariableDeclaration': this.#declaration(node, parent); break;
      case 'FunctionDeclaration':
        this.edits.insert(node.start, `this.${node.id.name} = ${node.id.name}; `);
        this.hoisted += `var ${node.id.name}; `;
        break;
      case 'ClassDeclaration':
        if (parent !== this.body) break;
        this.edits.insert(node.start, `${node.id.name}=`);
        this.hoisted += `let ${node.id.name}; `;
        break;
      default:
    }
    if (!functions.has(node.type)) this.#children(node);
  }

  #children(node) {
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (typeof child?.type === 'string') this.visit(child, node);
      }
    }
  }

  #declaration(node, parent) {
    if (node.kind !== 'var' && parent !== this.body) return;
    const names = node.declarations.flatMap(({ id }) => namesOf(id, []));
    this.hoisted += `${node.kind === 'var' ? 'var' : 'let'} ${names.join(', ')}; `;
    const isLoopVariable = (parent.type === 'ForInStatement' || parent.type === 'ForOfStatement') && parent.left === node;
    if (isLoopVariable) this.edits.replace(node.start, node.declarations[0].start, '');
    else this.#assignments(node);
  }

  /** `let a = 1, b` as `void ( (a = 1), (b=undefined))`. */
  #assignments({ kind, start, declarations }) {
    const several = declarations.length > 1;
    this.edits.replace(start, start + kind.length, several ? 'void (' : 'void');
    for (const { start: from, end: to, init } of declarations) {
      this.edits.insert(from, '(');
      this.edits.insert(to, init === null ? '=undefined)' : ')');
    }
    if (several) this.edits.insert(declarations.at(-1).end, ')');
  }

  /** The value of the last expression is the value of the line. */
  returnLast() {
    const last = this.body.body.findLast(({ type }) => type !== 'EmptyStatement');
    if (last?.type !== 'ExpressionStatement') return;
    // Before what is inserted inside of the statement.
    this.edits.insert(last.start, 'return ');
    this.edits.insert(last.expression.start, '{ value: (');
    this.edits.insert(last.expression.end, ') }');
  }
}

/** The parser's error with its place in the line; V8 says of an `await` only that it must not be there. */
function locate({ message, pos, raisedAt }, source) {
  const at = pos - kPrefix.length;
  const start = source.lastIndexOf('\n', at - 1) + 1;
  const [line] = source.slice(start).split('\n', 1);
  const plain = message.replace(/ \(\d+:\d+\)$/, '');
  const token = plain === 'Unexpected token' ? ` '${source.slice(at, raisedAt - kPrefix.length)}'` : '';
  const error = new SyntaxError(plain + token);
  error.stack = `SyntaxError: \n${line}\n${' '.repeat(at - start)}^\n\n${error.message}`;
  return error;
}

function parse(wrapped, source) {
  try {
    return acorn.parse(wrapped, { __proto__: null, ecmaVersion: 'latest' });
  } catch (error) {
    if (error.pos - kPrefix.length < source.indexOf('await')) return undefined;
    throw locate(error, source);
  }
}

/**
 * The text to run instead of a line that awaits something outside functions; null for any other.
 * @param {string} source
 * @throws {SyntaxError} what is wrong behind the first `await`
 */
function processTopLevelAwait(source) {
  const wrapped = `${kPrefix}${source}${kSuffix}`;
  const program = parse(wrapped, source);
  if (program === undefined) return null;
  const { body } = program.body[0].expression.callee ?? {};
  if (program.body.length !== 1 || body === undefined) return null;
  const transform = new Transform(wrapped, body);
  transform.returnLast();
  for (const statement of body.body) transform.visit(statement, body);
  if (!transform.hasAwait || transform.hasReturn) return null;
  return transform.hoisted + transform.edits.apply(wrapped);
}

module.exports = { processTopLevelAwait };
