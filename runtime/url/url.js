'use strict';
// The public `url` module: the WHATWG classes and the legacy API.
// Run once per realm.

const {
  URL, URLSearchParams, domainToASCII, domainToUnicode, fileURLToPath, fileURLToPathBuffer, pathToFileURL,
  urlToHttpOptions,
} = require('internal/url');
const { Url, urlFormat, urlParse, urlResolve, urlResolveObject } = require('internal/url/legacy');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');

module.exports = {
  // Legacy API.
  Url,
  parse: urlParse,
  resolve: urlResolve,
  resolveObject: urlResolveObject,
  format: urlFormat,
  // WHATWG API.
  URL,
  URLSearchParams,
  domainToASCII,
  domainToUnicode,
  // Utilities.
  pathToFileURL,
  fileURLToPath,
  fileURLToPathBuffer,
  urlToHttpOptions(url) {
    if (typeof url !== 'object' || url === null) throw new ERR_INVALID_ARG_TYPE('url', 'object', url);
    return urlToHttpOptions(url);
  },
};

require('internal/util').defineLazyProperties(module.exports, 'internal/url/pattern', ['URLPattern']);
