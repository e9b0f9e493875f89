// Addresses and block lists can be cloned; what cannot be cloned can still be transferred.
const net = require('net');
const { MessageChannel, Worker, markAsUncloneable, receiveMessageOnPort } = require('worker_threads');
const list = new net.BlockList();
list.addAddress('1.2.3.4');
list.addRange('10.0.0.1', '10.0.0.9');
list.addSubnet('fe80::', 64, 'ipv6');
const clone = structuredClone({ list, address: new net.SocketAddress({ address: '::1', family: 'ipv6', port: 80, flowlabel: 7 }) });
console.log(net.BlockList.isBlockList(clone.list), clone.list.rules);
console.log(['1.2.3.4', '10.0.0.5', '10.0.0.10'].map((address) => clone.list.check(address)), clone.list.check('fe80::1', 'ipv6'));
console.log(net.SocketAddress.isSocketAddress(clone.address), clone.address);
new Worker('const { address, family, port } = require(\'worker_threads\').workerData; console.log(address, family, port)', {
  eval: true, workerData: new net.SocketAddress({ address: '1.2.3.4', port: 5 }),
});
const { port1, port2 } = new MessageChannel();
const other = new MessageChannel().port1;
markAsUncloneable(other);
port1.postMessage(other, [other]);
console.log(receiveMessageOnPort(port2).message.constructor.name);
for (const transferList of [[1], [null], ['text']]) {
  try {
    new Worker('', { eval: true, transferList });
  } catch ({ name, message }) {
    console.log(name, message);
  }
}
