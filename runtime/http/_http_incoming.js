// require('_http_incoming'): deprecated, but packages know it.
'use strict';

const { IncomingMessage } = require('internal/http/incoming');

module.exports = { IncomingMessage };
