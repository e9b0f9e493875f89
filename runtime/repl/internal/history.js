'use strict';
// The history of the REPL in a file. Loaded by REPLServer.setupHistory().

const fs = require('fs');

const kDefaultSize = 30;
const kFileMode = 0o600;
const kDisabled = '\nPersistent history support disabled. Set the NODE_REPL_HISTORY environment\n' +
  'variable to a valid, user-writable path to enable.\n';
const kFileName = '.node_repl_history';

function defaultPath() {
  try {
    return require('path').join(require('os').homedir(), kFileName);
  } catch {
    return undefined;
  }
}

function fail(server, message, ready) {
  server._writeToOutput(message);
  server._refreshLine();
  disable(server, ready);
}

/** Says once, where the history would have been, why there is none. */
function disable(server, ready) {
  server._historyPrev = () => {
    server._writeToOutput(kDisabled);
    server._refreshLine();
    delete server._historyPrev;
  };
  ready(null, server);
}

/** Reads the file into the server's history and writes it back when lines are added. */
function setupHistory(server, given, ready) {
  const { filePath, size, onHistoryFileLoaded = ready } =
    given !== null && typeof given === 'object' ? given : { filePath: given };
  // What Node has there writes later; this has written when it is asked.
  server.historyManager = { isFlushing: false };
  if (size !== undefined) server.historySize = size;
  server.historySize ||= kDefaultSize;
  const callback = onHistoryFileLoaded ?? (() => {});
  if (typeof filePath === 'string' && filePath.trim() === '') {
    disable(server, callback);
    return;
  }
  const path = filePath || defaultPath();
  if (path === undefined) {
    fail(server, '\nError: Could not get the home directory.\nREPL session history will not be persisted.\n', callback);
    return;
  }
  try {
    fs.closeSync(fs.openSync(path, 'a+', kFileMode));
    const lines = fs.readFileSync(path, 'utf8').split(/\r?\n/).filter((line) => line !== '');
    server.history = lines.slice(0, server.historySize);
  } catch {
    fail(server, '\nError: Could not open history file.\nREPL session history will not be persisted.\n', callback);
    return;
  }
  let isDirty = false;
  const flush = () => {
    if (!isDirty) return;
    isDirty = false;
    fs.writeFileSync(path, server.history.join('\n'), { __proto__: null, mode: kFileMode });
    server.emit('flushHistory');
  };
  server.on('line', () => { isDirty = true; });
  server.once('exit', flush);
  process.nextTick(() => {
    // Lines that came with this one are kept.
    flush();
    callback(null, server);
  });
}

module.exports = { setupHistory };
