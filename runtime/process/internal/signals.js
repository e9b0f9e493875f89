'use strict';

// Signal events of process: the first listener of a signal starts watching it, the last one gone restores the default
// action. Installed on process by internal/process/object.

const handles = new Map();

const isSignal = (event) => typeof event === 'string' && event.startsWith('SIG') && event in require('os').constants.signals;

/** A debugger's CPU profiler takes its samples by this signal. */
function warnOfProfiler() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--inspect') || getOptionValue('--inspect-brk') || getOptionValue('--inspect-wait')) {
    process.emitWarning('process.on(SIGPROF) is reserved while debugging');
  }
}

function startListening(event) {
  if (!isSignal(event) || handles.has(event)) return;
  if (event === 'SIGPROF') warnOfProfiler();
  const { Signal } = internalBinding('signal');
  const handle = new Signal();
  handle.unref();
  handle.onsignal = (signum) => process.emit(event, event, signum);
  const error = handle.start(require('os').constants.signals[event]);
  if (error !== 0) {
    handle.close();
    throw new (require('internal/errors').ErrnoException)(error, 'uv_signal_start');
  }
  handles.set(event, handle);
}

function stopListening(event) {
  const handle = handles.get(event);
  if (handle === undefined || process.listenerCount(event) > 0) return;
  handle.close();
  handles.delete(event);
}

module.exports = { startListening, stopListening };
