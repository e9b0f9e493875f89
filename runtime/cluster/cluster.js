// require('cluster'): the primary's side, or the worker's in a process that cluster.fork() started. Not part of the
// start-up snapshot: which of the two it is, is known only when a process runs.
'use strict';

const { worker } = require('internal/net/cluster_hook');

module.exports = require(worker === null ? 'internal/cluster/primary' : 'internal/cluster/child');
