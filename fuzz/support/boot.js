'use strict';

// Run by js_target.cc when a fuzz target starts: what a program finds, without one.

require('internal/bootstrap/startup').startRealm();
