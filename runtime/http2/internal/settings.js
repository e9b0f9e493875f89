'use strict';
// The SETTINGS of HTTP/2: defaults, and the packed form of the HTTP2-Settings header.
// Run once per realm by `http2`.

const { Buffer } = require('buffer');
const {
  codes: {
    ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH, ERR_HTTP2_INVALID_SETTING_VALUE, ERR_HTTP2_TOO_MANY_CUSTOM_SETTINGS,
    ERR_INVALID_ARG_TYPE,
  },
} = require('internal/errors');
const { isTypedArray } = require('internal/util/types');

const kMaxUint32 = 2 ** 32 - 1;

// [name, id, lowest, highest]; the order is that of the packed form.
const kSettings = [
  ['headerTableSize', 1, 0, kMaxUint32],
  ['enablePush', 2, 'boolean'],
  ['maxConcurrentStreams', 3, 0, kMaxUint32],
  ['initialWindowSize', 4, 0, 2 ** 31 - 1],
  ['maxFrameSize', 5, 16384, 2 ** 24 - 1],
  ['maxHeaderListSize', 6, 0, kMaxUint32],
  ['enableConnectProtocol', 8, 'boolean'],
];
const kMaxCustomSettings = 10;

function getDefaultSettings() {
  return {
    __proto__: null,
    headerTableSize: 4096,
    enablePush: true,
    initialWindowSize: 65535,
    maxFrameSize: 16384,
    maxConcurrentStreams: kMaxUint32,
    maxHeaderSize: 65535,
    maxHeaderListSize: 65535,
    enableConnectProtocol: false,
  };
}

function checkNumber(name, value, min, max) {
  if (value === undefined) return;
  if (typeof value === 'number' && value >= min && value <= max) return;
  throw new ERR_HTTP2_INVALID_SETTING_VALUE.RangeError(name, value, min, max);
}

function validateSettings(settings) {
  if (settings === undefined) return;
  if (settings === null || typeof settings !== 'object' || Array.isArray(settings)) throw new ERR_INVALID_ARG_TYPE('settings', 'Object', settings);
  for (const [name, , min, max] of kSettings) {
    const value = settings[name];
    if (min !== 'boolean') checkNumber(name, value, min, max);
    else if (value !== undefined && typeof value !== 'boolean') throw new ERR_HTTP2_INVALID_SETTING_VALUE(name, value);
  }
  checkNumber('maxHeaderSize', settings.maxHeaderSize, 0, kMaxUint32);
  validateCustomSettings(settings.customSettings);
}

function validateCustomSettings(custom) {
  if (custom === undefined) return;
  const entries = Object.entries(custom);
  if (entries.length > kMaxCustomSettings) throw new ERR_HTTP2_TOO_MANY_CUSTOM_SETTINGS();
  for (const [id, value] of entries) {
    checkNumber('customSettings:id', Number(id), 0, 0xffff);
    checkNumber('customSettings:value', value, 0, kMaxUint32);
  }
}

/** [id, value, ...] of validated settings. */
function settingsEntries(settings) {
  const values = { ...settings };
  // An older name of the same.
  values.maxHeaderListSize ??= values.maxHeaderSize;
  const entries = [];
  for (const [name, id] of kSettings) {
    if (values[name] !== undefined) entries.push(id, Number(values[name]));
  }
  for (const [id, value] of Object.entries(values.customSettings ?? {})) {
    // One that has a name goes by its name.
    if (value !== undefined && !kSettings.some((known) => known[1] === Number(id))) entries.push(Number(id), value);
  }
  return entries;
}

/** Puts entries into a settings object; of the unknown ones those whose ids `custom` has. */
function applySettings(settings, entries, custom) {
  for (let i = 0; i < entries.length; i += 2) {
    const known = kSettings.find((entry) => entry[1] === entries[i]);
    if (known === undefined) {
      if (custom === undefined || !custom.includes(entries[i])) continue;
      settings.customSettings ??= {};
      settings.customSettings[entries[i]] = entries[i + 1];
      continue;
    }
    settings[known[0]] = known[2] === 'boolean' ? entries[i + 1] !== 0 : entries[i + 1];
    if (known[0] === 'maxHeaderListSize') settings.maxHeaderSize = entries[i + 1];
  }
}

function getPackedSettings(settings) {
  validateSettings(settings);
  const entries = settingsEntries(settings);
  const packed = Buffer.alloc(entries.length * 3);
  for (let i = 0; i < entries.length; i += 2) {
    packed.writeUInt16BE(entries[i], i * 3);
    packed.writeUInt32BE(entries[i + 1], i * 3 + 2);
  }
  return packed;
}

function getUnpackedSettings(buf, options = {}) {
  if (!isTypedArray(buf) || buf.length === undefined) throw new ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray'], buf);
  if (buf.length % 6 !== 0) throw new ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH();
  // Each element is a byte, whatever its size.
  const view = Buffer.from(buf);
  const settings = {};
  for (let offset = 0; offset < view.length; offset += 6) {
    const id = view.readUInt16BE(offset);
    const value = view.readUInt32BE(offset + 2);
    const known = kSettings.find((entry) => entry[1] === id);
    if (known === undefined) {
      settings.customSettings ??= {};
      settings.customSettings[id] = value;
      continue;
    }
    settings[known[0]] = known[2] === 'boolean' ? value !== 0 : value;
    if (known[0] === 'maxHeaderListSize') settings.maxHeaderSize = value;
  }
  if (options?.validate) validateSettings(settings);
  return settings;
}

module.exports = {
  applySettings,
  getDefaultSettings,
  getPackedSettings,
  getUnpackedSettings,
  settingsEntries,
  validateSettings,
};
