'use strict';
// What the native side of zlib may read while a program goes on.
// Run once per realm by internal/zlib/base and zlib/iter.

const { canShrink } = internalBinding('zlib');

/** `view`, or a copy of it when a program can take its memory away under the thread that reads it. */
function stableInput(view) {
  return canShrink(view) ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice() : view;
}

module.exports = { stableInput };
