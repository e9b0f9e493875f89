'use strict';
// --test-global-setup: a module with globalSetup and globalTeardown. Loaded by the runner when there is one.

const path = require('path');

let exportsOfModule;

async function load(specifier, cwd) {
  const { importModule } = require('internal/modules/esm_loader');
  const { pathToFileURL } = require('internal/url');
  const url = specifier.startsWith('file:') ? specifier : pathToFileURL(path.resolve(cwd, specifier)).href;
  const namespace = await importModule(url, pathToFileURL(`${cwd}/`).href);
  return { __proto__: null, ...namespace.default, ...namespace };
}

/** Runs globalSetup; its failure is the run's. */
async function setUp(specifier, cwd) {
  exportsOfModule = await load(specifier, cwd);
  if (typeof exportsOfModule.globalSetup === 'function') await exportsOfModule.globalSetup();
}

/** Runs globalTeardown, once. */
async function tearDown() {
  const teardown = exportsOfModule?.globalTeardown;
  exportsOfModule = undefined;
  if (typeof teardown === 'function') await teardown();
}

module.exports = { setUp, tearDown };
