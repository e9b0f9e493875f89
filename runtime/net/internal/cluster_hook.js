// Where cluster puts its hand in: in a cluster worker `worker` asks the primary for listening sockets
// (getServer(server, where, callback)); null in every other process.
'use strict';

module.exports = { worker: null };
