// Names that a CommonJS module is taken to export before it runs: what it says of its exports in an object it assigns, and
// where the lexer goes on behind a call.
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { tmpdir } from 'os';
import { pathToFileURL } from 'url';

const folder = mkdtempSync(join(tmpdir(), 'lexed-'));
writeFileSync(join(folder, 'dep.js'), 'exports.depA = 1; exports.depB = 2;');
const programs = [
  "module.exports = { a: require('./dep'), b: 1 }",
  "module.exports = { a, b: c, 'd': e, f: 1, g: 'h', i: null, j }",
  "module.exports = { a, ...require('./dep'), b }",
  "module.exports = { get a() { return 1; }, b: 1 }",
  "exports = module.exports = { a, b() {}, c }",
  "0 && (module.exports = { a, b })",
  "Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return x.y; } })",
  "Object.defineProperty(module.exports, 'a', { value: 1 }); exports.$b = exports['c-d'] = 2",
  "exports['\\u0061b'] = 1; exports['\\ud83d\\ude00'] = 2",
  "__exportStar(require('./dep'), exports)",
  "tslib.__exportStar(require('./dep'), exports); exports.own = 1",
  "var dep = require('./dep'); Object.keys(dep).forEach(function (k) { if (k !== 'default') exports[k] = dep[k]; })",
  "module.exports = require('./dep'); exports.own = 1",
  'if (x) { exports.a = 1 } else module.exports.b = /[/]exports.c = 1/',
  '`${exports.a = 1}`; // exports.b = 1',
  "const {",
];
for (const [i, program] of programs.entries()) {
  const file = join(folder, `${i}.js`);
  // What it says is true of what is linked, whatever it does when it runs.
  writeFileSync(file, `if (0) { ${program} }`);
  const names = await import(pathToFileURL(file)).then((ns) => Object.keys(ns).join(), (error) => error.name);
  console.log(program, '->', names);
}
rmSync(folder, { recursive: true });
