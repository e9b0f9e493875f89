'use strict';
// TypeScript files: this build cannot strip types yet and says so when it meets one.

const { codes: { ERR_NO_TYPESCRIPT } } = require('internal/errors');

function stripForModule() {
  throw new ERR_NO_TYPESCRIPT();
}

/** module.stripTypeScriptTypes */
function stripTypeScriptTypes() {
  throw new ERR_NO_TYPESCRIPT();
}

module.exports = { stripForModule, stripTypeScriptTypes };
