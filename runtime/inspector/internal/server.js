'use strict';

// The server that debuggers of other processes connect to: started by --inspect and its relatives, inspector.open() or
// SIGUSR1. Loaded by the first of them.

const binding = internalBinding('inspector');
const { exitCodes: { kInvalidDebugArgument } } = internalBinding('process');
const { getOptionValue } = require('internal/options');
const { self } = require('internal/worker/shared');

/** Where the server's address is told: on standard error, over HTTP. */
function publishing() {
  const places = (getOptionValue('--inspect-publish-uid') || 'stderr,http').split(',');
  return [places.includes('http'), places.includes('stderr')];
}

function describe() {
  const script = process.argv[1];
  if (!self.isMainThread) return [`Worker[${self.threadId}]`, script ?? ''];
  if (script === undefined) return [`${process.title}[${process.pid}]`, 'file://'];
  const path = require('path');
  return [script, require('internal/url').pathToFileURL(path.resolve(script)).href];
}

/** Throws where the permission model does not allow it. */
function checkPermission() {
  if (process.permission === undefined) return;
  const { check, scopes } = internalBinding('permission');
  check(scopes.inspector, '');
}

/** Listens; the text of an error when that fails. */
function listen(port, host) {
  checkPermission();
  require('internal/inspector/agent');
  const error = binding.open(host, port, describe(), ...publishing());
  if (error === undefined && self.isMainThread) process.debugPort = binding.port();
  return error;
}

function isOpen() {
  return binding.url() !== undefined;
}

/** @returns {boolean} whether there is an inspector now */
function open(port, host) {
  const error = listen(port ?? process.debugPort, host || getOptionValue('--inspect-port').host);
  if (error === undefined) return true;
  internalBinding('process').writeStderr(`${error}\n`);
  return false;
}

/** Before the program of the main thread runs, when an option asks for it. */
function startFromOptions() {
  const { port, host } = getOptionValue('--inspect-port');
  const waits = getOptionValue('--inspect-brk') || getOptionValue('--inspect-wait');
  if (!waits && !getOptionValue('--inspect')) return;
  const error = listen(port, host);
  if (error !== undefined) {
    internalBinding('process').writeStderr(`${error}\n`);
    if (waits) process.reallyExit(kInvalidDebugArgument);
    return;
  }
  if (!waits) return;
  require('internal/modules/shared').state.breaksOnStart = getOptionValue('--inspect-brk');
  binding.waitForDebugger();
}

function startBySignal() {
  if (!isOpen()) open();
}

module.exports = { checkPermission, isOpen, open, startBySignal, startFromOptions };
