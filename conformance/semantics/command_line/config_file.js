'use strict';
// node.config.json: what it may say, what wins over it, what is wrong with it.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'config-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const inFolder = (name, text) => fs.writeFileSync(path.join(folder, name), text);

function run(what, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: undefined, NODE_NO_WARNINGS: '1', ...env },
  });
  const said = stderr.replaceAll(`${process.execPath}: `, '').trim().replace(/\s*\n\s*/g, ' | ');
  console.log(`${what}: ${stdout.trim()}${said && ` [${said}]`}${status ? ` (${status})` : ''}`);
}

const print = ['-p', 'process.title'];
inFolder('node.config.json', '{"nodeOptions": {"title": "default"}}');
inFolder('title.json', '{"$schema": "x", "nodeOptions": {"title": "file"}, "test": {"test-only": true}}');
inFolder('some.env', 'NODE_OPTIONS=--title=dotenv\n');
run('default', ['--experimental-config-file', ...print]);
run('alias', ['--experimental-default-config-file', ...print]);
run('named', ['--experimental-config-file=title.json', ...print]);
run('last', ['--experimental-config-file', '--experimental-config-file=title.json', ...print]);
run('command line', ['--title=line', '--experimental-config-file=title.json', ...print]);
run('NODE_OPTIONS', ['--experimental-config-file=title.json', ...print], { NODE_OPTIONS: '--title=variable' });
run('env file', ['--experimental-config-file=title.json', '--env-file=some.env', ...print]);
run('execArgv', ['--experimental-config-file', '-p', 'process.execArgv.join(" ")']);
run('not there', ['--experimental-config-file=nowhere.json', ...print]);
run('no value', ['--experimental-config-file=', ...print]);
run('a value', ['--experimental-default-config-file=x', ...print]);
run('in NODE_OPTIONS', print, { NODE_OPTIONS: '--experimental-config-file=title.json' });

const texts = [
  '', '\ufeff{"nodeOptions": {"title": "marked"}}', '[]', '{"nodeOptions": []}', '{"other": {}}', '{"testRunner": {}}', '{"nodeOptions": {"test": true}}',
  '{"nodeOptions": {"no-warnings": true}}', '{"test": {"title": "x"}}', '{"nodeOptions": {"title": 5}}',
  '{"nodeOptions": {"import": [5]}}', '{"nodeOptions": {"max-http-header-size": -1}}',
  '{"nodeOptions": {"max-http-header-size": 1.5}}', '{"nodeOptions": {"max-old-space-size": 100}}',
  '{"nodeOptions": {"http-parser": true}}', '{"nodeOptions": {"title": "x", "title": "y"}}',
  '{"nodeOptions": {"test-only": true}, "test": {"test-only": true}}', '{"nodeOptions": {"title": "x --no-warnings"}}',
  '{"nodeOptions": {"title": "a\\u0041\\\\b"}}', '{"nodeOptions": {"warnings": false, "conditions": ["a", "b"]}}',
];
for (const text of texts) {
  inFolder('tried.json', text);
  run(text, ['--experimental-config-file=tried.json', '-p', 'process.title === process.execPath ? "ok" : process.title']);
}
