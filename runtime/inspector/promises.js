'use strict';

// The public module inspector/promises: inspector, with a Session whose post() returns a promise.

const { promisify } = require('internal/util');
const inspector = require('inspector');

class Session extends inspector.Session {}
Session.prototype.post = promisify(inspector.Session.prototype.post);

module.exports = { ...inspector, Session };
