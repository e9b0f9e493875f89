// only gyre: in node such a connection stays open, and nobody's, until the primary ends
// The last worker has closed its server, and is there to refuse the connection.
require('./lib/last_server')((server) => {
  server.close();
  setTimeout(() => process.disconnect(), 100);
});
