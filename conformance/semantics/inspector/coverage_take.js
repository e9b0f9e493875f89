// v8.takeCoverage() writes what ran since the last time; v8.stopCoverage() ends it. Nothing is left behind.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

if (process.argv[2] === 'child') {
  const v8 = require('v8');
  const work = () => 1;
  work();
  v8.takeCoverage();
  // A file is called by the millisecond.
  for (const start = Date.now(); Date.now() <= start + 1;);
  work();
  work();
  v8.takeCoverage();
  v8.stopCoverage();
  return;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'coverage-take-'));
spawnSync(process.execPath, [__filename, 'child'], { env: { ...process.env, NODE_V8_COVERAGE: folder } });
const counts = fs.readdirSync(folder).sort().map((name) => {
  const { result } = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  const script = result.find(({ url }) => url.endsWith('/coverage_take.js'));
  return script?.functions.find(({ functionName }) => functionName === 'work')?.ranges[0].count;
});
console.log(counts);
fs.rmSync(folder, { recursive: true });
require('v8').stopCoverage();
