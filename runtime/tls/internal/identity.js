'use strict';
// tls.checkServerIdentity(): whether a certificate is that of a host (RFC 6125), and convertALPNProtocols().
// Run once per realm by `tls`.

const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE, ERR_TLS_CERT_ALTNAME_FORMAT, ERR_TLS_CERT_ALTNAME_INVALID },
} = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');

// Only ASCII letters: a Kelvin sign is no k.
function lower(name) {
  return name.replace(/[A-Z]/g, (c) => c.toLowerCase());
}

function canonical(name) {
  return lower(name.endsWith('.') ? name.slice(0, -1) : name).split('.');
}

// Whether a name of a certificate covers a host's labels. `wildcards` says whether '*' may stand for one of them.
function matches(hostLabels, pattern, wildcards) {
  if (!pattern) return false;
  const labels = canonical(pattern);
  if (labels.length !== hostLabels.length || labels.includes('')) return false;
  // Anything but printable ASCII is nothing a host is called.
  if (/[^\u0021-\u007F]/u.test(labels.join(''))) return false;
  for (let i = labels.length - 1; i > 0; i--) if (labels[i] !== hostLabels[i]) return false;
  const [host, label] = [hostLabels[0], labels[0]];
  const parts = label.split('*', 3);
  if (parts.length === 1 || label.includes('xn--')) return host === label;
  if (!wildcards || parts.length > 2 || labels.length <= 2) return false;
  const [prefix, suffix] = parts;
  return prefix.length + suffix.length <= host.length && host.startsWith(prefix) && host.endsWith(suffix);
}

// 'DNS:a, IP Address:b', some of it in JSON quotes, as [type, value] pairs.
function splitAltNames(text) {
  const names = [];
  let rest = text;
  while (rest !== '') {
    const found = /^([^:,"]*):("(?:[^"\\]|\\.)*"|[^,"]*)(?:, |$)/.exec(rest) ??
      /^([^,"]*)(?:, |$)/.exec(rest);
    if (found === null) throw new ERR_TLS_CERT_ALTNAME_FORMAT();
    let value = found[2] ?? '';
    if (value.startsWith('"')) {
      try {
        value = JSON.parse(value);
      } catch {
        throw new ERR_TLS_CERT_ALTNAME_FORMAT();
      }
    }
    names.push([found[1], value]);
    rest = rest.slice(found[0].length);
    if (found[0] === '') break;
  }
  return names;
}

function checkIp(host, ips) {
  const { canonicalizeIP } = require('internal/tls/ip');
  if (ips.includes(canonicalizeIP(host))) return undefined;
  return `IP: ${host} is not in the cert's list: ${ips.join(', ')}`;
}

function checkDns(host, dnsNames, altNames, commonName) {
  const { domainToASCII } = require('url');
  const labels = canonical(domainToASCII(host) || host);
  if (dnsNames.length > 0) {
    if (dnsNames.some((name) => matches(labels, name, true))) return undefined;
    return `Host: ${host}. is not in the cert's altnames: ${altNames}`;
  }
  // Without names of hosts the subject counts.
  const names = Array.isArray(commonName) ? commonName : [commonName];
  if (names.some((name) => matches(labels, name, true))) return undefined;
  return `Host: ${host}. is not cert's CN: ${commonName}`;
}

function reasonAgainst(host, cert) {
  const { isIP } = require('net');
  const { canonicalizeIP } = require('internal/tls/ip');
  const { subject, subjectaltname: altNames } = cert;
  const dnsNames = [];
  const ips = [];
  if (altNames) {
    for (const [type, value] of splitAltNames(altNames)) {
      if (type === 'DNS') dnsNames.push(value);
      else if (type === 'IP Address') ips.push(canonicalizeIP(value));
    }
  }
  if (isIP(host)) return checkIp(host, ips);
  const plain = host.endsWith('.') ? host.slice(0, -1) : host;
  if (dnsNames.length > 0 || subject?.CN) return checkDns(plain, dnsNames, altNames, subject?.CN);
  return 'Cert does not contain a DNS name';
}

/** An error, or undefined when the certificate (as of getPeerCertificate()) is that of the host. */
function checkServerIdentity(hostname, cert) {
  const host = `${hostname}`;
  const reason = reasonAgainst(host, cert);
  return reason === undefined ? undefined : new ERR_TLS_CERT_ALTNAME_INVALID(reason, host, cert);
}

// ['h2', 'http/1.1'] in the form that TLS has: each with its length in front.
function encodeProtocols(protocols) {
  const { Buffer } = require('buffer');
  const parts = [];
  protocols.forEach((protocol, i) => {
    const length = Buffer.byteLength(protocol);
    if (length === 0) throw new ERR_INVALID_ARG_VALUE(`protocols[${i}]`, protocol, 'must be a non-empty string');
    if (length > 255) {
      throw new ERR_OUT_OF_RANGE(`The byte length of the protocol at index ${i} exceeds the maximum length.`, '<= 255', length,
                                 true);
    }
    const part = Buffer.alloc(1 + length, length);
    part.write(protocol, 1);
    parts.push(part);
  });
  return Buffer.concat(parts);
}

// The encoded form must be whole: lengths above 0 that lead to the end exactly.
function checkEncoded(bytes) {
  let offset = 0;
  while (offset < bytes.length) {
    if (bytes[offset] === 0) throw new ERR_INVALID_ARG_VALUE('ALPNProtocols', bytes, 'must not contain zero-length protocol');
    offset += bytes[offset] + 1;
  }
  if (offset !== bytes.length) throw new ERR_INVALID_ARG_VALUE('ALPNProtocols', bytes, 'contains truncated protocol');
}

function convertALPNProtocols(protocols, out) {
  const { Buffer } = require('buffer');
  if (Array.isArray(protocols)) {
    out.ALPNProtocols = encodeProtocols(protocols);
  } else if (isArrayBufferView(protocols)) {
    const bytes = Buffer.from(new Uint8Array(protocols.buffer, protocols.byteOffset, protocols.byteLength));
    checkEncoded(bytes);
    out.ALPNProtocols = bytes;
  }
}

module.exports = { checkServerIdentity, convertALPNProtocols };
