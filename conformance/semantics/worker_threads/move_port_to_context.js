const { MessageChannel, moveMessagePortToContext } = require('worker_threads');
const vm = require('vm');
const context = vm.createContext({ console });
const { port1, port2 } = new MessageChannel();
context.port = moveMessagePortToContext(port1, context);
console.log(context.port instanceof MessagePort, vm.runInContext('port instanceof Object', context));
vm.runInContext(`
  port.onmessage = ({ data }) => {
    console.log(data, data instanceof Object, data.list instanceof Array);
    port.postMessage({ answer: 42 });
  };
  port.start();`, context);
port2.on('message', (message) => {
  console.log(message, message instanceof Object);
  port2.close();
});
port2.postMessage({ list: [1] });
for (const args of [[], [port2], [port2, {}], [{}, context]]) {
  try {
    moveMessagePortToContext(...args);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
