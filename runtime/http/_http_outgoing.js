// require('_http_outgoing'): deprecated, but packages know it.
'use strict';

const { validateHeaderName, validateHeaderValue } = require('internal/http/common');
const { OutgoingMessage, kHighWaterMark } = require('internal/http/outgoing');

module.exports = { OutgoingMessage, kHighWaterMark, validateHeaderName, validateHeaderValue };
