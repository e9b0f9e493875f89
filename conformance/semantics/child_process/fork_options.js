const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  process.send({ execArgv: process.execArgv, argv: process.argv.slice(2), cwd: process.cwd(), env: process.env.GIVEN });
} else {
  const child = fork(__filename, ['child', 'a b', ''], { execArgv: ['--no-warnings'], cwd: '/', env: { GIVEN: 'yes' }, silent: true });
  console.log(child.stdout !== null, child.stderr !== null, child.stdio.length);
  child.on('message', (message) => console.log(message));
}
