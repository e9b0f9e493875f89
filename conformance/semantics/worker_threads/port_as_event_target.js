const { MessageChannel } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
port2.addEventListener('message', (event) => {
  console.log(event.constructor.name, event.type, Object.keys(event.data), event.ports.length, event.target === port2);
});
port2.on('message', (data) => console.log('on', Object.keys(data)));
port2.once('message', (data) => console.log('once', Object.keys(data)));
port2.onmessage = ({ data, ports }) => {
  console.log('onmessage', Object.keys(data), ports.length);
  if (data.last) port2.close();
};
port1.postMessage({ n: 1 });
const { port2: other } = new MessageChannel();
port1.postMessage({ last: true, other }, [other]);
