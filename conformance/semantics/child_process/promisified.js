const child_process = require('child_process');
const { promisify } = require('util');
const exec = promisify(child_process.exec);
const execFile = promisify(child_process.execFile);
(async () => {
  const running = exec('echo 1; echo 2 >&2');
  console.log(running.child.pid > 0, await running);
  console.log(await execFile('printf', ['x']));
  await exec('echo out; exit 3').catch(({ code, stdout, stderr, cmd }) => console.log(code, [stdout, stderr], cmd));
  try {
    exec(5);
  } catch (error) {
    console.log('thrown', error.code);
  }
})();
