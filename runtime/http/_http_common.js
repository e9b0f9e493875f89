// require('_http_common'): deprecated, but packages know it.
'use strict';

const { METHODS, hasInvalidChar, isToken, parsers } = require('internal/http/common');

module.exports = {
  _checkIsHttpToken: isToken,
  _checkInvalidHeaderChar: hasInvalidChar,
  methods: METHODS,
  parsers,
  CRLF: '\r\n',
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
};
