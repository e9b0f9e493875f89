'use strict';
// Adds Module, SourceTextModule and SyntheticModule to `vm` under --experimental-vm-modules.

const { getOptionValue } = require('internal/options');

function addTo(vm) {
  if (!getOptionValue('--experimental-vm-modules')) return;
  const { Module, SourceTextModule, SyntheticModule } = require('internal/vm/module');
  Object.assign(vm, { Module, SourceTextModule, SyntheticModule });
}

module.exports = { addTo };
