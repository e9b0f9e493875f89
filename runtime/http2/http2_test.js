'use strict';
// Constants and settings of http2. Node passes it too.

const assert = require('assert');
const http2 = require('http2');

assert.strictEqual(http2.constants.HTTP2_HEADER_PATH, ':path');
assert.strictEqual(http2.constants.HTTP2_METHOD_VERSION_CONTROL, 'VERSION-CONTROL');
assert.strictEqual(http2.constants.HTTP_STATUS_TEAPOT, 418);
assert.strictEqual(Object.keys(http2.constants).length, 240);

const packed = http2.getPackedSettings({ enablePush: false, headerTableSize: 5 });
assert.strictEqual(packed.toString('hex'), '000100000005000200000000');
assert.deepStrictEqual(http2.getUnpackedSettings(packed), { headerTableSize: 5, enablePush: false });
assert.throws(() => http2.getPackedSettings({ maxFrameSize: 1 }), { code: 'ERR_HTTP2_INVALID_SETTING_VALUE' });
assert.throws(() => http2.getUnpackedSettings(Buffer.alloc(5)), { code: 'ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH' });
assert.strictEqual(typeof http2.Http2ServerRequest, 'function');
