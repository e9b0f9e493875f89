// require('_http_agent'): deprecated, but packages know it.
'use strict';

const { Agent, getGlobalAgent } = require('internal/http/agent');

module.exports = {
  Agent,
  get globalAgent() {
    return getGlobalAgent();
  },
};
