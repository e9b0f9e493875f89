'use strict';
// In a child with a channel, an ES module that imports 'process' reads no deprecated property.
const { fork } = require('child_process');
const { join } = require('path');
fork(join(__dirname, 'lib/imports_process.mjs')).on('message', (message) => console.log(message));
