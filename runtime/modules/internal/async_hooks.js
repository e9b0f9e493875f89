'use strict';
// module.register() and --experimental-loader: customisation hooks that run in a thread of their own, one for each thread
// that registers any. import() and the program's entry wait for them as for anything else; import.meta.resolve(),
// require() of ES modules, and require() in CommonJS modules whose text a hook made, wait in line. Loaded with the first
// register() or --experimental-loader.

const { getOptionValue } = require('internal/options');
const { isURL, pathToFileURL } = require('internal/url');
const { state } = require('internal/modules/shared');

/** Starts the hooks thread, with the hooks that the command line names. */
function start() {
  const { HooksThread } = require('internal/modules/hooks_proxy');
  const thread = new HooksThread();
  state.asyncHooks = {
    load: (...args) => thread.request('load', args),
    loadSync: (...args) => thread.requestSync('load', args),
    register: (specifier, parentURL, data, transferList) => {
      thread.requestSync('register', [specifier, parentURL, data], transferList);
    },
    resolve: (...args) => thread.request('resolve', args),
    resolveSync: (...args) => thread.requestSync('resolve', args),
  };
  const loaders = getOptionValue('--experimental-loader');
  if (loaders.length === 0) return;
  warnOfLoaders(loaders);
  const base = pathToFileURL(`${process.cwd()}/`).href;
  for (const specifier of loaders) state.asyncHooks.register(specifier, base);
}

/** module.register(specifier[, parentURL][, options]) */
function register(specifier, parentURL, options) {
  if (typeof parentURL === 'object' && parentURL !== null && !isURL(parentURL)) {
    options = parentURL;
    parentURL = options.parentURL;
  }
  if (state.asyncHooks === undefined) start();
  state.asyncHooks.register(`${specifier}`, `${parentURL ?? 'data:'}`, options?.data, options?.transferList);
}

function warnOfLoaders(loaders) {
  const calls = loaders.map((specifier) => `register(${JSON.stringify(encodeURI(specifier))}, pathToFileURL("./"));`);
  process.emitWarning(
    '`--experimental-loader` may be removed in the future; instead use `register()`:\n' +
    '--import \'data:text/javascript,import { register } from "node:module"; import { pathToFileURL } from "node:url"; ' +
    `${calls.join(' ')}'`, 'ExperimentalWarning');
}

module.exports = { register, start };
