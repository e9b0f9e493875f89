'use strict';
// The Date header, which is made once per second. The property: whatever the clock does, forwards or backwards, the text
// is that of its second, in the form of RFC 9110. The input is a list of steps of the clock: signed 32-bit milliseconds.

const assert = require('assert');
const { Buffer } = require('buffer');
const { utcDate } = require('internal/http/common');

const START = Date.UTC(2001, 8, 9, 1, 46, 40);
const IMF_FIXDATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

module.exports = function dateHeaderProperty(bytes) {
  const steps = Buffer.from(bytes);
  const realNow = Date.now;
  let now = START;
  Date.now = () => now;
  try {
    for (let at = 0; at + 4 <= steps.length; at += 4) {
      now = Math.max(0, now + steps.readInt32LE(at));
      const text = utcDate();
      assert.match(text, IMF_FIXDATE);
      assert.strictEqual(Date.parse(text), now - (now % 1000));
    }
  } finally {
    Date.now = realNow;
  }
};
