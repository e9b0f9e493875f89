'use strict';
// agent-base, under most agents of npm, asks the stack whether it is https.request() that wants a connection.
const http = require('http');
const https = require('https');

class Agent extends http.Agent {
  get protocol() {
    const secure = new Error().stack.split('\n').some((line) => line.includes('node:https:'));
    this.seen ??= console.log(secure) ?? true;
    return secure ? 'https:' : 'http:';
  }
  set protocol(value) {}
  createConnection() { throw new Error('no connection wanted'); }
}

for (const { request, get } of [http, https]) {
  for (const start of [request, get]) {
    try {
      start({ host: 'localhost', port: 1, agent: new Agent() }).on('error', () => {});
    } catch (error) {
      console.log(error.message);
    }
  }
}
