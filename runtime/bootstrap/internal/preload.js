'use strict';

// The built-ins that nearly every program touches: evaluated here, at build time. Each of their functions costs every
// start, of workers too, so what only some programs use (fs, util) is not among them; it has its code cached.
// A built-in that does not exist in this build is passed over.

const { exists } = require('internal/bootstrap/realm');

for (const id of [
  'internal/errors',
  'internal/validators',
  'internal/util',
  'internal/options',
  'events',
  'buffer',
  'path',
  'timers',
  'console',
  'internal/modules/cjs_loader',
  'internal/modules/run_main',
]) {
  if (exists(id)) require(id);
}
