// ESLint's rules for Gyre's own JavaScript: built-in modules, tests, examples. //tools/lint:eslint_test and ./x lint use it.
'use strict';

// What the wrapper of a built-in passes in, and nothing else: globals that users can patch are required, not assumed.
const builtInScope = { exports: 'writable', require: 'readonly', module: 'readonly', process: 'readonly', internalBinding: 'readonly' };

const nodeScope = Object.fromEntries([
  'exports', 'require', 'module', 'process', '__filename', '__dirname', 'console', 'Buffer', 'URL', 'URLSearchParams', 'URLPattern',
  'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', 'queueMicrotask',
  'structuredClone', 'performance', 'AbortController', 'AbortSignal', 'Event', 'EventTarget', 'CustomEvent', 'TextEncoder', 'TextDecoder',
  'MessageChannel', 'MessagePort', 'MessageEvent', 'BroadcastChannel', 'Blob', 'File', 'DOMException', 'WebAssembly', 'fetch', 'navigator',
  'atob', 'btoa', 'gc', 'global', 'ReadableStream', 'WritableStream', 'TransformStream', 'CompressionStream', 'DecompressionStream',
  'TextDecoderStream', 'TextEncoderStream', 'FormData', 'Headers', 'Request', 'Response', 'crypto', 'Crypto', 'CryptoKey', 'WebSocket', 'EventSource',
  'PerformanceObserver', 'PerformanceEntry', 'Storage', 'localStorage', 'sessionStorage', 'SubtleCrypto', 'Iterator', 'Float16Array',
].map((name) => [name, 'readonly']));

const rules = {
  'constructor-super': 'error',
  'eqeqeq': ['error', 'always', { null: 'ignore' }],
  'for-direction': 'error',
  'getter-return': 'error',
  'no-class-assign': 'error',
  'no-compare-neg-zero': 'error',
  'no-const-assign': 'error',
  'no-control-regex': 'error',
  'no-dupe-args': 'error',
  'no-dupe-class-members': 'error',
  'no-dupe-else-if': 'error',
  'no-dupe-keys': 'error',
  'no-duplicate-case': 'error',
  'no-func-assign': 'error',
  'no-import-assign': 'error',
  'no-invalid-regexp': 'error',
  'no-self-assign': 'error',
  'no-this-before-super': 'error',
  'no-undef': 'error',
  'no-unreachable': 'error',
  'no-unsafe-finally': 'error',
  'no-unused-labels': 'error',
  'no-unused-private-class-members': 'error',
  'no-unused-vars': ['error', { args: 'none', caughtErrors: 'none', ignoreRestSiblings: true }],
  'no-var': 'error',
  'prefer-const': ['error', { destructuring: 'all', ignoreReadBeforeAssign: true }],
  'use-isnan': 'error',
  'valid-typeof': 'error',
};

const isTest = ['**/*_test.js', '**/*_test.mjs', '**/testdata/**', '**/fixtures/**'];

module.exports = [
  { ignores: ['**/node_modules/**', 'bazel-*/**', '**/testdata/**', '**/fixtures/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'off' } },
  {
    files: ['runtime/**/*.js', 'fuzz/**/*.js'],
    ignores: isTest,
    // A built-in is the body of a function: `return` at its top level and the five names below are what it has.
    languageOptions: { ecmaVersion: 2026, sourceType: 'script', globals: builtInScope, parserOptions: { ecmaFeatures: { globalReturn: true } } },
    rules,
  },
  {
    files: [...isTest.map((pattern) => `runtime/${pattern}`), 'examples/**/*.js', 'tools/**/*.js', 'conformance/**/*.js'],
    languageOptions: { ecmaVersion: 2026, sourceType: 'commonjs', globals: nodeScope },
    rules,
  },
  {
    // Cases of a suite are as odd as what they show.
    files: ['conformance/semantics/**/*.js'],
    rules: { 'no-unused-vars': 'off', 'prefer-const': 'off', 'no-var': 'off', 'no-undef': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { ecmaVersion: 2026, sourceType: 'module', globals: nodeScope },
    rules,
  },
];
