'use strict';

// Programs as the command line names them: files, --eval, --print, standard input, --check, preloaded modules; and what
// is printed when they fail.

const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'run-main-test-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

function write(name, text) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
}

function run(args, input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function prints(args, stdout, input) {
  assert.deepStrictEqual(run(args, input), { status: 0, stdout, stderr: '' }, args.join(' '));
}

function testTexts() {
  prints(['-p', '1 + 1'], '2\n');
  prints(['-e', 'console.log(__filename, module.id, typeof require, process.argv.length)', 'x'], '[eval] [eval] function 2\n');
  prints(['-p', '[typeof exports, this === globalThis]'], '[ \'object\', true ]\n');
  prints(['-e', 'import os from "os"; console.log(typeof os.EOL, typeof import.meta.url)'], 'string string\n');
  prints(['--input-type=module', '-e', 'console.log(typeof require, await 5)'], 'undefined 5\n');
  prints(['--input-type=commonjs', '-e', 'console.log(typeof require)'], 'function\n');
  prints([], 'from stdin [stdin]\n', 'console.log("from stdin", __filename)');
  prints(['-', 'a'], '[ \'-\', \'a\' ]\n', 'console.log(process.argv.slice(1))');
  prints(['--input-type=module'], 'object\n', 'import fs from "fs"; console.log(typeof fs)');
  assert.match(run(['-p', 'import "fs"']).stderr, /ERR_EVAL_ESM_CANNOT_PRINT/);
}

function testFiles() {
  write('main.js', 'console.log(require.main === module, process.argv[1] === __filename)');
  prints(['main.js'], 'true true\n');
  prints(['main'], 'true false\n');
  prints(['./main.js'], 'true true\n');
  prints(['-r', './main.js', '-e', '0'], 'false false\n');
  write('esm.mjs', 'console.log(import.meta.main, import.meta.dirname === process.cwd())');
  prints(['esm.mjs'], 'true true\n');
  prints(['--import', './esm.mjs', '-e', 'console.log("then")'], 'false true\nthen\n');
  write('detected.js', 'export {}; console.log(typeof require)');
  prints(['detected.js'], 'undefined\n');
  write('hash-bang.js', '#!/usr/bin/env node\nconsole.log("ran")');
  prints(['hash-bang.js'], 'ran\n');
}

function testFailures() {
  write('throws.js', 'function f() {\n\tthrow new TypeError("no");\n}\nf();');
  const { status, stderr } = run(['throws.js']);
  assert.strictEqual(status, 1);
  assert(stderr.startsWith(`${folder}/throws.js:2\n\tthrow new TypeError("no");\n\t^\n\nTypeError: no\n    at f (${folder}/throws.js:2:8)\n`), stderr);
  assert(stderr.endsWith(`\n\nNode.js ${process.version}\n`), stderr);
  write('syntax.js', 'let a = ;');
  assert(run(['syntax.js']).stderr.startsWith(`${folder}/syntax.js:1\nlet a = ;\n        ^\n\nSyntaxError: Unexpected token ';'\n`));
  write('names.mjs', 'import { nope } from "fs";');
  assert(run(['names.mjs']).stderr.includes('import { nope } from "fs";\n         ^^^^\nSyntaxError: The requested module \'fs\' does not provide an export named \'nope\'\n'));
  assert.match(run(['nowhere.js']).stderr, /Error: Cannot find module '.*nowhere\.js'[^]*code: 'MODULE_NOT_FOUND',\n {2}requireStack: \[\]\n}/);
  assert.match(run([folder]).stderr, /Cannot find module/);
  write('stuck.mjs', 'await new Promise(() => {});');
  const stuck = run(['stuck.mjs']);
  assert.strictEqual(stuck.status, 13);
  assert.match(stuck.stderr, /^Warning: Detected unsettled top-level await at file:.*stuck\.mjs:1\nawait new Promise\(\(\) => {}\);\n\^\n/);
  assert.match(run(['--input-type=module', 'esm.mjs']).stderr, /ERR_INPUT_TYPE_NOT_ALLOWED/);
}

function testCheck() {
  write('good.js', 'console.log("must not run")');
  prints(['--check', 'good.js'], '');
  prints(['--check', 'esm.mjs'], '');
  assert.strictEqual(run(['--check', 'syntax.js']).status, 1);
}

function testSourceMaps() {
  const map = { version: 3, sources: ['written.ts'], sourcesContent: ['// typed\nboom();'], names: [], mappings: 'AACA' };
  const url = `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
  write('mapped.js', `boom();\n//# sourceMappingURL=${url}`);
  const { stderr } = run(['--enable-source-maps', 'mapped.js']);
  assert(stderr.startsWith(`${folder}/written.ts:2\nboom();\n^\n\nReferenceError: boom is not defined\n    at Object.<anonymous> (${folder}/written.ts:2:1)`), stderr);
}

testTexts();
testFiles();
testFailures();
testCheck();
testSourceMaps();
