'use strict';
// node:test as a user sees it: order, hooks, failures, filters, events and reporters. Runs under Node, too.

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');
const test = require('node:test');
const { tap, spec, dot, junit } = require('node:test/reporters');

assert.throws(() => require('test'), { code: 'MODULE_NOT_FOUND' });
assert.strictEqual(test.test, test);
assert.strictEqual(test.it, test);
assert.strictEqual(test.describe, test.suite);
for (const reporter of [tap, spec, dot, junit]) assert.strictEqual(typeof reporter, 'function');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'test-runner-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));

/** Runs a program that defines tests; what it prints, and its exit code. */
function runProgram(source, ...options) {
  const file = path.join(folder, `${runProgram.count++}.test.js`);
  fs.writeFileSync(file, `'use strict';\nconst { test, describe, it, before, after, beforeEach, afterEach, mock } = require('node:test');\n${source}`);
  const env = { ...process.env };
  delete env.NODE_TEST_CONTEXT;
  const { stdout, stderr, status } = spawnSync(process.execPath, [...options, file], { encoding: 'utf8', env });
  return { file, stdout: stdout.replaceAll(/duration_ms:? [\d.]+/g, 'duration_ms N').replaceAll(/\([\d.]+ms\)/g, '(N)'), stderr, status };
}
runProgram.count = 0;

const tapOf = (source, ...options) => runProgram(source, '--test-reporter=tap', ...options);

test('results are reported in the order of definition, whatever finishes first', () => {
  const { stdout, status } = tapOf(`
    test('parent', { concurrency: 2 }, async (t) => {
      t.test('slow', () => new Promise((resolve) => { setTimeout(resolve, 20); }));
      t.test('fast', () => {});
    });`);
  assert.strictEqual(status, 0);
  assert.ok(stdout.indexOf('ok 1 - slow') < stdout.indexOf('ok 2 - fast'));
  assert.match(stdout, /1\.\.2\nok 1 - parent/);
});

test('hooks run around the tests they are for', () => {
  const { stdout } = tapOf(`
    const order = [];
    describe('outer', () => {
      before(() => order.push('before'));
      beforeEach(() => order.push('beforeEach'));
      afterEach(() => order.push('afterEach'));
      after(() => { order.push('after'); console.log(order.join()); });
      it('one', () => order.push('one'));
      describe('inner', () => {
        beforeEach(() => order.push('inner beforeEach'));
        it('two', () => order.push('two'));
      });
    });`);
  assert.match(stdout, /^before,beforeEach,one,afterEach,beforeEach,inner beforeEach,two,afterEach,after$/m);
});

test('failures have a type and the exit code 1', () => {
  const { stdout, status } = tapOf(`
    test('throws', () => { throw new Error('thrown'); });
    test('times out', { timeout: 5 }, () => new Promise(() => {}));
    test('calls back twice', (t, done) => { done(); done(); });
    test('both', async (t, done) => {});
    test('throws later', (t, done) => { setImmediate(() => { throw new Error('later'); }); });
    test('too many', (t) => { t.plan(1); t.assert.ok(1); t.assert.ok(1); });
    test('fails as expected', { expectFailure: /exactly/ }, () => { throw new Error('exactly this'); });
    test('todo', { todo: 'some day' }, () => { throw new Error('not yet'); });
    test('skipped', { skip: 'why not' }, () => { throw new Error('never'); });`);
  assert.strictEqual(status, 1);
  const types = [...stdout.matchAll(/failureType: '(\w+)'/g)].map(([, type]) => type);
  assert.deepStrictEqual(types, [
    'testCodeFailure', 'testTimeoutFailure', 'multipleCallbackInvocations', 'callbackAndPromisePresent', 'uncaughtException',
    'testCodeFailure', 'testCodeFailure',
  ]);
  assert.match(stdout, /error: 'plan expected 1 assertions but received 2'/);
  assert.match(stdout, /ok 7 - fails as expected # EXPECTED FAILURE/);
  assert.match(stdout, /not ok 8 - todo # TODO some day/);
  assert.match(stdout, /ok 9 - skipped # SKIP why not/);
  assert.match(stdout, /# tests 9\n# suites 0\n# pass 1\n# fail 5\n# cancelled 1\n# skipped 1\n# todo 1\n/);
});

test('an error after the end of its test is no failure of another', () => {
  const { stdout, status } = tapOf(`
    test('leaves something behind', () => { setImmediate(() => { throw new Error('late'); }); });
    test('goes on', () => new Promise((resolve) => { setTimeout(resolve, 10); }));`);
  assert.strictEqual(status, 1);
  assert.match(stdout, /# pass 2/);
  assert.match(stdout, /# Error: Test "leaves something behind" at .* generated asynchronous activity after the test ended/);
});

test('names, patterns and only choose tests', () => {
  const source = `
    test('a', () => {});
    describe('suite', () => { it('b', () => {}); it('c', () => {}); });`;
  const names = ({ stdout }) => [...stdout.matchAll(/^ *ok \d+ - (.*)$/gm)].map(([, name]) => name);
  assert.deepStrictEqual(names(tapOf(source, '--test-name-pattern=suite b')), ['b', 'suite']);
  assert.deepStrictEqual(names(tapOf(source, '--test-skip-pattern=/B|A/i')), ['c', 'suite']);
  assert.deepStrictEqual(names(tapOf(source.replace("it('c'", "it.only('c'"))), ['c', 'suite']);
});

test('--test runs each file in a process', () => {
  const passing = runProgram("test('one', () => {}); console.log('said');").file;
  const failing = runProgram("test('two', () => { throw new Error('no'); });").file;
  const env = { ...process.env };
  delete env.NODE_TEST_CONTEXT;
  const { stdout, status } = spawnSync(
    process.execPath, ['--test', '--test-reporter=tap', passing, failing], { encoding: 'utf8', env });
  assert.strictEqual(status, 1);
  assert.match(stdout, /^# said$/m);
  assert.match(stdout, /^ok 1 - one$/m);
  assert.match(stdout, /^not ok 2 - two$/m);
  assert.match(stdout, /^# pass 1\n# fail 1$/m);
});

test('mocks of functions, methods and properties', (t) => {
  const add = t.mock.fn((a, b) => a + b);
  assert.strictEqual(add(1, 2), 3);
  assert.deepStrictEqual(add.mock.calls[0].arguments, [1, 2]);
  add.mock.mockImplementationOnce(() => 'once');
  assert.deepStrictEqual([add(1, 2), add(1, 2)], ['once', 3]);

  const object = { value: 1, double() { return this.value * 2; } };
  t.mock.method(object, 'double', function() { return this.value * 20; });
  const property = t.mock.property(object, 'value', 5);
  assert.strictEqual(object.double(), 100);
  assert.strictEqual(property.mock.accessCount(), 1);
  t.mock.reset();
  assert.strictEqual(object.double(), 2);
});

test('mocked timers and dates', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1000 });
  const order = [];
  setTimeout(() => order.push('second'), 20);
  setTimeout(() => order.push('first'), 10);
  const interval = setInterval(() => order.push('tick'), 15);
  t.mock.timers.tick(30);
  clearInterval(interval);
  assert.deepStrictEqual(order, ['first', 'tick', 'second', 'tick']);
  assert.strictEqual(Date.now(), 1030);
  assert.strictEqual(new Date().getTime(), 1030);
  const wait = require('timers/promises').setTimeout(100, 'value');
  t.mock.timers.runAll();
  assert.strictEqual(await wait, 'value');
});

test('t.waitFor() polls', async (t) => {
  let calls = 0;
  const value = await t.waitFor(() => {
    if (++calls < 3) throw new Error('not yet');
    return calls;
  }, { interval: 1 });
  assert.strictEqual(value, 3);
  await assert.rejects(t.waitFor(() => { throw new Error('never'); }, { timeout: 5, interval: 1 }), (error) => {
    assert.strictEqual(error.message, 'waitFor() timed out');
    assert.strictEqual(error.cause.message, 'never');
    return true;
  });
});

test('snapshots are written, then compared', () => {
  const source = "test('value', (t) => { t.assert.snapshot({ a: 1, b: '`' }); });";
  const { file, status } = runProgram(source);
  assert.strictEqual(status, 1);
  const options = { encoding: 'utf8', env: { ...process.env, NODE_TEST_CONTEXT: undefined } };
  assert.strictEqual(spawnSync(process.execPath, ['--test-update-snapshots', file], options).status, 0);
  assert.strictEqual(fs.readFileSync(`${file}.snapshot`, 'utf8'), 'exports[`value 1`] = `\n{\n  "a": 1,\n  "b": "\\`"\n}\n`;\n');
  assert.strictEqual(spawnSync(process.execPath, [file], options).status, 0);
});

test('run() streams events', async () => {
  const { file } = runProgram("test('one', { tags: [] }, async (t) => { await t.test('two', () => {}); t.diagnostic('said'); });");
  const script = path.join(folder, 'runner.js');
  fs.writeFileSync(script, `
    const { run } = require('node:test');
    const types = [];
    const stream = run({ files: [${JSON.stringify(file)}] });
    stream.on('data', ({ type, data }) => types.push(data.name === undefined ? type : type + ' ' + data.name));
    stream.on('end', () => console.log(JSON.stringify(types)));`);
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const types = JSON.parse(spawnSync(process.execPath, [script], { encoding: 'utf8', env }).stdout);
  const verdicts = types.filter((type) => /^test:(?:start|pass|plan|diagnostic|summary)/.test(type));
  assert.deepStrictEqual(verdicts.slice(0, 7), [
    'test:start one', 'test:start two', 'test:pass two', 'test:plan', 'test:pass one', 'test:diagnostic', 'test:summary',
  ]);
});

test('run() in watch mode runs again what a change concerns', async () => {
  const watched = fs.mkdtempSync(path.join(folder, 'watched-'));
  const write = (name, text) => fs.writeFileSync(path.join(watched, name), text);
  write('dependency.js', '');
  write('a.test.js', "require('./dependency.js'); require('node:test')('a', () => {});");
  write('b.test.js', "require('node:test')('b', () => {});");
  const script = path.join(folder, 'watcher.js');
  fs.writeFileSync(script, `
    const { run } = require('node:test');
    const fs = require('fs');
    const controller = new AbortController();
    const steps = [() => fs.writeFileSync('dependency.js', ''), () => fs.writeFileSync('c.test.js', ''), () => controller.abort()];
    const log = [];
    const stream = run({ watch: true, signal: controller.signal });
    stream.on('data', ({ type, data }) => {
      if (type === 'test:pass') log.push(data.name);
      if (type === 'test:watch:restarted') log.push('again');
      if (type === 'test:watch:drained') setTimeout(steps.shift(), 50);
    });
    stream.on('end', () => console.log(log.join(' ')));`);
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8', env, cwd: watched, timeout: 30_000 });
  assert.strictEqual(stdout, 'a b again a again c.test.js\n', stderr);
});

test('--test-rerun-failures runs again only what has failed', () => {
  const state = path.join(folder, 'state.json');
  const source = `
    const said = (name) => console.log('# ran ' + name);
    for (const name of ['one', 'two']) test(name, () => said(name));
    test('flaky', ({ attempt }) => { said('flaky ' + attempt); if (attempt === 0) throw new Error('not yet'); });`;
  const file = path.join(folder, 'rerun.test.js');
  fs.writeFileSync(file, `const { test } = require('node:test');\n${source}`);
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const attempt = () => spawnSync(process.execPath, ['--test-rerun-failures', state, '--test-reporter=tap', file], { encoding: 'utf8', env });
  const ran = ({ stdout }) => stdout.match(/# ran .*/g);
  const first = attempt();
  assert.deepStrictEqual(ran(first), ['# ran one', '# ran two', '# ran flaky 0']);
  assert.strictEqual(first.status, 1);
  const second = attempt();
  assert.deepStrictEqual(ran(second), ['# ran flaky 1']);
  assert.strictEqual(second.status, 0, second.stdout);
  const attempts = JSON.parse(fs.readFileSync(state, 'utf8'));
  assert.deepStrictEqual(attempts.map((passed) => Object.values(passed).map(({ name }) => name)), [['one', 'two'], ['one', 'two', 'flaky']]);
});
