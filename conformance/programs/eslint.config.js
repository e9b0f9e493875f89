// The configuration that the eslint comparison runs with: rules of every kind, and some that find things to report.
'use strict';

module.exports = [
  {
    files: ['**/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'commonjs' },
    linterOptions: { reportUnusedDisableDirectives: 'warn' },
    rules: {
      'array-callback-return': 'error',
      'complexity': ['warn', 12],
      'consistent-return': 'warn',
      'eqeqeq': 'error',
      'max-depth': ['warn', 3],
      'no-cond-assign': 'error',
      'no-control-regex': 'error',
      'no-dupe-keys': 'error',
      'no-shadow': 'warn',
      'no-undef': 'warn',
      'no-unreachable': 'error',
      'no-unused-vars': 'warn',
      'no-use-before-define': 'warn',
      'no-var': 'warn',
      'prefer-const': 'warn',
      'prefer-template': 'warn',
      'valid-typeof': 'error',
    },
  },
];
