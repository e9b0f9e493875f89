// A listener that throws keeps neither the messages behind it nor 'exit' from coming.
const { Worker } = require('worker_threads');
const said = [];
process.on('uncaughtException', (error) => said.push(`uncaught ${error.message}`));
function watch(name, source, options) {
  const worker = new Worker(source, { eval: true, ...options });
  worker.on('message', (message) => {
    said.push(`${name} ${message}`);
    throw new Error(`listener ${message}`);
  });
  worker.on('exit', (code) => said.push(`${name} exit ${code}`));
  return worker;
}
watch('first', `for (let i = 0; i < 3; i++) require('worker_threads').parentPort.postMessage(i);
process.exit(5);`);
watch('second', 'throw new Error(\'nobody listens\')');
watch('third', 'process.stdout.write(\'hello\'); process.exit(2)', { stdout: true }).stdout.on('data', (data) => {
  throw new Error(`output ${data}`);
});
setTimeout(() => console.log(said.sort()), 1000);
