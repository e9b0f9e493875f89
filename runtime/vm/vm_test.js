'use strict';

// The module `vm`: contexts, scripts, functions, modules and their limits.

const assert = require('assert');
const vm = require('vm');

function testContext() {
  const sandbox = { x: 1 };
  const context = vm.createContext(sandbox);
  assert.strictEqual(context, sandbox);
  assert(vm.isContext(sandbox));
  assert(!vm.isContext({}));
  assert.strictEqual(vm.runInContext('x += 40; var y = 1; z = 2; let hidden = 3; x', context), 41);
  assert.deepStrictEqual({ ...sandbox }, { x: 41, y: 1, z: 2 });
  assert.strictEqual(vm.runInContext('hidden', context), 3);
  assert.strictEqual(vm.runInContext('globalThis === this && typeof process', context), 'undefined');
  assert.strictEqual(vm.runInContext('Object.keys(globalThis).sort().join()', context), 'x,y,z');
  assert.strictEqual(vm.runInContext('delete x && typeof x', context), 'undefined');
  assert(!('x' in sandbox));
  assert(!(vm.runInContext('[]', context) instanceof Array));
  assert.throws(() => vm.runInContext('1', {}), { code: 'ERR_INVALID_ARG_TYPE' });
}

function testAccessors() {
  let stored;
  const sandbox = vm.createContext({ get g() { return 5; }, set s(value) { stored = value; } });
  Object.defineProperty(sandbox, 'fixed', { value: 1, writable: false });
  assert.strictEqual(vm.runInContext('s = g; fixed = 2; fixed', sandbox), 1);
  assert.strictEqual(stored, 5);
  assert.throws(() => vm.runInContext('"use strict"; undeclared = 1', sandbox), { name: 'ReferenceError' });
  vm.runInContext('"use strict"; globalThis.declared = 1; Object.defineProperty(this, "d", { value: 2 })', sandbox);
  assert.strictEqual(sandbox.declared, 1);
  assert.strictEqual(sandbox.d, 2);
}

function testVanilla() {
  const global = vm.createContext(vm.constants.DONT_CONTEXTIFY);
  assert.strictEqual(vm.runInContext('globalThis', global), global);
  vm.runInContext('var a = 1; Object.freeze(globalThis)', global);
  assert(Object.isFrozen(global));
}

function testCodeGeneration() {
  const context = vm.createContext({}, { codeGeneration: { strings: false } });
  assert.throws(() => vm.runInContext('eval("1")', context), (error) =>
    error.name === 'EvalError' && error.message === 'Code generation from strings disallowed for this context');
}

function testScript() {
  const script = new vm.Script('globalThis.counted = (globalThis.counted ?? 0) + 1', { filename: 'count.js', produceCachedData: true });
  assert.strictEqual(script.runInThisContext(), 1);
  assert.strictEqual(script.runInThisContext(), 2);
  assert.strictEqual(script.runInNewContext({ counted: 9 }), 10);
  delete globalThis.counted;
  assert.strictEqual(script.cachedDataProduced, true);
  const again = new vm.Script('globalThis.counted = (globalThis.counted ?? 0) + 1', { filename: 'count.js', cachedData: script.cachedData });
  assert.strictEqual(again.cachedDataRejected, false);
  assert.strictEqual(new vm.Script('other', { cachedData: script.cachedData }).cachedDataRejected, true);
  assert.strictEqual(new vm.Script('1\n//# sourceMappingURL=x.map').sourceMapURL, 'x.map');
  assert.throws(() => new vm.Script('a b', { filename: 'bad.js', lineOffset: 9 }), (error) =>
    error.stack.startsWith('bad.js:10\na b\n  ^\n\nSyntaxError: Unexpected identifier'));
  assert.throws(() => vm.runInThisContext('throw new Error("x")', { filename: 'f.js', displayErrors: false }), (error) =>
    error.stack.startsWith('Error: x\n'));
}

function testLimits() {
  assert.throws(() => vm.runInNewContext('while (true);', {}, { timeout: 20 }), {
    code: 'ERR_SCRIPT_EXECUTION_TIMEOUT', message: 'Script execution timed out after 20ms',
  });
  assert.strictEqual(vm.runInNewContext('1 + 1', {}, { timeout: 10000 }), 2);
  const order = [];
  const context = vm.createContext({ order }, { microtaskMode: 'afterEvaluate' });
  vm.runInContext('Promise.resolve().then(() => order.push("inner")); order.push("script")', context);
  order.push('outer');
  assert.deepStrictEqual(order, ['script', 'inner', 'outer']);
}

function testCompileFunction() {
  const add = vm.compileFunction('return a + b + (typeof c === "undefined" ? 0 : c)', ['a', 'b']);
  assert.strictEqual(add(1, 2), 3);
  assert.strictEqual(vm.compileFunction('return a + c', ['a'], { contextExtensions: [{ c: 10 }] })(1), 11);
  const context = vm.createContext({ base: 100 });
  assert.strictEqual(vm.compileFunction('return base', [], { parsingContext: context })(), 100);
  assert.throws(() => vm.compileFunction('}'), { name: 'SyntaxError' });
  if (process.versions.gyre === undefined) return;  // Node ends the process
  for (const name of ['', '1', 'a,b']) assert.throws(() => vm.compileFunction('', [name]), { name: 'SyntaxError' });
}

async function testImport() {
  const { USE_MAIN_CONTEXT_DEFAULT_LOADER } = vm.constants;
  const { sep } = await vm.runInThisContext('import("path")', { importModuleDynamically: USE_MAIN_CONTEXT_DEFAULT_LOADER });
  assert.strictEqual(sep, '/');
  await assert.rejects(vm.runInThisContext('import("path")'), { code: 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING' });
}

async function testModules() {
  const dependency = new vm.SyntheticModule(['default'], function() {
    this.setExport('default', 20);
  });
  const main = new vm.SourceTextModule('import a from "dep"; export const b = a + 1; export const { mark } = import.meta;', {
    identifier: 'main', initializeImportMeta(meta, module) { meta.mark = module === main; },
  });
  assert.strictEqual(main.status, 'unlinked');
  await main.link((specifier, referrer) => {
    assert.deepStrictEqual([specifier, referrer], ['dep', main]);
    return dependency;
  });
  assert.strictEqual(main.status, 'linked');
  await main.evaluate();
  assert.deepStrictEqual({ ...main.namespace }, { b: 21, mark: true });
  const failing = new vm.SourceTextModule('throw new Error("no")');
  await failing.link(() => {});
  await assert.rejects(failing.evaluate(), { message: 'no' });
  assert.strictEqual(failing.status, 'errored');
  assert.strictEqual(failing.error.message, 'no');
}

(async () => {
  testContext();
  testAccessors();
  testVanilla();
  testCodeGeneration();
  testScript();
  testLimits();
  testCompileFunction();
  await testImport();
  if (vm.SourceTextModule) await testModules();
})();
