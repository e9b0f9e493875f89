'use strict';

// The module `module`: createRequire, hooks, built-in lists, source maps, and what programs patch.

const assert = require('assert');
const fs = require('fs');
const Module = require('module');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'module-test-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

function write(name, text) {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

function testCreateRequire() {
  write('lib/index.js', 'exports.lib = module.parent === undefined ? "none" : module.parent.filename;');
  for (const where of [path.join(folder, 'any.js'), pathToFileURL(path.join(folder, 'any.js')), `${folder}/`]) {
    const require_ = Module.createRequire(where);
    assert.strictEqual(require_.resolve('./lib'), path.join(folder, 'lib/index.js'));
    assert.strictEqual(require_('./lib'), require_('./lib/index.js'));
  }
  assert.throws(() => Module.createRequire('relative.js'), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => Module.createRequire('http://x/y'), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => Module.createRequire(5), { code: 'ERR_INVALID_ARG_VALUE' });
}

function testBuiltinLists() {
  assert(Module.builtinModules.includes('fs'));
  assert(Module.builtinModules.every((name) => Module.isBuiltin(name)));
  assert(!Module.builtinModules.some((name) => name.startsWith('internal')));
  assert.strictEqual(Module.isBuiltin('node:fs'), true);
  assert.strictEqual(Module.isBuiltin('node:nope'), false);
}

function testModuleObject() {
  const own = new Module('/x/y.js');
  assert.deepStrictEqual(Object.keys(own), ['id', 'path', 'exports', 'filename', 'loaded', 'children']);
  assert.strictEqual(own.path, '/x');
  assert.strictEqual(module.constructor, Module);
  assert.strictEqual(Module.Module, Module);
  assert.strictEqual(require.main, module);
  assert.strictEqual(module.id, '.');
  assert.strictEqual(module.loaded, false);
  assert.strictEqual(this.exports, undefined);
}

function testCompile() {
  const own = new Module(path.join(folder, 'text.js'));
  own.filename = own.id;
  own.paths = Module._nodeModulePaths(folder);
  own._compile('module.exports = [__filename, __dirname, typeof require, this === exports, arguments.length];', own.id);
  assert.deepStrictEqual(own.exports, [own.id, folder, 'function', true, 5]);
  const error = assertThrows(() => own._compile('let a = ;', own.id));
  assert.match(error.stack, /^.*text\.js:1\nlet a = ;\n {8}\^\n\nSyntaxError: Unexpected token ';'/);
}

function assertThrows(run) {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: 'nothing was thrown' });
}

function testHooks() {
  const file = write('hooked.js', 'module.exports = "from the file"');
  const log = [];
  const hooks = Module.registerHooks({
    resolve(specifier, context, next) {
      log.push(specifier);
      return specifier === 'virtual:one' ? { url: 'virtual:one', format: 'commonjs', shortCircuit: true } : next(specifier);
    },
    load(url, context, next) {
      if (url === 'virtual:one') return { source: 'module.exports = "made up"', format: 'commonjs', shortCircuit: true };
      const result = next(url);
      return url.endsWith('hooked.js') ? { ...result, source: 'module.exports = "changed"' } : result;
    },
  });
  assert.strictEqual(require('virtual:one'), 'made up');
  assert.strictEqual(require(file), 'changed');
  assert.strictEqual(require('node:path'), path);
  hooks.deregister();
  delete require.cache[file];
  assert.strictEqual(require(file), 'from the file');
  assert.deepStrictEqual(log, ['virtual:one', file, 'node:path']);
  assert.throws(() => Module.registerHooks({ resolve: 5 }), { code: 'ERR_INVALID_ARG_TYPE' });
}

function testSourceMap() {
  const map = new Module.SourceMap({
    version: 3, file: 'out.js', sources: ['in.ts'], names: [], mappings: 'AAAA,IAAI;AACJ',
  });
  assert.deepStrictEqual(map.findEntry(0, 5), {
    generatedLine: 0, generatedColumn: 4, originalSource: 'in.ts', originalLine: 0, originalColumn: 4, name: undefined,
  });
  const { fileName, lineNumber, columnNumber } = map.findOrigin(2, 1);
  assert.deepStrictEqual([fileName, lineNumber, columnNumber], ['in.ts', 2, 1]);
  assert.strictEqual(map.payload.sources[0], 'in.ts');
  assert.deepStrictEqual(new Module.SourceMap({ version: 3, sources: [], mappings: 3 }).findEntry(0, 0), {});
  assert.throws(() => new Module.SourceMap('text'), { code: 'ERR_INVALID_ARG_TYPE' });
}

async function testImport() {
  const file = write('named.cjs', 'exports.a = 1; exports.b = () => 2; Object.defineProperty(exports, "__esModule", { value: true });');
  const namespace = await import(pathToFileURL(file));
  assert.deepStrictEqual(Object.keys(namespace), ['__esModule', 'a', 'b', 'default', 'module.exports']);
  assert.strictEqual(namespace.default, require(file));
  const json = write('data.json', '{"n":1}');
  assert.strictEqual((await import(pathToFileURL(json), { with: { type: 'json' } })).default, require(json));
  const esm = write('esm.mjs', 'export const a = import.meta.filename; export default 5;');
  assert.deepStrictEqual({ ...require(esm) }, { __esModule: true, a: esm, default: 5 });
  assert.strictEqual((await import(pathToFileURL(esm))).default, 5);
  const waits = write('waits.mjs', 'await 0; export const done = true;');
  assert.throws(() => require(waits), { code: 'ERR_REQUIRE_ASYNC_MODULE' });
  assert.strictEqual((await import(pathToFileURL(waits))).done, true);
  const fails = write('fails.mjs', 'throw new Error("once")');
  const first = assertThrows(() => require(fails));
  assert.strictEqual(assertThrows(() => require(fails)), first);
}

function testSyncBuiltinExports(fsNamespace) {
  const { readFileSync } = fs;
  fs.readFileSync = 'replaced';
  assert.strictEqual(fsNamespace.readFileSync, readFileSync);
  Module.syncBuiltinESMExports();
  assert.strictEqual(fsNamespace.readFileSync, 'replaced');
  fs.readFileSync = readFileSync;
  Module.syncBuiltinESMExports();
}

(async () => {
  testCreateRequire();
  testBuiltinLists();
  testModuleObject.call({});
  testCompile();
  testHooks();
  testSourceMap();
  await testImport();
  testSyncBuiltinExports(await import('fs'));
})();
