const { Worker } = require('worker_threads');
const attempts = [
  () => new Worker(), () => new Worker(5), () => new Worker('relative.js'), () => new Worker('file:///x.js'), () => new Worker(new URL('http://x/')),
  () => new Worker('', { eval: true, argv: 5 }), () => new Worker('', { eval: true, execArgv: 5 }), () => new Worker('', { eval: true, env: 5 }),
  () => new Worker('', { eval: true, execArgv: ['--nothing-like-it'] }), () => new Worker('', { eval: true, execArgv: ['--title=x'] }),
  () => new Worker('', { eval: true, transferList: [new MessageChannel().port1], workerData: Symbol('s') }),
  () => new Worker(new URL('file:///x.js'), { eval: true }), () => new Worker('', 5),
];
for (const attempt of attempts) {
  try {
    attempt().terminate();
    console.log('no error', `${attempt}`);
  } catch (error) {
    console.log(error.name, error.code, error.message.split('\n')[0]);
  }
}
