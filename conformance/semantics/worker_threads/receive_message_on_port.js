const { MessageChannel, receiveMessageOnPort } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
console.log(receiveMessageOnPort(port2));
port1.postMessage(undefined);
port1.postMessage({ n: 1 });
console.log(receiveMessageOnPort(port2), receiveMessageOnPort(port2), receiveMessageOnPort(port2));
port1.close();
console.log(receiveMessageOnPort(port2), receiveMessageOnPort(port1));
for (const port of [{}, null, 5]) {
  try {
    receiveMessageOnPort(port);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
