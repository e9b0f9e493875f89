// only gyre: in node such a connection stays open, and nobody's, until the primary ends
// The last worker goes when its server has closed.
require('./lib/last_server')((server) => server.close(() => process.disconnect()));
