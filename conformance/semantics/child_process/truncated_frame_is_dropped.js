// Half a message at the end is no harm to who does not listen to errors.
const { spawn } = require('child_process');
const child = spawn('/bin/sh', ['-c', `printf '{"n":1}\\n{"n":' >&3`], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
const events = [];
child.on('message', (message) => console.log(message));
child.on('disconnect', () => events.push('disconnect'));
child.on('exit', (code) => events.push(`exit ${code}`));
// Node may say 'close' before it has seen the end of the channel.
process.on('exit', () => console.log(events.sort()));
