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

function decode(text) {
  const list = [];
  if (text === '') return list;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    if (equals === -1) {
      list.push(unescape(pair), '');
    } else {
      list.push(unescape(pair.slice(0, equals)), unescape(pair.slice(equals + 1)));
    }
  }
  return list;
}

// encodeURIComponent keeps ! ' ( ) ~, forms escape them; a space is '+'.
const kOtherEscapes = { '__proto__': null, '!': '%21', "'": '%27', '(': '%28', ')': '%29', '~': '%7E', '%20': '+' };

function escape(text) {
  if (/^[\w.*-]*$/.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()~]|%20/g, (found) => kOtherEscapes[found]);
}

function encode(list) {
  let text = '';
  for (let i = 0; i < list.length; i += 2) {
    text += `${i === 0 ? '' : '&'}${escape(list[i])}=${escape(list[i + 1])}`;
  }
  return text;
}

module.exports = { decode, encode, percentDecode };
