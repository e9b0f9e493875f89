'use strict';
// application/x-www-form-urlencoded: the text of queries to a flat list of names and values, and back.
// Run once per realm by internal/url/search_params.

function unescape(text) {
  if (text.includes('+')) text = text.replaceAll('+', ' ');
  if (!text.includes('%')) return text;
  // decodeURIComponent is fast but throws at bytes that are not UTF-8, and at a lone '%'.
  try {
    return decodeURIComponent(text);
  } catch {
    return percentDecode(text).toString();
  }
}

// The bytes of a percent-encoded string, which need not be UTF-8; a '%' that starts no escape stays.
function percentDecode(string) {
  const { Buffer } = require('buffer');
  const bytes = Buffer.from(string);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 0x25 && isHexDigit(bytes[i + 1]) && isHexDigit(bytes[i + 2])) {
      bytes[length++] = Number.parseInt(bytes.latin1Slice(i + 1, i + 3), 16);
      i += 2;
    } else {
      bytes[length++] = bytes[i];
    }
  }
  return bytes.subarray(0, length);
}

function isHexDigit(code) {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}

const kAmpersand = 0x26;
const kEquals = 0x3d;
const kPercent = 0x25;
const kPlus = 0x2b;

/** In one pass over the characters; what holds no escape is cut out as it is. */
function decode(text) {
  const list = [];
  const { length } = text;
  let start = 0;
  let equals = -1;
  let escaped = false;
  for (let i = 0; i <= length; i++) {
    const code = i === length ? kAmpersand : text.charCodeAt(i);
    if (code === kEquals) {
      if (equals === -1) equals = i;
    } else if (code === kPercent || code === kPlus) {
      escaped = true;
    } else if (code === kAmpersand) {
      if (i > start) {
        const name = text.slice(start, equals === -1 ? i : equals);
        const value = equals === -1 ? '' : text.slice(equals + 1, i);
        if (escaped) list.push(unescape(name), unescape(value));
        else list.push(name, value);
      }
      start = i + 1;
      equals = -1;
      escaped = false;
    }
  }
  return list;
}

/** What stands for each ASCII character; '' where it stands for itself. */
const kEscapes = Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[\w.*-]/.test(char)) return '';
  return char === ' ' ? '+' : `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
});

function escape(text) {
  const { length } = text;
  let escaped = '';
  let start = 0;   // of what is not in `escaped` yet
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    let end = i + 1;
    let part;
    if (code < 128) {
      part = kEscapes[code];
      if (part === '') continue;
    } else {
      while (end < length && text.charCodeAt(end) >= 128) end++;
      part = encodeURIComponent(text.slice(i, end));
    }
    if (start < i) escaped += text.slice(start, i);
    escaped += part;
    start = end;
    i = end - 1;
  }
  if (start === 0) return text;
  return start < length ? escaped + text.slice(start) : escaped;
}

function encode(list) {
  let text = '';
  for (let i = 0; i < list.length; i += 2) {
    text += `${i === 0 ? '' : '&'}${escape(list[i])}=${escape(list[i + 1])}`;
  }
  return text;
}

module.exports = { decode, encode, percentDecode };
