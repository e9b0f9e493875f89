'use strict';

// Diagnostic reports: what is in one, and everything that causes one.

const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'report-test-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

/** Runs a program that leaves one report, and returns that. */
function reportOf(flags, text, { compact = false } = {}) {
  const { stderr } = spawnSync(process.execPath, [...flags, '-e', text], { cwd: folder, encoding: 'utf8', env: { ...process.env, A_VARIABLE: 'here' } });
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  assert.strictEqual(files.length, 1, stderr);
  const file = path.join(folder, files[0]);
  const json = fs.readFileSync(file, 'utf8');
  fs.rmSync(file);
  if (compact) assert.strictEqual(json.indexOf('\n'), json.length - 1);
  return { ...JSON.parse(json), stderr, name: files[0] };
}

// process.report.getReport()
const server = net.createServer(() => {});
server.listen(0, '127.0.0.1', () => {
  const report = process.report.getReport();
  assert.deepStrictEqual(Object.keys(report).filter((key) => key !== 'uvthreadResourceUsage'), [
    'header', 'javascriptStack', 'javascriptHeap', 'nativeStack', 'resourceUsage', 'libuv', 'workers',
    'environmentVariables', 'userLimits', 'sharedObjects',
  ]);
  const { header, javascriptStack, javascriptHeap, libuv, userLimits } = report;
  assert.strictEqual(header.reportVersion, 5);
  assert.strictEqual(header.event, 'JavaScript API');
  assert.strictEqual(header.trigger, 'GetReport');
  assert.strictEqual(header.filename, null);
  assert.strictEqual(header.processId, process.pid);
  assert.strictEqual(header.threadId, 0);
  assert.strictEqual(header.cwd, process.cwd());
  assert.strictEqual(header.nodejsVersion, process.version);
  assert.deepStrictEqual(header.componentVersions, { ...process.versions });
  assert.deepStrictEqual(header.release, { ...process.release });
  assert.strictEqual(header.osName, os.type());
  assert.strictEqual(header.cpus.length, os.cpus().length);
  assert.strictEqual(header.host, os.hostname());
  assert.match(javascriptStack.message, /^Error \[ERR_SYNTHETIC\]: JavaScript Callstack$/);
  assert(javascriptStack.stack.some((line) => line.includes('report_test.js')));
  assert(javascriptHeap.usedMemory > 1e6 && javascriptHeap.memoryLimit > javascriptHeap.usedMemory);
  assert(javascriptHeap.heapSpaces.new_space.capacity > 0);
  const listening = libuv.find(({ type, localEndpoint }) => type === 'tcp' && localEndpoint?.port === server.address().port);
  assert.strictEqual(listening.localEndpoint.ip4, '127.0.0.1');
  assert.strictEqual(listening.remoteEndpoint, null);
  assert.strictEqual(listening.is_active, true);
  assert.strictEqual(typeof libuv.find(({ type }) => type === 'loop').loopIdleTimeSeconds, 'number');
  assert(userLimits.open_files.soft > 0);
  server.close();

  const withError = process.report.getReport(Object.assign(new TypeError('mine'), { code: 'E_MINE' }));
  assert.strictEqual(withError.javascriptStack.message, 'TypeError: mine');
  assert.deepStrictEqual(withError.javascriptStack.errorProperties, { code: 'E_MINE' });
});

// Files
const written = reportOf([], 'console.log(process.report.writeReport())');
assert.match(written.name, /^report\.\d{8}\.\d{6}\.\d+\.0\.001\.json$/);
assert.strictEqual(written.header.filename, written.name);
assert.strictEqual(written.header.trigger, 'API');
assert.strictEqual(written.environmentVariables.A_VARIABLE, 'here');
assert.strictEqual(written.stderr, `\nWriting Node.js report to file: ${written.name}\nNode.js report completed\n`);
assert.strictEqual(reportOf([], 'process.report.writeReport("own.json")').name, 'own.json');
assert.strictEqual(reportOf(['--report-filename=set.json'], 'process.report.writeReport()').name, 'set.json');
const brief = reportOf(['--report-compact', '--report-exclude-env', '--report-exclude-network'], 'process.report.writeReport()', { compact: true });
assert.strictEqual(brief.environmentVariables, undefined);
assert.strictEqual(brief.header.networkInterfaces, undefined);

// Causes
const thrown = reportOf(['--report-uncaught-exception'], 'setTimeout(() => { throw new Error("fatal"); })');
assert.strictEqual(thrown.header.trigger, 'Exception');
assert.match(thrown.stderr, /Error: fatal[^]*Writing Node.js report[^]*Node\.js v24/);
const signalled = reportOf(['--report-on-signal', '--report-signal=SIGHUP'],
                           'process.kill(process.pid, "SIGHUP"); setTimeout(() => {}, 200)');
assert.deepStrictEqual([signalled.header.event, signalled.header.trigger], ['SIGHUP', 'Signal']);
const exhausted = reportOf(['--report-on-fatalerror', '--max-old-space-size=20'], 'const a = []; for (;;) a.push(new Array(1000).fill({}))');
assert.strictEqual(exhausted.header.event, 'Allocation failed - JavaScript heap out of memory');
assert.strictEqual(exhausted.header.trigger, 'OOMError');
assert.deepStrictEqual(exhausted.javascriptStack, { message: 'No stack.', stack: ['Unavailable.'], errorProperties: {} });

// Arguments and settings
const { report } = process;
for (const [name, value, code] of [
  ['directory', 1, 'ERR_INVALID_ARG_TYPE'], ['filename', 1, 'ERR_INVALID_ARG_TYPE'], ['compact', 1, 'ERR_INVALID_ARG_TYPE'],
  ['signal', 'SIGNONE', 'ERR_UNKNOWN_SIGNAL'], ['reportOnSignal', 1, 'ERR_INVALID_ARG_TYPE'],
]) assert.throws(() => { report[name] = value; }, { code });
assert.throws(() => report.writeReport(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => report.getReport(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.strictEqual(report.signal, 'SIGUSR2');
assert.strictEqual(report.reportOnFatalError, false);
