// only gyre: node ends with a signal
// What no snapshot can hold is named; what is closed, or unreachable, is no hindrance.
const { build } = require('./support/snapshots.js');

for (const program of [
  'globalThis.server = require("net").createServer().listen(0).unref()',
  'require("net").createServer().listen(0).unref()',
  'const s = require("net").createServer().listen(0, () => s.close())',
  'process.on("SIGUSR2", () => {})',
  'process.on("SIGUSR2", console.log).removeListener("SIGUSR2", console.log)',
  'globalThis.hash = require("crypto").createHash("sha1")',
  'require("crypto").createHash("sha1")',
  'globalThis.key = require("crypto").createSecretKey(Buffer.from("key"))',
  'globalThis.packer = require("zlib").createGzip()',
  'globalThis.port = new MessageChannel().port1',
  'globalThis.context = require("vm").createContext({})',
  'require("vm").runInNewContext("1 + 1")',
  'globalThis.script = new (require("vm").Script)("1")',
  'globalThis.format = new Intl.NumberFormat("en")',
  'new Intl.NumberFormat("en").format(1.5)',
  'globalThis.watcher = require("fs").watch(".").unref()',
  'globalThis.locked = require("perf_hooks").monitorEventLoopDelay()',
  'globalThis.timer = setTimeout(() => {}, 1e5).unref(); globalThis.stdout = process.stdout',
]) {
  const { status, stderr } = build(program, ['--no-warnings']);
  console.log(`${program}\n  ${`${status} ${stderr.split('\n')[0]}`.trim()}`);
}
