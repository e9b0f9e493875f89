'use strict';
// The public `https` module: HTTP over TLS, server and client.
// Run once per realm, on first require.

const { Agent, globalAgentAccessor } = require('internal/https/agent');
const { Server, createServer } = require('internal/https/server');
const { get, request } = require('internal/https/client');

module.exports = { Agent };
// Programs may put an agent of their own here.
Object.defineProperty(module.exports, 'globalAgent', { __proto__: null, ...globalAgentAccessor });
Object.assign(module.exports, { Server, createServer, get, request });
