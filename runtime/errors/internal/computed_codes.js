'use strict';

// Run once, when internal/errors is first required; makes the rules for codes whose message has to be computed or whose
// error has properties of its own: [class, (error, ...arguments) => message]. The texts are Node's.

const {
  addNumericalSeparator,
  determineSpecificType,
  formatList,
  inspect,
  invalidArgTypeMessage,
} = require('internal/errors/format');

const bugNotice =
  'This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n' +
  'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n';

/** Shows a value in at most `limit` characters. */
function inspectShort(value, limit = 128) {
  const shown = inspect(value);
  return shown.length > limit ? `${shown.slice(0, limit)}...` : shown;
}

/** Large integers are easier to count with separators. */
function describeNumber(value) {
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) {
    return addNumericalSeparator(String(value));
  }
  if (typeof value !== 'bigint') return inspect(value);
  const digits = String(value);
  const large = value > 2n ** 32n || value < -(2n ** 32n);
  return `${large ? addNumericalSeparator(digits) : digits}n`;
}

function importedFrom(base) {
  return base ? ` imported from ${base}` : '';
}

function invalidPackageTarget(error, packagePath, key, target, isImport = false, base = undefined) {
  const relative = typeof target !== 'string' || isImport || target.length === 0 ||
    target.startsWith('./');
  const hint = relative ? '' : '; targets must start with "./"';
  const shown = JSON.stringify(target, null, '');
  if (key === '.') {
    return `Invalid "exports" main target ${shown} defined in the package config ` +
      `${packagePath}package.json${importedFrom(base)}${hint}`;
  }
  return `Invalid "${isImport ? 'imports' : 'exports'}" target ${shown} defined for '${key}' ` +
    `in the package config ${packagePath}package.json${importedFrom(base)}${hint}`;
}

function missingArgs(error, ...names) {
  const shown = names.map((name) =>
    (Array.isArray(name) ? name.map((each) => `"${each}"`).join(' or ') : `"${name}"`));
  return `The ${formatList(shown)} argument${names.length > 1 ? 's' : ''} must be specified`;
}

function basenameOf(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Defined, not set: programs may have a setter on a prototype. */
function defineUrl(error, value) {
  Object.defineProperty(error, 'url', { __proto__: null, value, writable: true, enumerable: true, configurable: true });
}

function requireEsm(error, filename, hasEsmSyntax, parentPath = null, packageJsonPath = null) {
  const refusal = `require() of ES Module ${filename}${parentPath ? ` from ${parentPath}` : ''} ` +
    'not supported.';
  const dynamicImport = 'dynamic import() which is available in all CommonJS modules';
  if (packageJsonPath === null) {
    if (!filename.endsWith('.mjs')) return refusal;
    return `${refusal}\nInstead change the require of ${filename} to a ${dynamicImport}.`;
  }
  // The short name would be ambiguous when both files have it.
  const short = basenameOf(filename);
  const name = parentPath !== null && short === basenameOf(parentPath) ? filename : short;
  if (hasEsmSyntax) {
    return `${refusal}\nInstead change the require of ${name} in ${parentPath} to a ${dynamicImport}.`;
  }
  return `${refusal}\n${name} is treated as an ES module file as it is a .js file whose nearest ` +
    'parent package.json contains "type": "module" which declares all .js files in that package ' +
    `scope as ES modules.\nInstead either rename ${name} to end in .cjs, change the requiring ` +
    `code to use ${dynamicImport}, or change "type": "module" to "type": "commonjs" in ` +
    `${packageJsonPath} to treat all .js files as CommonJS (using .mjs for all ES modules ` +
    'instead).\n';
}

/**
 * @param {Error} error
 * @param {string} [filename] the module that was required
 * @param {string[]} [requireStack] the files that required it, nearest first
 */
function requireAsyncModule(error, filename, requireStack) {
  const option = '--experimental-print-required-tla';
  let message = 'require() cannot be used on an ESM graph with top-level await. Use import() instead.';
  if (!require('internal/options').getOptionValue(option)) {
    message += ` To see where the top-level await comes from, use ${option}.`;
  }
  if (filename) message += `\nRequired module: ${filename}`;
  if (requireStack?.length > 0) message += `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
  return message;
}

function requireEsmRace(error, filename, parentFilename, isForAsyncLoaderHookWorker) {
  const where = isForAsyncLoaderHookWorker ? 'loader hook worker thread' : 'non-loader-hook thread';
  return `Cannot require() ES Module ${filename} because it is not yet fully loaded.\n` +
    'This may be caused by a race condition if the module is simultaneously dynamically ' +
    'import()-ed via Promise.all().\nTry await-ing the import() sequentially in a loop instead.\n' +
    ` (From ${parentFilename ? `${parentFilename} in ` : ''}${where})`;
}

function unsupportedEsmUrlScheme(error, url, supported) {
  let message = `Only URLs with a scheme in: ${formatList(supported)} are supported by the ` +
    'default ESM loader.';
  if (process.platform === 'win32' && url.protocol.length === 2) {
    message += ' On Windows, absolute paths must be valid file:// URLs.';
  }
  return `${message} Received protocol '${url.protocol}'`;
}

/** The same without custom inspection when that fails. */
function inspectSafely(value) {
  try {
    return inspect(value);
  } catch {
    return inspect(value, { __proto__: null, customInspect: false });
  }
}

function testFailure(error, reason, failureType) {
  let message = reason?.message ?? reason;
  if (typeof message !== 'string') message = inspectSafely(message);
  error.failureType = failureType;
  error.cause = reason;
  return message;
}

function invalidReturnProperty(verb) {
  return (error, input, name, prop, value) =>
    `Expected ${verb}${input} to be returned for the "${prop}" from the "${name}" hook but got ` +
    `${determineSpecificType(value)}.`;
}

module.exports = {
  ERR_ACCESS_DENIED: [Error, (error, message, permission = '', resource = '') => {
    Object.assign(error, { permission, resource });
    return message;
  }],
  ERR_BUFFER_OUT_OF_BOUNDS: [RangeError, (error, name) =>
    (name ? `"${name}" is outside of buffer bounds` :
      'Attempt to access memory outside buffer bounds')],
  ERR_ENCODING_INVALID_ENCODED_DATA: [TypeError, (error, encoding, errno) => {
    error.errno = errno;
    return `The encoded data was not valid for encoding ${encoding}`;
  }],
  ERR_FALSY_VALUE_REJECTION: [Error, (error, reason) => {
    error.reason = reason;
    return 'Promise was rejected with falsy value';
  }],
  ERR_FS_WATCH_QUEUE_OVERFLOW: [Error, (error, count) =>
    `fs.watch() queued more than ${count} events`],
  ERR_HTTP2_INVALID_SETTING_VALUE: [TypeError, (error, name, actual, min, max) => {
    error.actual = actual;
    if (min !== undefined) {
      error.min = min;
      error.max = max;
    }
    return `Invalid value for setting "${name}": ${actual}`;
  }, [RangeError]],
  ERR_HTTP2_STREAM_CANCEL: [Error, (error, cause) => {
    const message = 'The pending stream has been canceled';
    if (cause) error.cause = cause;
    return typeof cause?.message === 'string' ?
      `${message} (caused by: ${cause.message})` : message;
  }],
  ERR_IMPORT_ATTRIBUTE_UNSUPPORTED: [TypeError, (error, attribute, value, url = undefined) =>
    `Import attribute "${attribute}" with value "${value}" is not supported` +
    `${url === undefined ? '' : ` in ${url}`}`],
  ERR_INSPECTOR_COMMAND: [Error, (error, code, message) => `Inspector error ${code}: ${message}`],
  ERR_INTERNAL_ASSERTION: [Error, (error, message) =>
    (message === undefined ? bugNotice : `${message}\n${bugNotice}`)],
  ERR_INVALID_ADDRESS_FAMILY: [RangeError, (error, family, host, port) => {
    error.host = host;
    error.port = port;
    return `Invalid address family: ${family} ${host}:${port}`;
  }],
  ERR_INVALID_ARG_TYPE: [TypeError, (error, name, expected, actual) =>
    invalidArgTypeMessage(name, expected, actual)],
  ERR_INVALID_ARG_VALUE: [TypeError, (error, name, value, reason = 'is invalid') =>
    `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. ` +
    `Received ${inspectShort(value)}`, [RangeError]],
  ERR_INVALID_CHAR: [TypeError, (error, name, field = undefined) =>
    `Invalid character in ${name}${field === undefined ? '' : ` ["${field}"]`}`],
  ERR_INVALID_FILE_URL_PATH: [TypeError, (error, reason, input) => {
    error.input = input;
    return `File URL path ${reason}`;
  }],
  ERR_INVALID_MODULE_SPECIFIER: [TypeError, (error, request, reason, base = undefined) =>
    `Invalid module "${request}" ${reason}${importedFrom(base)}`],
  ERR_INVALID_PACKAGE_CONFIG: [Error, (error, path, base, message) =>
    `Invalid package config ${path}${base ? ` while importing ${base}` : ''}` +
    `${message ? `. ${message}` : ''}`],
  ERR_INVALID_PACKAGE_TARGET: [Error, invalidPackageTarget],
  ERR_INVALID_RETURN_PROPERTY: [TypeError, invalidReturnProperty('a valid ')],
  ERR_INVALID_RETURN_PROPERTY_VALUE: [TypeError, invalidReturnProperty('')],
  ERR_INVALID_RETURN_VALUE: [TypeError, (error, input, name, value) =>
    `Expected ${input} to be returned from the "${name}" function but got ` +
    `${determineSpecificType(value)}.`, [RangeError]],
  ERR_INVALID_STATE: [Error, (error, state) => `Invalid state: ${state}`, [TypeError, RangeError]],
  ERR_INVALID_URL: [TypeError, (error, input, base = null) => {
    error.input = input;
    if (base != null) error.base = base;
    return 'Invalid URL';
  }],
  ERR_MISSING_ARGS: [TypeError, missingArgs],
  ERR_MODULE_NOT_FOUND: [Error, (error, path, base, exactUrl) => {
    if (exactUrl) defineUrl(error, `${exactUrl}`);
    return `Cannot find ${exactUrl ? 'module' : 'package'} '${path}' imported from ${base}`;
  }],
  ERR_OPERATION_FAILED: [Error, (error, reason) => `Operation failed: ${reason}`, [TypeError]],
  ERR_OUT_OF_RANGE: [RangeError, (error, name, range, actual, replaceDefault = false) =>
    `${replaceDefault ? name : `The value of "${name}" is out of range.`} It must be ${range}. ` +
    `Received ${describeNumber(actual)}`],
  ERR_PACKAGE_IMPORT_NOT_DEFINED: [TypeError, (error, specifier, packagePath, base) =>
    `Package import specifier "${specifier}" is not defined` +
    `${packagePath ? ` in package ${packagePath}package.json` : ''} imported from ${base}`],
  ERR_PACKAGE_PATH_NOT_EXPORTED: [Error, (error, packagePath, subpath, base = undefined) =>
    (subpath === '.' ?
      `No "exports" main defined in ${packagePath}package.json${importedFrom(base)}` :
      `Package subpath '${subpath}' is not defined by "exports" in ${packagePath}package.json` +
      `${importedFrom(base)}`)],
  ERR_PARSE_ARGS_UNKNOWN_OPTION: [TypeError, (error, option, allowPositionals) => {
    const hint = "To specify a positional argument starting with a '-', place it at the end of " +
      `the command after '--', as in '-- ${JSON.stringify(option)}`;
    return `Unknown option '${option}'${allowPositionals ? `. ${hint}` : ''}`;
  }],
  ERR_PERFORMANCE_INVALID_TIMESTAMP: [TypeError, (error, value) =>
    `${value} is not a valid timestamp`],
  ERR_QUIC_ENDPOINT_CLOSED: [Error, (error, reason, code) =>
    `QUIC endpoint closed: ${reason} (${code})`],
  ERR_QUIC_STREAM_RESET: [Error, (error, code) =>
    `The QUIC stream was reset by the peer with error code ${code}`],
  ERR_REQUIRE_ASYNC_MODULE: [Error, requireAsyncModule],
  ERR_REQUIRE_ESM: [Error, requireEsm],
  ERR_REQUIRE_ESM_RACE_CONDITION: [Error, requireEsmRace],
  ERR_SOCKET_BAD_PORT: [RangeError, (error, name, port, allowZero = true) =>
    `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. ` +
    `Received ${determineSpecificType(port)}.`],
  ERR_SRI_PARSE: [SyntaxError, (error, name, character, position) =>
    `Subresource Integrity string "${name}" had an unexpected "${character}" at position ` +
    `${position}`],
  ERR_TEST_FAILURE: [Error, testFailure],
  ERR_TLS_ALPN_CALLBACK_INVALID_RESULT: [TypeError, (error, value, protocols) =>
    `ALPN callback returned a value (${value}) that did not match any of the client's offered ` +
    `protocols (${protocols.join(', ')})`],
  ERR_TLS_CERT_ALTNAME_INVALID: [Error, (error, reason, host, cert) => {
    error.reason = reason;
    error.host = host;
    error.cert = cert;
    return `Hostname/IP does not match certificate's altnames: ${reason}`;
  }],
  ERR_UNHANDLED_ERROR: [Error, (error, value) =>
    (value === undefined ? 'Unhandled error.' : `Unhandled error. (${value})`)],
  ERR_UNSUPPORTED_DIR_IMPORT: [Error, (error, path, base, exactUrl) => {
    defineUrl(error, exactUrl);
    return `Directory import '${path}' is not supported resolving ES modules imported from ${base}`;
  }],
  ERR_UNSUPPORTED_ESM_URL_SCHEME: [Error, unsupportedEsmUrlScheme],
  ERR_VM_MODULE_LINK_FAILURE: [Error, (error, message, cause) => {
    error.cause = cause;
    return message;
  }],
  ERR_WORKER_INVALID_EXEC_ARGV: [Error, (error, flags, source = 'invalid execArgv flags') =>
    `Initiated Worker with ${source}: ${flags.join(', ')}`],
};
