// transferList takes a port to initialize(); what is posted there waits for the program to listen.
import { register } from 'node:module';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';

const { port1, port2 } = new MessageChannel();
const shared = new Int32Array(new SharedArrayBuffer(4));
register(`data:text/javascript,${encodeURIComponent(`
  export function initialize({ port, shared }) {
    port.postMessage({ greeting: 'from the hooks', sees: shared[0] });
    shared[0] = 2;
  }`)}`, import.meta.url, { data: { port: port2, shared: (shared[0] = 1, shared) }, transferList: [port2] });
console.log(receiveMessageOnPort(port1), shared[0]);
try {
  register('data:text/javascript,', { data: { port: port2 }, transferList: [port2] });
} catch (error) {
  console.log(error.name, error.code);
}
