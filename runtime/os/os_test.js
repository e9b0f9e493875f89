'use strict';
// os: shapes, constants and the few things that can be checked against the system's own files.

const assert = require('assert');
const fs = require('fs');
const os = require('os');

assert.strictEqual(os.EOL, '\n');
assert.strictEqual(os.devNull, '/dev/null');
assert.strictEqual(os.type(), 'Linux');
assert.strictEqual(os.release(), fs.readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim());
assert.strictEqual(os.hostname(), fs.readFileSync('/proc/sys/kernel/hostname', 'utf8').trim());
assert.strictEqual(`${os.hostname}`, os.hostname());
assert.ok(os.uptime() > 0);
assert.strictEqual(os.loadavg().length, 3);
assert.ok(os.totalmem() > os.freemem());
assert.ok(os.availableParallelism() >= 1);
for (const cpu of os.cpus()) {
  assert.deepStrictEqual(Object.keys(cpu.times), ['user', 'nice', 'sys', 'idle', 'irq']);
}

const { lo } = os.networkInterfaces();
if (lo !== undefined) {
  const v4 = lo.find(({ family }) => family === 'IPv4');
  assert.deepStrictEqual(v4, {
    address: '127.0.0.1',
    netmask: '255.0.0.0',
    family: 'IPv4',
    mac: '00:00:00:00:00:00',
    internal: true,
    cidr: '127.0.0.1/8',
  });
}

const user = os.userInfo();
assert.strictEqual(user.uid, process.getuid());
assert.strictEqual(user.gid, process.getgid());
assert.ok(Buffer.isBuffer(os.userInfo({ encoding: 'buffer' }).homedir));

assert.strictEqual(os.constants.signals.SIGTERM, 15);
assert.strictEqual(os.constants.errno.ENOENT, 2);
assert.strictEqual(os.constants.priority.PRIORITY_LOW, 19);
assert.ok(Object.isFrozen(os.constants.signals));
assert.strictEqual(os.getPriority(), os.getPriority(process.pid));
assert.throws(() => os.getPriority(-1), { code: 'ERR_SYSTEM_ERROR', name: 'SystemError' });
assert.throws(() => os.setPriority(0, 20), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => os.getPriority('1'), { code: 'ERR_INVALID_ARG_TYPE' });

process.env.TMPDIR = '/some/where/';
assert.strictEqual(os.tmpdir(), '/some/where');
