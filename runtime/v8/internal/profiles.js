'use strict';
// --cpu-prof and --heap-prof: profiles of the whole life of a thread, started before its program and written when it ends.

const binding = internalBinding('v8');
const { getOptionValue } = require('internal/options');

let count = 0;

function twoDigits(number) {
  return `${number}`.padStart(2, '0');
}

/** CPU.20261122.101112.4711.0.001.cpuprofile: date, time, process, thread, number in the thread. */
function defaultName(prefix, extension) {
  const { threadId } = require('internal/worker/shared').self;
  const now = new Date();
  const date = `${now.getFullYear()}${twoDigits(now.getMonth() + 1)}${twoDigits(now.getDate())}`;
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(twoDigits).join('');
  return `${prefix}.${date}.${time}.${process.pid}.${threadId}.${`${++count}`.padStart(3, '0')}.${extension}`;
}

/** @param {string} option '--cpu-prof' or '--heap-prof' */
function write(option, prefix, extension, text) {
  const fs = require('fs');
  const path = require('path');
  const folder = getOptionValue(`${option}-dir`) || getOptionValue('--diagnostic-dir') || process.cwd();
  const name = getOptionValue(`${option}-name`).replaceAll('${pid}', process.pid) || defaultName(prefix, extension);
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.resolve(folder, name), text);
  } catch (error) {
    internalBinding('process').writeStderr(`${process.execPath}: Failed to write the profile: ${error.message}\n`);
  }
}

function startCpuProfile() {
  const profiler = new binding.NativeCpuProfiler();
  profiler.start(getOptionValue('--cpu-prof-interval'));
  return () => write('--cpu-prof', 'CPU', 'cpuprofile', profiler.stop());
}

function startHeapProfile() {
  if (!binding.startHeapProfile(getOptionValue('--heap-prof-interval'))) return () => {};
  return () => write('--heap-prof', 'Heap', 'heapprofile', binding.stopHeapProfile());
}

/** Before the program of a thread runs, when an option asks for a profile. */
function start() {
  const finish = [];
  if (getOptionValue('--cpu-prof')) finish.push(startCpuProfile());
  if (getOptionValue('--heap-prof')) finish.push(startHeapProfile());
  for (const write of finish) require('internal/process/object').atEnd(write);
}

module.exports = { start };
