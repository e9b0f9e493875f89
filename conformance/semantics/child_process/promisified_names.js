// util.promisify()d, exec and execFile have their names still.
const { exec, execFile } = require('child_process');
const { promisify } = require('util');
console.log(promisify(exec).name, promisify(execFile).name);
promisify(execFile)('echo', ['x']).then(({ stdout }) => console.log(stdout.trim()));
