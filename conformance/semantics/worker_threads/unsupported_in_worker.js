const { Worker } = require('worker_threads');
new Worker(`
  const out = [];
  for (const f of [() => process.chdir('/'), () => process.abort(), () => process.umask(0), () => process.setuid(0)]) {
    try { f(); } catch (e) { out.push(e.code + ': ' + e.message); }
  }
  out.push(process.cwd() === require('path').resolve('.'), typeof process.umask());
  require('worker_threads').parentPort.postMessage(out);`, { eval: true }).on('message', (m) => console.log(m));
