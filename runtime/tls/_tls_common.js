// require('_tls_common'): deprecated, but packages know it.
'use strict';

const { SecureContext, createSecureContext } = require('tls');

/** 'key:value' lines as lists of values by key. */
function parseInfoAccess(text) {
  const lists = { __proto__: null };
  for (const [, key, value] of text.matchAll(/([^\n:]*):([^\n]*)(?:\n|$)/g)) (lists[key] ??= []).push(value);
  return lists;
}

function translatePeerCertificate(certificate) {
  if (!certificate) return null;
  const { infoAccess, issuerCertificate } = certificate;
  if (issuerCertificate != null && issuerCertificate !== certificate) {
    certificate.issuerCertificate = translatePeerCertificate(issuerCertificate);
  }
  if (infoAccess != null) certificate.infoAccess = parseInfoAccess(infoAccess);
  return certificate;
}

module.exports = { SecureContext, createSecureContext, translatePeerCertificate };
