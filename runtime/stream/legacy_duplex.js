'use strict';

// `_stream_duplex`: the name under which streams were reached before the `stream` module exported them all.

module.exports = require('stream').Duplex;
