// require('_http_server'): deprecated, but packages know it.
'use strict';

const { STATUS_CODES } = require('internal/http/common');
const { kConnections } = require('internal/http/connection');
const { Server, _connectionListener, kConnectionsCheckingInterval } = require('internal/http/server');
const { ServerResponse } = require('internal/http/server_response');

module.exports = { STATUS_CODES, Server, ServerResponse, _connectionListener, kConnections, kConnectionsCheckingInterval };
