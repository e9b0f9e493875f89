'use strict';

// `_stream_passthrough`: the name under which streams were reached before the `stream` module exported them all.

module.exports = require('stream').PassThrough;
