// Headers that may not be sent are refused where they are given, with their codes.
'use strict';

const { pair } = require('./common/pair');

function attempt(name, action) {
  try {
    action();
    console.log(name, 'fine');
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
}

pair({}, (stream) => {
  attempt('status 101', () => stream.respond({ ':status': 101 }));
  attempt('status 99', () => stream.respond({ ':status': 99 }));
  attempt('path', () => stream.respond({ ':path': '/' }));
  attempt('connection', () => stream.respond({ connection: 'close' }));
  attempt('te', () => stream.respond({ te: 'gzip' }));
  attempt('two lengths', () => stream.respond({ 'content-length': [1, 2] }));
  attempt('info 200', () => stream.additionalHeaders({ ':status': 200 }));
  attempt('trailers early', () => stream.sendTrailers({}));
  stream.respond({ te: 'trailers' });
  attempt('again', () => stream.respond());
  attempt('info late', () => stream.additionalHeaders({ ':status': 103 }));
  stream.end();
}, (client, close) => {
  attempt('CONNECT path', () => client.request({ ':method': 'CONNECT', ':path': '/', ':authority': 'a' }));
  attempt('CONNECT authority', () => client.request({ ':method': 'CONNECT' }));
  attempt('pseudo', () => client.request({ ':what': 'x' }));
  attempt('headers', () => client.request('x'));
  attempt('endStream', () => client.request({}, { endStream: 1 }));
  client.request().on('close', close).resume();
});
