const { Worker, MessageChannel } = require('worker_threads');
try { new Worker('', { eval: true, workerData: () => {} }); } catch (e) { console.log(e.name, e.code, e.message); }
const { port1 } = new MessageChannel();
try { port1.postMessage(Symbol('s')); } catch (e) { console.log(e.name, e.message); }
port1.close();
