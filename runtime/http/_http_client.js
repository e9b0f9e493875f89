// require('_http_client'): deprecated, but packages know it.
'use strict';

const { ClientRequest } = require('internal/http/client');

module.exports = { ClientRequest };
