'use strict';
// One spelling for each IP address.
// Run once per realm, on first use.

/** The address as the system writes it; empty when it is none. */
function canonicalizeIP(address) {
  const { isIPv4, isIPv6 } = require('net');
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return '';
  const { URL } = require('url');
  const compressed = new URL(`http://[${address.split('%', 1)[0]}]`).hostname.slice(1, -1);
  // An IPv4 address inside is written as one.
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(compressed);
  if (mapped === null) return compressed;
  const [high, low] = [parseInt(mapped[1], 16), parseInt(mapped[2], 16)];
  return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

module.exports = { canonicalizeIP };
