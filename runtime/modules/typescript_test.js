'use strict';

// Programs in TypeScript: what is stripped, what is refused and with which errors.

const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const { stripTypeScriptTypes } = require('module');
const os = require('os');
const path = require('path');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'typescript-test-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

function write(name, text) {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

function run(args, input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', ...args],
                                               { cwd: folder, encoding: 'utf8', input });
  return { status, stdout, stderr };
}

function passes(args, expected, input) {
  const { status, stdout, stderr } = run(args, input);
  assert.deepStrictEqual([stderr, stdout, status], ['', expected, 0]);
}

function fails(args, ...patterns) {
  const { status, stderr } = run(args);
  assert.strictEqual(status, 1);
  for (const pattern of patterns) assert.match(stderr, pattern);
}

// Files of each kind
write('a.ts', 'interface A { b: string }\nconst a: A = { b: "cjs" };\nconsole.log(a.b, typeof require);\n');
write('m.ts', 'import { b, type B } from "./b.mts";\nconst x: B = b;\nconsole.log(x, typeof require);\n');
write('b.mts', 'export type B = string;\nexport const b: B = "esm";\n');
write('c.cts', 'const c: string = "c";\nmodule.exports = { c };\n');
write('uses.js', 'console.log(require("./c.cts").c, require("./b.mts").b);\n');
passes(['a.ts'], 'cjs function\n');
passes(['m.ts'], 'esm undefined\n');
passes(['uses.js'], 'c esm\n');
passes(['-r', './c.cts', '--import', './b.mts', 'a.ts'], 'cjs function\n');

// Texts
passes(['-e', 'const x: number = 1; console.log(x)'], '1\n');
passes(['-p', 'const x: number = 2; x'], '2\n');
passes(['-'], '3\n', 'const x: number = 3; console.log(x)');
passes(['-e', 'import fs from "fs"; const x: string = typeof fs; console.log(x)'], 'object\n');
passes(['--input-type=module-typescript', '-e', 'const x: number = await 4; console.log(x)'], '4\n');
passes(['--input-type=commonjs-typescript', '-e', 'const x: number = 5; console.log(x, typeof require)'], '5 function\n');

// Lines and columns stay
write('throws.ts', 'type A = {\n  a: string,\n};\nconst a = null as unknown as A; throw new Error("here" as string);\n');
fails(['throws.ts'], /throws\.ts:4\n.*\n +\^\n\nError: here\n    at .*throws\.ts:4:39/);

// What is not taken
write('enum.ts', 'enum A { b }\nconsole.log(A.b);\n');
write('bad.ts', 'const x: = 1;\n');
write('node_modules/p/index.ts', 'export const x: number = 1;\n');
fails(['enum.ts'], /enum\.ts:1\nenum A/, /SyntaxError \[ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX\]: TypeScript enum is not supported in strip-only mode/);
fails(['bad.ts'], /bad\.ts:1\nconst x: = 1;\n +\^/, /SyntaxError \[ERR_INVALID_TYPESCRIPT_SYNTAX\]/);
fails(['-e', 'require("p/index.ts")'], /ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING/);
fails(['--no-strip-types', 'a.ts'], /SyntaxError/);
fails(['--no-experimental-strip-types', '-e', 'const x: number = 1'], /SyntaxError: Missing initializer/);
passes(['--experimental-transform-types', 'enum.ts'], '0\n');

// module.stripTypeScriptTypes
process.removeAllListeners('warning');
assert.strictEqual(stripTypeScriptTypes('const x: number = 1'), 'const x         = 1');
assert.strictEqual(stripTypeScriptTypes('let a', { sourceUrl: 'a.ts' }), 'let a\n\n//# sourceURL=a.ts');
assert.match(stripTypeScriptTypes('enum A { b }', { mode: 'transform' }), /A\[A\["b"\] = 0\]/);
assert.match(stripTypeScriptTypes('enum A { b }', { mode: 'transform', sourceMap: true }), /\/\/# sourceMappingURL=data:/);
for (const [args, code] of [
  [[1], 'ERR_INVALID_ARG_TYPE'],
  [['a', { mode: 'x' }], 'ERR_INVALID_ARG_VALUE'],
  [['a', { sourceMap: true }], 'ERR_INVALID_ARG_VALUE'],
  [['enum A {}'], 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'],
  [['let 1'], 'ERR_INVALID_TYPESCRIPT_SYNTAX'],
]) assert.throws(() => stripTypeScriptTypes(...args), { code });

// process.features.typescript
for (const [flags, value] of [[[], 'strip'], [['--no-strip-types'], 'false'], [['--experimental-transform-types'], 'transform']]) {
  passes([...flags, '-p', 'process.features.typescript'], `${value}\n`);
}
