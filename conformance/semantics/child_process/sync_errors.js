const { execFileSync, execSync } = require('child_process');
for (const run of [() => execSync('echo told >&2; exit 4', { stdio: 'pipe' }), () => execFileSync('/bin/sh', ['-c', 'exit 5']),
                   () => execFileSync('/no/such/program')]) {
  try {
    run();
  } catch (error) {
    console.log(error.message, error.status, error.signal, error.code, `${error.stderr}`, Array.isArray(error.output));
  }
}
