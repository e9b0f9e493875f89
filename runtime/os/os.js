'use strict';
// The public module `os`: facts about the machine and the user.

const { Buffer } = require('buffer');
const { codes: { ERR_SYSTEM_ERROR } } = require('internal/errors');
const { getCIDR, isWindows } = require('internal/util');
const { validateInt32 } = require('internal/validators');
const binding = internalBinding('os');

const { UV_UDP_REUSEADDR, dlopen, errno, priority, signals } = binding.constants;

/** Tables without a prototype; those of signals and dlopen flags are fixed, as in Node. */
function table(values) {
  return Object.assign(Object.create(null), values);
}

const constants = table({
  UV_UDP_REUSEADDR,
  dlopen: table(dlopen),
  errno: table(errno),
  signals: Object.freeze(table(signals)),
  priority: table(priority),
});

// What cannot change while the process lives is asked for once.
let uname;
function getUname() {
  uname ??= binding.uname();
  return uname;
}

/** libuv's failures come as a SystemError here, whose context names the call. */
function checked(native) {
  return (...args) => {
    try {
      return native(...args);
    } catch (error) {
      const message = error.message.slice(error.message.indexOf(': ') + 2,
                                          error.message.lastIndexOf(', '));
      throw new ERR_SYSTEM_ERROR({
        errno: error.errno, code: error.code, message, syscall: error.syscall,
      });
    }
  };
}

const nativeHostname = checked(binding.hostname);
const nativeHomedir = checked(binding.homeDirectory);
const nativeInterfaces = checked(binding.interfaceAddresses);
const nativeUptime = checked(binding.uptime);
const nativeUserInfo = checked(binding.userInfo);
const nativeGetPriority = checked(binding.getPriority);
const nativeSetPriority = checked(binding.setPriority);

const arch = () => process.arch;
const platform = () => process.platform;
const availableParallelism = () => binding.availableParallelism();
const freemem = () => binding.freeMemory();
const totalmem = () => binding.totalMemory();
const type = () => getUname()[0];
const version = () => getUname()[1];
const release = () => getUname()[2];
const machine = () => getUname()[3];

function endianness() {
  return binding.isBigEndian() ? 'BE' : 'LE';
}

function hostname() {
  return nativeHostname();
}

function homedir() {
  return nativeHomedir();
}

function uptime() {
  return nativeUptime();
}

function loadavg() {
  return binding.loadAverage();
}

function tmpdir() {
  const { env } = process;
  const path = env.TMPDIR || env.TMP || env.TEMP || '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

const kCpuFields = 7;

function cpus() {
  const data = binding.cpus();
  const result = [];
  for (let i = 0; i < data.length; i += kCpuFields) {
    result.push({
      model: data[i],
      speed: data[i + 1],
      times: {
        user: data[i + 2],
        nice: data[i + 3],
        sys: data[i + 4],
        idle: data[i + 5],
        irq: data[i + 6],
      },
    });
  }
  return result;
}

const kAddressFields = 7;

function networkInterfaces() {
  const data = nativeInterfaces();
  const result = {};
  for (let i = 0; i < data.length; i += kAddressFields) {
    const [name, address, netmask, family, mac, internal, scopeid] =
      data.slice(i, i + kAddressFields);
    const entry = { address, netmask, family, mac, internal, cidr: getCIDR(address, netmask, family) };
    if (scopeid !== -1) entry.scopeid = scopeid;
    (result[name] ??= []).push(entry);
  }
  return result;
}

function setPriority(pid, priority) {
  if (priority === undefined) {
    priority = pid;
    pid = 0;
  }
  validateInt32(pid, 'pid');
  validateInt32(priority, 'priority', -20, 19);
  nativeSetPriority(pid, priority);
}

function getPriority(pid) {
  if (pid === undefined) pid = 0;
  else validateInt32(pid, 'pid');
  return nativeGetPriority(pid);
}

function userInfo(options) {
  const asBuffers = options?.encoding === 'buffer';
  const [uid, gid, username, homedir, shell] = nativeUserInfo(asBuffers);
  const text = (value) => (asBuffers && value !== null ? Buffer.from(value) : value);
  return {
    __proto__: null,
    uid,
    gid,
    username: text(username),
    homedir: text(homedir),
    shell: text(shell),
  };
}

// Each of these converts to its result: `${os.hostname}` has always worked.
const convertible = {
  arch, availableParallelism, endianness, freemem, homedir, hostname, machine, platform, release,
  tmpdir, totalmem, type, uptime, version,
};
for (const fn of Object.values(convertible)) fn[Symbol.toPrimitive] = () => fn();

module.exports = {
  arch,
  availableParallelism,
  cpus,
  endianness,
  freemem,
  getPriority,
  homedir,
  hostname,
  loadavg,
  networkInterfaces,
  platform,
  release,
  setPriority,
  tmpdir,
  totalmem,
  type,
  userInfo,
  uptime,
  version,
  machine,
};

Object.defineProperties(module.exports, {
  constants: { configurable: false, enumerable: true, value: constants },
  EOL: { configurable: true, enumerable: true, writable: false, value: isWindows ? '\r\n' : '\n' },
  devNull: {
    configurable: true, enumerable: true, writable: false, value: isWindows ? '\\\\.\\nul' : '/dev/null',
  },
});
