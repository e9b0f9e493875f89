// An addon of Node's C++ interface is refused with the reason, however often it is asked for, in workers too.
'use strict';

const assert = require('assert');
const fs = require('fs');
const { Worker, isMainThread } = require('worker_threads');

const file = fs.realpathSync(process.env.CXX_ADDON);
for (let i = 0; i < 3; i++) {
  assert.throws(() => require(file), {
    code: 'ERR_DLOPEN_FAILED',
    message: `${file}: this addon uses Node's C++ interface (NODE_MODULE_VERSION 137), which belongs to one build of V8; ` +
      'Gyre loads Node-API addons',
  });
}
if (isMainThread) new Worker(__filename).on('exit', (code) => assert.strictEqual(code, 0));
