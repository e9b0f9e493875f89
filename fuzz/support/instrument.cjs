// Gives JavaScript the counters that libFuzzer steers by: every place where control flow divides (functions, branches,
// loops, cases, right sides of && || ?? and ?:) counts up a byte of memory that js_target.cc hands to libFuzzer. Run by
// Node while fuzz/support builds (tools/bazel/fuzz.bzl):
//
//   node instrument.cjs ACORN MAX_COUNTERS MANIFEST
//
// A line of the manifest is `input<TAB>output`. Lines stay lines, so stacks point to the source.
'use strict';

const fs = require('fs');

const [acornFolder, maxCounters, manifest] = process.argv.slice(2);
const acorn = require(fs.realpathSync(acornFolder));

// This one makes internalBinding(), which counting needs.
const UNCOUNTED = /\/bootstrap\/internal\/realm\.js$/;
// A name that no built-in uses.
const COUNTERS = '$fuzz';

let next = 0;

/** Collects insertions for one file. */
class Instrumenter {
  constructor() {
    this.insertions = [];
  }

  insert(position, text) {
    this.insertions.push({ position, text, order: this.insertions.length });
  }

  count() {
    return `${COUNTERS}[${next++}]++`;
  }

  /** An expression that counts before it is evaluated. */
  expression(node) {
    this.insert(node.start, `(${this.count()},`);
    this.closing(node.end, ')');
  }

  closing(position, text) {
    // Inner expressions are visited after outer ones, and close before them.
    this.insertions.push({ position, text, order: -this.insertions.length });
  }

  /** A statement that counts before it runs. */
  statement(node) {
    if (node.type === 'BlockStatement') {
      this.insert(afterDirectives(node), `${this.count()};`);
    } else {
      this.insert(node.start, `{${this.count()};`);
      this.closing(node.end, '}');
    }
  }

  apply(text) {
    this.insertions.sort((a, b) => a.position - b.position || a.order - b.order);
    let out = '';
    let from = 0;
    for (const { position, text: inserted } of this.insertions) {
      out += text.slice(from, position) + inserted;
      from = position;
    }
    return out + text.slice(from);
  }
}

/** Where the first statement of a block may stand. */
function afterDirectives(block) {
  let position = block.start + 1;
  for (const { directive, end } of block.body) {
    if (directive === undefined) break;
    position = end;
  }
  return position;
}

const visitors = {
  FunctionDeclaration: visitFunction,
  FunctionExpression: visitFunction,
  ArrowFunctionExpression: visitFunction,
  IfStatement(node, out) {
    out.statement(node.consequent);
    if (node.alternate) out.statement(node.alternate);
  },
  ForStatement: visitLoop,
  ForInStatement: visitLoop,
  ForOfStatement: visitLoop,
  WhileStatement: visitLoop,
  DoWhileStatement: visitLoop,
  SwitchCase(node, out) {
    if (node.consequent.length > 0) out.insert(node.consequent[0].start, `${out.count()};`);
  },
  CatchClause(node, out) { out.statement(node.body); },
  ConditionalExpression(node, out) {
    out.expression(node.consequent);
    out.expression(node.alternate);
  },
  LogicalExpression(node, out) { out.expression(node.right); },
};

function visitFunction(node, out) {
  if (node.body.type === 'BlockStatement') out.statement(node.body);
  else out.expression(node.body);
}

function visitLoop(node, out) {
  out.statement(node.body);
}

function walk(node, out) {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, out);
    return;
  }
  if (node === null || typeof node !== 'object' || typeof node.type !== 'string') return;
  visitors[node.type]?.(node, out);
  for (const key of Object.keys(node)) walk(node[key], out);
}

function instrument(text) {
  const tree = acorn.parse(text, { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true });
  const out = new Instrumenter();
  // `use strict` stays the first statement, if it is there.
  const first = tree.body[0];
  const start = first?.directive === undefined ? 0 : first.end;
  out.insert(start, `${start === 0 ? '' : ';'}const ${COUNTERS} = internalBinding('fuzz').getCounters();`);
  walk(tree.body, out);
  return out.apply(text);
}

for (const line of fs.readFileSync(manifest, 'utf8').split('\n')) {
  if (line === '') continue;
  const [input, output] = line.split('\t');
  const text = fs.readFileSync(input, 'latin1');
  fs.writeFileSync(output, UNCOUNTED.test(input) ? text : instrument(text), 'latin1');
}
if (next > Number(maxCounters)) {
  console.error(`${next} counters are needed; kCounters in fuzz/support/js_target.cc and MAX_COUNTERS in fuzz.bzl say ${maxCounters}`);
  process.exit(1);
}
