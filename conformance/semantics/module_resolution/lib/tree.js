'use strict';
// What the cases share: a table of files becomes a folder, a table of requests becomes lines of output.

const fs = require('fs');
const { createRequire } = require('module');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');

/** Makes a file tree and removes it at exit. A value is a text, an object (JSON) or { link: target }. */
function makeTree(files) {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'resolution-')));
  process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));
  for (const [name, value] of Object.entries(files)) {
    const file = path.join(root, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    if (typeof value === 'object' && typeof value.link === 'string') {
      fs.symlinkSync(value.link, file);
    } else {
      fs.writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
    }
  }
  return root;
}

function shown(root, text) {
  return String(text).replaceAll(pathToFileURL(root).href, '<URL>').replaceAll(root, '<ROOT>');
}

function report(root, kind, from, specifier, outcome) {
  console.log(`${kind} ${shown(root, JSON.stringify(specifier))} from ${from}: ${shown(root, outcome)}`);
}

function describe(error) {
  const [firstLine] = String(error.message).split('\nRequire stack');
  return `${error.name} ${error.code} ${firstLine}`;
}

/** Prints where require.resolve() finds each specifier. */
function resolves(root, from, specifiers) {
  const require = createRequire(path.join(root, from));
  for (const specifier of specifiers) {
    let outcome;
    try {
      outcome = require.resolve(specifier);
    } catch (error) {
      outcome = describe(error);
    }
    report(root, 'resolve', from, specifier, outcome);
  }
}

/** Prints what require() gives for each specifier. */
function requires(root, from, specifiers) {
  const require = createRequire(path.join(root, from));
  for (const specifier of specifiers) {
    let outcome;
    try {
      outcome = JSON.stringify(require(specifier));
    } catch (error) {
      outcome = describe(error);
    }
    report(root, 'require', from, specifier, outcome);
  }
}

/** Prints what import() gives for each specifier. */
async function imports(root, from, specifiers, attributes) {
  const helper = path.join(root, path.dirname(from), '__import.mjs');
  fs.writeFileSync(helper, 'export default (specifier, options) => import(specifier, options);');
  const { default: load } = await import(pathToFileURL(helper));
  for (const specifier of specifiers) {
    let outcome;
    try {
      const namespace = await load(specifier, attributes);
      outcome = JSON.stringify({ ...namespace });
    } catch (error) {
      outcome = describe(error).replaceAll('__import.mjs', path.basename(from));
    }
    report(root, 'import', from, specifier, outcome);
  }
}

module.exports = { imports, makeTree, requires, resolves };
