'use strict';

// The built-ins that a small program is likely to touch: evaluated here, at build time, they cost nothing at start.
// A built-in that does not exist in this build is passed over; everything else is loaded on first use.

const { exists } = require('internal/bootstrap/realm');

for (const id of [
  'internal/errors',
  'internal/validators',
  'internal/util',
  'internal/util/inspect',
  'internal/util/types',
  'internal/options',
  'events',
  'buffer',
  'path',
  'internal/url',
  'util',
  'fs',
  'timers',
  'console',
  'internal/stdio',
  'internal/modules/cjs_loader',
  'internal/modules/run_main',
  'internal/process/warning',
  'internal/process/signals',
]) {
  if (exists(id)) require(id);
}
