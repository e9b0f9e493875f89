'use strict';

// Run once by internal/bootstrap/realm, at build time for the start-up snapshot: makes the process object and the
// globals, and evaluates the built-ins that small programs touch.

const { setRealmValue } = internalBinding('builtins');

// Shared memory between C++ (runtime/loop/js_scope.h, runtime/timers/binding.cc) and JavaScript comes first.
require('internal/async_hooks');
require('internal/process/tick');
require('internal/timers');

require('internal/process/object').setUp();
require('internal/bootstrap/globals').setUp();

const startup = require('internal/bootstrap/startup');
const { onUncaughtException, printFatal } = require('internal/process/execution');
const { onPromiseReject } = require('internal/process/promises');

setRealmValue('startMainThread', startup.startMainThread);
setRealmValue('startWorker', startup.startWorker);
setRealmValue('emitBeforeExit', startup.emitBeforeExit);
setRealmValue('emitExit', startup.emitExit);
setRealmValue('onUncaughtException', onUncaughtException);
setRealmValue('printFatal', printFatal);
setRealmValue('onPromiseReject', onPromiseReject);

require('internal/bootstrap/preload');
