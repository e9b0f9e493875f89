'use strict';
// The Date of mock.timers. Loaded by internal/test_runner/mock/mock_timers.

/**
 * A class that looks like `RealDate`, but for what time it is.
 * @param {() => number} now
 */
function makeMockDate(RealDate, now) {
  function Date(...args) {
    if (new.target === undefined) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, new.target === Date ? RealDate : new.target);
  }
  const { prototype, ...statics } = Object.getOwnPropertyDescriptors(RealDate);
  Object.defineProperties(Date, {
    ...statics,
    prototype: { __proto__: null, value: RealDate.prototype },
    now: { __proto__: null, configurable: true, enumerable: false, writable: true, value: function() { return now(); } },
    toString: {
      __proto__: null, configurable: true, enumerable: false, writable: true,
      value: function() { return RealDate.toString(); },
    },
    isMock: { __proto__: null, configurable: false, enumerable: true, writable: false, value: true },
  });
  return Date;
}

module.exports = { makeMockDate };
