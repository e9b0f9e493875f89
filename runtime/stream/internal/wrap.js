'use strict';

// Readable.prototype.wrap: an old-style stream (data events, pause and resume) behind a Readable. Loaded on first use.

const { errorOrDestroy } = require('internal/stream/destroy');

function wrap(readable, source) {
  let paused = false;

  source.on('data', (chunk) => {
    if (!readable.push(chunk) && source.pause) {
      paused = true;
      source.pause();
    }
  });
  source.on('end', () => readable.push(null));
  source.on('error', (err) => errorOrDestroy(readable, err));
  source.on('close', () => readable.destroy());
  source.on('destroy', () => readable.destroy());

  readable._read = () => {
    if (paused && source.resume) {
      paused = false;
      source.resume();
    }
  };

  // Whatever else the old stream can do, the new one can.
  for (const key of Object.keys(source)) {
    if (readable[key] === undefined && typeof source[key] === 'function') readable[key] = source[key].bind(source);
  }
  return readable;
}

module.exports = { wrap };
