// Where cluster puts its hand in: in a cluster worker `worker` is the cluster module, which asks the primary for listening
// sockets (_getServer(server, where, callback)); null in every other process.
'use strict';

module.exports = { worker: null };
