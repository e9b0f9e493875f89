// The calls as JavaScript makes them: types, bounds of the memory, results.
const { show, started } = require('./common/show');

const { imports, memory, grow } = started({ args: ['a', 'bc'], env: { X: 'y', none: undefined, five: 5 } });
const calls = [
  ['args_get'], ['args_get', 1], ['args_get', 'a', 'b'], ['args_get', 1n, 2], ['args_get', 1.5, 100], ['args_get', 0, 100, 5],
  ['args_get', 0, 100], ['args_get', 1e9, 0], ['args_get', 0, 65535], ['args_get', 65530, 0],
  ['args_sizes_get', 0, 4], ['args_sizes_get', 65533, 4], ['environ_get', 200, 264], ['environ_sizes_get', 8, 12],
  ['clock_res_get', 0, 300], ['clock_res_get', 9, 300], ['clock_time_get', 0, 0n, 300], ['clock_time_get', 0, 0, 300],
  ['clock_time_get', 1, 0n, 65530], ['fd_write', 1, 65536, 1, 0], ['fd_write', 1, 0, 100000, 0], ['fd_write', 1, 65528, 2, 0],
  ['fd_close', 77], ['fd_prestat_get', 3, 0], ['random_get', 300, 10], ['random_get', 65530, 10], ['random_get', 65536, 0],
  ['sched_yield'], ['sched_yield', 1], ['proc_raise', 0], ['sock_accept', 5, 0, 0], ['sock_shutdown', 1, 1],
  ['poll_oneoff', 0, 0, 0, 0], ['fd_seek', 1, 0, 0, 8], ['fd_readdir', 3, 0, 10, 0n, 0],
  ['path_open', 3, 0, 0, 1, 0, 0n, 0n, 0, 0], ['fd_fdstat_get', 77, 0], ['fd_fdstat_get', 77, 65530],
];
for (const [name, ...args] of calls) show(`${name}(${args.map(String)})`, () => imports[name](...args));
imports.args_get(0, 100);
imports.args_sizes_get(16, 20);
console.log(memory.subarray(0, 24).toString('hex'), JSON.stringify(memory.toString('latin1', 100, 105)));
imports.environ_get(200, 264);
console.log(memory.readUInt32LE(200), memory.readUInt32LE(204), JSON.stringify(memory.toString('latin1', 264, 275)));
show('unbound', () => (0, imports.sched_yield)());
grow();
show('in memory that has grown', () => imports.random_get(65530, 10));
