'use strict';
// `--run NAME`: runs a script of the nearest package.json with the shell. https://nodejs.org/api/cli.html#--run
// Called in the place of a program.

const fs = require('fs');
const path = require('path');

const shell = '/bin/sh';

function fail(message) {
  internalBinding('process').writeStderr(`${message}\n`);
  process.exit(1);
}

/** The folder and all above it, the nearest first. */
function ancestors(folder) {
  const folders = [folder];
  while (path.dirname(folder) !== folder) folders.push(folder = path.dirname(folder));
  return folders;
}

function isDirectory(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readScripts(file) {
  let config;
  try {
    config = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    fail(`Can't parse ${file}`);
  }
  const scripts = config?.scripts;
  if (typeof scripts !== 'object' || scripts === null) fail(`Can't find "scripts" field in ${file}`);
  return scripts;
}

function commandOf(name, scripts, file) {
  if (!Object.hasOwn(scripts, name)) {
    const lines = Object.entries(scripts).filter(([, text]) => typeof text === 'string').map(([key, text]) => `  ${key}: ${text}`);
    fail([`Missing script: "${name}" for ${file}`, '', 'Available scripts are:', ...lines].join('\n'));
  }
  if (typeof scripts[name] !== 'string') fail(`Script "${name}" is unexpectedly not a string for ${file}\n`);
  return scripts[name];
}

/** An argument as the shell takes it unchanged. */
function quote(argument) {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

function environment(name, file, folders) {
  const bins = folders.map((folder) => path.join(folder, 'node_modules', '.bin')).filter(isDirectory);
  const { PATH } = process.env;
  return {
    ...process.env,
    NODE_RUN_SCRIPT_NAME: name,
    NODE_RUN_PACKAGE_JSON_PATH: file,
    PATH: [...bins, ...(PATH === undefined ? [] : [PATH])].join(path.delimiter),
  };
}

/** @param {string} name @param {string[]} args what stands behind `--` */
function runScript(name, args) {
  const cwd = process.cwd();
  const folders = ancestors(cwd);
  const folder = folders.find((candidate) => fs.existsSync(path.join(candidate, 'package.json')));
  if (folder === undefined) fail(`Can't find package.json for directory ${cwd}`);
  const file = path.join(folder, 'package.json');
  const command = [commandOf(name, readScripts(file), file), ...args.map(quote)].join(' ');
  const { status, error } = require('child_process').spawnSync(shell, ['-c', command], {
    cwd: folder, env: environment(name, file, folders), stdio: 'inherit',
  });
  if (error) throw error;
  process.exit(status === 0 ? 0 : 1);
}

module.exports = { runScript };
