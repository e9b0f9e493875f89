'use strict';
// Asks for every row of layouts.js and compares with expected.json, which is what Node 24 answered:
//
//   RUNTIME table.js              prints the rows that differ, then "N passed, N failed"
//   node table.js --write         writes expected.json: only ever with node, then read it
//
// Each group of a layout is one child process, of the runtime that runs this file.

const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const layouts = require('./layouts.js');

const expectedFile = path.join(__dirname, 'expected.json');
// Those who ask are not at the top, where they could be found.
const requirer = 'module.exports = { find: (s) => require.resolve(s), load: (s) => require(s) };';
const importer = 'export const load = (s) => import(s); export const find = (s) => import.meta.resolve(s);';

function makeFile(file, place, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (typeof content === 'object' && content.link) return fs.symlinkSync(content.link, file);
  if (typeof content === 'object') content = `text:${JSON.stringify(content)}`;
  const where = JSON.stringify(place);
  const texts = { cjs: `exports.where = ${where};`, esm: `export const where = ${where};`, json: `{ "where": ${where} }` };
  return fs.writeFileSync(file, texts[content] ?? content.slice('text:'.length));
}

function makeLayout(folder, { files, from = '' }) {
  for (const [place, content] of Object.entries(files)) makeFile(path.join(folder, place), place, content);
  fs.mkdirSync(path.join(folder, from), { recursive: true });
  fs.writeFileSync(path.join(folder, from, '.requirer.cjs'), requirer);
  fs.writeFileSync(path.join(folder, from, '.importer.mjs'), importer);
}

// --- In the child ---------------------------------------------------------------------------------------------------

const describeError = (error) => {
  const text = `${error?.name ?? error} [${error?.code}] ${error?.message}`;
  // Parsers of JSON and TypeScript say the rest in their own words.
  return text.split('\n')[0];
};

/** Where a value says it is from; the name of a built-in. */
function describeValue(value) {
  return value?.where ?? value?.default?.where ?? (typeof value?.readFile === 'function' ? 'built-in' : Object.keys(value ?? {}).join());
}

async function answer(ask) {
  try {
    return await ask();
  } catch (error) {
    return describeError(error);
  }
}

async function probe(folder, specifiers) {
  const cjs = require(path.join(folder, '.requirer.cjs'));
  const esm = await import(path.join(folder, '.importer.mjs'));
  const rows = {};
  for (const specifier of specifiers) {
    rows[specifier] = {
      'require.resolve': await answer(() => cjs.find(specifier)),
      'require': await answer(() => describeValue(cjs.load(specifier))),
      'import.meta.resolve': await answer(() => esm.find(specifier)),
      'import': await answer(async () => describeValue(await esm.load(specifier))),
    };
  }
  return rows;
}

// --- In the parent --------------------------------------------------------------------------------------------------

function runGroup(folder, { from = '' }, { flags = [], env = {}, specifiers }) {
  const at = (text) => text.replaceAll('<DIR>', folder);
  const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, at(value)]));
  const output = execFileSync(process.execPath, [
    ...flags, '--no-warnings', __filename, '--probe', path.join(folder, from), JSON.stringify(specifiers),
  ], { env: { PATH: process.env.PATH, HOME: folder, ...variables }, encoding: 'utf8' });
  return JSON.parse(output.replaceAll(JSON.stringify(folder).slice(1, -1), '<DIR>'));
}

function rowsOf(name, layout) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'gyre-table-')));
  try {
    makeLayout(folder, layout);
    const rows = {};
    for (const group of layout.groups) {
      const setting = [...(group.flags ?? []), ...Object.entries(group.env ?? {}).map((entry) => entry.join('='))].join(' ');
      for (const [specifier, answers] of Object.entries(runGroup(folder, layout, group))) {
        rows[`${name}${setting && ` (${setting})`}: ${specifier}`] = answers;
      }
    }
    return rows;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function compare(rows, expected) {
  let passed = 0;
  let failed = 0;
  for (const row of new Set([...Object.keys(expected), ...Object.keys(rows)])) {
    for (const kind of ['require.resolve', 'require', 'import.meta.resolve', 'import']) {
      const [got, wanted] = [rows[row]?.[kind], expected[row]?.[kind]];
      if (got === wanted) {
        passed++;
        continue;
      }
      failed++;
      console.log(`${row}, ${kind}\n  expected ${wanted}\n  got      ${got}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function main([command, folder, specifiers]) {
  if (command === '--probe') {
    console.log(JSON.stringify(await probe(folder, JSON.parse(specifiers))));
    return;
  }
  const rows = Object.assign({}, ...Object.entries(layouts).map(([name, layout]) => rowsOf(name, layout)));
  if (command === '--write') fs.writeFileSync(expectedFile, `${JSON.stringify(rows, null, 1)}\n`);
  else compare(rows, JSON.parse(fs.readFileSync(expectedFile, 'utf8')));
}

main(process.argv.slice(2));
