// What init() gets for HTTP says whose it is; executionAsyncResource() is that object in the callbacks.
const { createHook, executionAsyncResource } = require('async_hooks');
const http = require('http');

const resources = {};
const hook = createHook({
  init(id, type, trigger, resource) {
    resources[type] ??= resource;
  },
}).enable();

const server = http.createServer((req, res) => {
  const resource = executionAsyncResource();
  console.log('server:', resource === resources.HTTPINCOMINGMESSAGE, resource.type, resource.socket === req.socket);
  res.end();
}).listen(0, () => {
  const req = http.get({ port: server.address().port, agent: false }, (res) => {
    const resource = executionAsyncResource();
    console.log('client:', resource === resources.HTTPCLIENTREQUEST, resource.type, resource.req === req);
    res.resume().on('end', () => {
      hook.disable();
      server.close();
    });
  });
});
