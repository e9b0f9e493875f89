// The callback of listen() is a tick that the server has triggered, whether hooks are enabled or not.
const { executionAsyncId, triggerAsyncId } = require('async_hooks');
const net = require('net');

const main = executionAsyncId();
const server = net.createServer().listen(0, () => {
  console.log(triggerAsyncId() > main, triggerAsyncId() < executionAsyncId());
  server.close(() => console.log(triggerAsyncId() > main, triggerAsyncId() < executionAsyncId()));
});
