'use strict';
// import.meta of modules of the default loader; made when a module first uses it.

const path = require('path');
const { getOptionValue } = require('internal/options');
const { fileURLToPath } = require('internal/url');
const { state } = require('internal/modules/shared');

/** import.meta.resolve: files need not be there, everything else must. */
function resolverFor(url) {
  return function resolveSpecifier(specifier) {
    const text = `${specifier}`;
    try {
      return require('internal/modules/esm_loader').resolveSync(text, url);
    } catch (error) {
      if ((error?.code === 'ERR_UNSUPPORTED_DIR_IMPORT' || error?.code === 'ERR_MODULE_NOT_FOUND') && error.url) {
        return `${error.url}`;
      }
      throw error;
    }
  };
}

/**
 * @param {object} meta
 * @param {string} url
 */
function fill(meta, url) {
  if (url.startsWith('file:')) {
    const filename = fileURLToPath(url);
    meta.dirname = path.dirname(filename);
    meta.filename = filename;
  }
  meta.main = state.mainUrl === url;
  const resolveFrom = resolverFor(url);
  // The hooks that it would have to ask run in this very thread.
  if (state.isHooksThread) {
    meta.url = url;
    return;
  }
  meta.resolve = function resolve(specifier, parent = undefined) {
    if (parent === undefined || !getOptionValue('--experimental-import-meta-resolve')) return resolveFrom(specifier);
    const { isURL } = require('internal/url');
    if (typeof parent !== 'string' && !isURL(parent)) {
      const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
      throw new ERR_INVALID_ARG_TYPE('parentURL', ['string', 'URL'], parent);
    }
    return resolverFor(`${parent}`)(specifier);
  };
  meta.url = url;
}

module.exports = { fill };
