// A parser that the program drives runs its callbacks as the resource that it was initialized with, until it is closed.
const { executionAsyncResource } = require('async_hooks');
const { HTTPParser } = require('_http_common');
const { follow } = require('./common/follow');

const followed = follow();
const seen = [];
const resource = {};
const parser = new HTTPParser();
parser.initialize(HTTPParser.REQUEST, resource);
parser[HTTPParser.kOnHeadersComplete] = () => {
  seen.push(`head: ${followed.where()}, ${executionAsyncResource() === resource}`);
};
parser[HTTPParser.kOnMessageComplete] = () => seen.push(`complete: ${followed.where()}`);
const request = Buffer.from('GET / HTTP/1.1\r\n\r\n');
parser.execute(request, 0, request.length);
parser.close();
setImmediate(() => {
  followed.end();
  console.log(followed.made.join('\n'));
  console.log(seen.join('\n'));
  console.log(followed.destroyed.join('\n'));
});
