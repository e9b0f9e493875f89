const { Worker } = require('worker_threads');
const w = new Worker(`require('worker_threads').parentPort.postMessage([process.argv.slice(2), process.execArgv])`,
                     { eval: true, argv: ['a', 2], execArgv: ['--no-warnings'] });
w.on('message', (m) => console.log(m));
try { new Worker('', { eval: true, execArgv: ['--no-such-flag'] }); } catch (e) { console.log(e.code, e.message); }
try { new Worker('relative.js'); } catch (e) { console.log(e.code); }
try { new Worker(5); } catch (e) { console.log(e.code, e.message); }
