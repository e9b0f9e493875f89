'use strict';

// stream/promises.

const { finished } = require('internal/stream/end_of_stream');
const { isIterable, isNodeStream, isWebStream } = require('internal/stream/utils');

/**
 * @param {...any} streams the last may be {signal, end}
 * @returns {Promise<any>} of what a final function has returned
 */
function pipeline(...streams) {
  return new Promise((resolve, reject) => {
    let signal;
    let end;
    const last = streams[streams.length - 1];
    if (last && typeof last === 'object' && !isNodeStream(last) && !isIterable(last) && !isWebStream(last)) {
      const options = streams.pop();
      signal = options.signal;
      end = options.end;
      if (options.end === undefined) end = true;
    }
    require('internal/stream/pipeline').runPipeline(streams, (err, value) => {
      if (err) reject(err); else resolve(value);
    }, { signal, end });
  });
}

module.exports = { finished, pipeline };
