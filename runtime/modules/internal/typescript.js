'use strict';
// TypeScript files: the types are replaced by spaces, so that lines and columns stay; with --experimental-transform-types
// enums and the like become JavaScript, with a source map. Loaded with the first file or text of that kind.
// https://nodejs.org/api/typescript.html

const { codes: {
  ERR_INVALID_TYPESCRIPT_SYNTAX, ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING, ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX,
} } = require('internal/errors');
const { state } = require('internal/modules/shared');
const { getOptionValue } = require('internal/options');
const { validateBoolean, validateObject, validateOneOf, validateString } = require('internal/validators');
const binding = internalBinding('modules');

let warnedOfTransform = false;

/** What is used for the program's own files. */
function modeOfProgram() {
  if (!getOptionValue('--experimental-transform-types')) return 'strip-only';
  if (!warnedOfTransform) {
    warnedOfTransform = true;
    require('internal/util').emitExperimentalWarning('Transform Types');
  }
  return 'transform';
}

/** The parser's exceptions are plain objects with a code of its own. */
function asError(problem, filename) {
  const ErrorClass = problem.code === 'UnsupportedSyntax' ? ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX :
    problem.code === 'InvalidSyntax' ? ERR_INVALID_TYPESCRIPT_SYNTAX : undefined;
  if (ErrorClass === undefined) return problem;
  const error = new ErrorClass(problem.message);
  if (problem.snippet) binding.attachSource(error, `${filename}:${problem.startLine}\n${problem.snippet}`);
  return error;
}

function transform(source, mode, sourceMap, filename) {
  // --jitless
  if (typeof WebAssembly === 'undefined') {
    const { codes: { ERR_WEBASSEMBLY_NOT_SUPPORTED } } = require('internal/errors');
    throw new ERR_WEBASSEMBLY_NOT_SUPPORTED('TypeScript');
  }
  const { transformSync } = require('internal/deps/amaro');
  try {
    return transformSync(source, { mode, sourceMap, filename });
  } catch (problem) {
    throw asError(problem, filename);
  }
}

function withMap(code, map) {
  const { Buffer } = require('buffer');
  return `${code}\n\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
}

function strip(source, mode, sourceMap, filename) {
  const { code, map } = transform(source, mode, sourceMap, filename);
  if (map) return withMap(code, map);
  return filename ? `${code}\n\n//# sourceURL=${filename}` : code;
}

/**
 * @param {string} source
 * @param {string} filename a path, a URL or [eval]
 */
function stripForModule(source, filename) {
  if (/[/\\]node_modules[/\\]/.test(filename)) {
    throw new ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING(filename);
  }
  const mode = modeOfProgram();
  const sourceMap = mode === 'transform' && state.sourceMaps;
  const kind = mode !== 'transform' ? binding.kStripped :
    sourceMap ? binding.kTransformedWithSourceMaps : binding.kTransformed;
  const cached = binding.findTranspiled(kind, filename, source);
  if (cached !== undefined) return cached;
  const name = filename.startsWith('/') ? require('internal/url').pathToFileURL(filename).href : filename;
  const text = strip(source, mode, sourceMap, name);
  binding.rememberTranspiled(kind, filename, source, text);
  return text;
}

/** --eval and standard input. @param {Error} syntaxError what V8 says of the text: it is thrown if there are no types */
function stripText(source, name, syntaxError) {
  try {
    return stripForModule(source, name);
  } catch (error) {
    if (error.code !== 'ERR_INVALID_TYPESCRIPT_SYNTAX' && error.code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') throw error;
    // The stack begins with the place and an empty line.
    syntaxError.stack = syntaxError.stack.replace('\n\n', () => `\n${error.message}\n\n`);
    throw syntaxError;
  }
}

/** module.stripTypeScriptTypes */
function stripTypeScriptTypes(code, options = {}) {
  require('internal/util').emitExperimentalWarning('stripTypeScriptTypes');
  validateString(code, 'code');
  validateObject(options, 'options');
  const { mode = 'strip', sourceUrl = '', sourceMap = false } = options;
  validateOneOf(mode, 'options.mode', ['strip', 'transform']);
  validateString(sourceUrl, 'options.sourceUrl');
  if (mode === 'strip') {
    validateOneOf(sourceMap, 'options.sourceMap', [false, undefined]);
    return strip(code, 'strip-only', false, sourceUrl);
  }
  validateBoolean(sourceMap, 'options.sourceMap');
  return strip(code, 'transform', sourceMap, sourceUrl);
}

module.exports = { stripForModule, stripText, stripTypeScriptTypes };
