'use strict';

// internal/validators, with --expose-internals. Runs under Node, too.

const assert = require('assert');
const validators = require('internal/validators');

function check(name, args, expected) {
  assert.throws(() => validators[name](...args), { message: expected }, `${name}(${args})`);
}

// Accepted.
validators.validateString('', 'name');
validators.validateInteger(5, 'name', 1, 5);
validators.validateNumber(NaN, 'name');
validators.validateObject([], 'name', validators.kValidateObjectAllowArray);
validators.validateAbortSignal(undefined, 'name');
validators.validateBuffer(new DataView(new ArrayBuffer(1)));
assert.strictEqual(validators.validatePort('0x50'), 80);
assert.strictEqual(validators.parseFileMode('644', 'mode'), 0o644);
assert.strictEqual(validators.parseFileMode(undefined, 'mode', 0o666), 0o666);
assert.strictEqual(validators.validateLinkHeaderValue(['<a>; rel=preload', '<b>']),
                   '<a>; rel=preload, <b>');
assert.strictEqual(validators.checkRangesOrGetDefault(undefined, 'name', 1, 5, 3), 3);

// Refused.
check('validateString', [1, 'name'], 'The "name" argument must be of type string. Received type number (1)');
check('validateInteger', [1.5, 'name'],
      'The value of "name" is out of range. It must be an integer. Received 1.5');
check('validateInt32', [2 ** 31, 'name'],
      'The value of "name" is out of range. It must be >= -2147483648 && <= 2147483647. Received 2147483648');
check('validateUint32', [0, 'name', true],
      'The value of "name" is out of range. It must be >= 1 && <= 4294967295. Received 0');
check('validateNumber', [0, 'name', 1], 'The value of "name" is out of range. It must be >= 1. Received 0');
check('validateArray', [[1], 'name', 2],
      "The argument 'name' must have a length of at least 2. Received [ 1 ]");
check('validateStringArray', [['a', 1], 'name'],
      'The "name[1]" argument must be of type string. Received type number (1)');
check('validateOneOf', ['c', 'name', ['a', 2]], "The argument 'name' must be one of: 'a', 2. Received 'c'");
check('validateUnion', ['c', 'name', ['a', 'b']],
      'The "name" argument must be (\'a|b\'). Received type string (\'c\')');
check('validatePort', [65536], 'Port should be >= 0 and < 65536. Received type number (65536).');
check('validatePort', ['', 'port', false], "port should be > 0 and < 65536. Received type string ('').");
check('validateSignalName', ['sigint'], 'Unknown signal: sigint (signals must use all capital letters)');
check('parseFileMode', ['9', 'mode'],
      "The argument 'mode' must be a 32-bit unsigned integer or an octal string. Received '9'");
check('validateStringWithoutNullBytes', ['a\0', 'name'],
      "The argument 'name' must be a string without null bytes. Received 'a\\x00'");
check('validateLinkHeaderValue', ['x'],
      'The argument \'hints\' must be an array or string of format "</styles.css>; rel=preload; as=style". ' +
      "Received 'x'");
