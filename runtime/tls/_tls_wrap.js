// require('_tls_wrap'): deprecated, but packages know it.
'use strict';

const { Server, TLSSocket, connect, createServer } = require('tls');

module.exports = { Server, TLSSocket, connect, createServer };
