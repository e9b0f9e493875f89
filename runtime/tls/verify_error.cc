#include "runtime/tls/verify_error.h"

#include "openssl/x509_vfy.h"
#include "runtime/crypto/openssl.h"

namespace gyre {

long VerifyError(const SSL* ssl) {  // NOLINT(runtime/int)
  if (ssl == nullptr) return X509_V_OK;
  if (SSL_get0_peer_certificate(ssl) != nullptr) return SSL_get_verify_result(ssl);
  // No certificate, but who the peer is was settled: by a shared key, or in an earlier connection.
  const SSL_CIPHER* cipher = SSL_get_current_cipher(ssl);
  const SSL_SESSION* session = SSL_get_session(ssl);
  const bool psk = cipher != nullptr && SSL_CIPHER_get_auth_nid(cipher) == NID_auth_psk;
  // A client that gave none has not become known by coming back.
  const bool resumed = !SSL_is_server(ssl) && session != nullptr &&
                       SSL_version(ssl) == TLS1_3_VERSION && SSL_session_reused(ssl) == 1;
  if (psk || resumed) return X509_V_OK;
  return X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT;
}

std::string VerifyErrorName(long error) {  // NOLINT(runtime/int)
#define GYRE_NAME(code)   \
  case X509_V_ERR_##code: \
    return #code;
  switch (error) {
    GYRE_NAME(UNABLE_TO_GET_ISSUER_CERT)
    GYRE_NAME(UNABLE_TO_GET_CRL)
    GYRE_NAME(UNABLE_TO_DECRYPT_CERT_SIGNATURE)
    GYRE_NAME(UNABLE_TO_DECRYPT_CRL_SIGNATURE)
    GYRE_NAME(UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY)
    GYRE_NAME(CERT_SIGNATURE_FAILURE)
    GYRE_NAME(CRL_SIGNATURE_FAILURE)
    GYRE_NAME(CERT_NOT_YET_VALID)
    GYRE_NAME(CERT_HAS_EXPIRED)
    GYRE_NAME(CRL_NOT_YET_VALID)
    GYRE_NAME(CRL_HAS_EXPIRED)
    GYRE_NAME(ERROR_IN_CERT_NOT_BEFORE_FIELD)
    GYRE_NAME(ERROR_IN_CERT_NOT_AFTER_FIELD)
    GYRE_NAME(ERROR_IN_CRL_LAST_UPDATE_FIELD)
    GYRE_NAME(ERROR_IN_CRL_NEXT_UPDATE_FIELD)
    GYRE_NAME(OUT_OF_MEM)
    GYRE_NAME(DEPTH_ZERO_SELF_SIGNED_CERT)
    GYRE_NAME(SELF_SIGNED_CERT_IN_CHAIN)
    GYRE_NAME(UNABLE_TO_GET_ISSUER_CERT_LOCALLY)
    GYRE_NAME(UNABLE_TO_VERIFY_LEAF_SIGNATURE)
    GYRE_NAME(CERT_CHAIN_TOO_LONG)
    GYRE_NAME(CERT_REVOKED)
    GYRE_NAME(INVALID_CA)
    GYRE_NAME(PATH_LENGTH_EXCEEDED)
    GYRE_NAME(INVALID_PURPOSE)
    GYRE_NAME(CERT_UNTRUSTED)
    GYRE_NAME(CERT_REJECTED)
    GYRE_NAME(HOSTNAME_MISMATCH)
    default:
      return "UNSPECIFIED";
  }
#undef GYRE_NAME
}

}  // namespace gyre
