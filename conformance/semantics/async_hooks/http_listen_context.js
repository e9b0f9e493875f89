// A server's requests run in the asynchronous context that it began to listen in; hooks change nothing of that.
const { AsyncLocalStorage, createHook } = require('async_hooks');
const http = require('http');

const storage = new AsyncLocalStorage();

function run(what, callback) {
  const server = http.createServer((req, res) => {
    console.log(`${what}, request: ${storage.getStore()}`);
    req.on('data', () => console.log(`${what}, data: ${storage.getStore()}`));
    req.on('end', () => {
      console.log(`${what}, end: ${storage.getStore()}`);
      res.end();
    });
    res.on('close', () => console.log(`${what}, closed: ${storage.getStore()}`));
  });
  storage.run('listen', () => server.listen(0, () => {
    storage.run('client', () => {
      http.request({ port: server.address().port, agent: false, method: 'POST' }, (res) => {
        console.log(`${what}, answer: ${storage.getStore()}`);
        res.resume().on('end', () => server.close(() => storage.run('next', callback)));
      }).end('data');
    });
  }));
}

run('without hooks', () => {
  const hook = createHook({ init() {} }).enable();
  run('with hooks', () => hook.disable());
});
