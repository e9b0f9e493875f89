#include "runtime/tls/secure_context.h"

#include <cstring>
#include <utility>

#include "openssl/core_names.h"
#include "openssl/err.h"
#include "openssl/pem.h"
#include "openssl/pkcs12.h"
#include "openssl/rand.h"
#include "runtime/crypto/certificate.h"
#include "runtime/crypto/key_parser.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/glue/array_buffer.h"
#include "runtime/tls/root_certificates.h"
#include "runtime/tls/tls_stream.h"

namespace gyre {
namespace {

using X509Stack = OpenSslPointer<STACK_OF(X509), OSSL_STACK_OF_X509_free>;

int NoPassphrase(char*, int, int, void*) { return 0; }

// The certificates of a PEM text up to its end; an error of OpenSSL's queue when there is other
// than certificates and the end.
X509Stack ReadChain(BIO* bio) {
  X509Stack chain(sk_X509_new_null());
  while (X509* certificate = PEM_read_bio_X509(bio, nullptr, NoPassphrase, nullptr))
    sk_X509_push(chain.get(), certificate);
  const unsigned long error = ERR_peek_last_error();  // NOLINT(runtime/int)
  if (ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE)
    ERR_clear_error();
  return chain;
}

}  // namespace

SecureContext::SecureContext(Environment& env, v8::Local<v8::Object> self) : Collected(env, self) {}

bool SecureContext::ThrowUnless(bool ok) {
  if (!ok) ThrowOpenSslError(env(), "Operation failed");
  return ok;
}

void SecureContext::Init(int32_t side, int32_t min_version, int32_t max_version) {
  ERR_clear_error();
  const SSL_METHOD* method = side == 0   ? TLS_method()
                             : side == 1 ? TLS_server_method()
                                         : TLS_client_method();
  ctx_.reset(SSL_CTX_new(method));
  // There are no ciphers where only FIPS' are wanted and the provider has none.
  if (!ThrowUnless(ctx_ != nullptr)) return;
  SSL_CTX_set_options(ctx(), SSL_OP_NO_SSLv2 | SSL_OP_NO_SSLv3 | SSL_OP_ALLOW_CLIENT_RENEGOTIATION);
  // Sessions are kept by JavaScript; OpenSSL only asks for them.
  SSL_CTX_set_session_cache_mode(ctx(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_SERVER |
                                            SSL_SESS_CACHE_NO_INTERNAL |
                                            SSL_SESS_CACHE_NO_AUTO_CLEAR);
  SSL_CTX_set_min_proto_version(ctx(), min_version);
  SSL_CTX_set_max_proto_version(ctx(), max_version);
  SSL_CTX_set_default_passwd_cb(ctx(), NoPassphrase);
  RAND_bytes(ticket_keys_, sizeof(ticket_keys_));
  SSL_CTX_set_app_data(ctx(), this);
  SSL_CTX_set_tlsext_ticket_key_evp_cb(ctx(), UseTicketKey);
  TlsStream::SetContextCallbacks(ctx());
}

void SecureContext::SetKey(Bytes pem, std::optional<Bytes> passphrase) {
  ERR_clear_error();
  // Without a passphrase the empty one is tried.
  const std::string_view text = passphrase ? passphrase->view() : std::string_view();
  const PKeyPointer key = ReadPrivatePem(pem.view(), text, nullptr);
  if (!ThrowUnless(key != nullptr)) return;
  ThrowUnless(SSL_CTX_use_PrivateKey(ctx(), key.get()) == 1);
}

bool SecureContext::UseCertificateChain(X509Pointer leaf, STACK_OF(X509) * extra) {
  if (SSL_CTX_use_certificate(ctx(), leaf.get()) != 1) return false;
  SSL_CTX_clear_extra_chain_certs(ctx());
  X509* issuer = nullptr;
  for (int i = 0; i < sk_X509_num(extra); i++) {
    X509* certificate = sk_X509_value(extra, i);
    if (SSL_CTX_add1_chain_cert(ctx(), certificate) != 1) return false;
    if (issuer == nullptr && X509_check_issued(certificate, leaf.get()) == X509_V_OK)
      issuer = certificate;
  }
  if (issuer != nullptr) {
    X509_up_ref(issuer);
    issuer_.reset(issuer);
  } else {
    // Not sent along, but perhaps among the trusted ones.
    const OpenSslPointer<X509_STORE_CTX, X509_STORE_CTX_free> store(X509_STORE_CTX_new());
    X509_STORE_CTX_init(store.get(), SSL_CTX_get_cert_store(ctx()), nullptr, nullptr);
    X509* found = nullptr;
    if (X509_STORE_CTX_get1_issuer(&found, store.get(), leaf.get()) == 1) issuer_.reset(found);
  }
  certificate_ = std::move(leaf);
  return true;
}

void SecureContext::SetCert(Bytes pem) {
  ERR_clear_error();
  const BioPointer bio = ReadBio(pem.view());
  X509Pointer leaf(PEM_read_bio_X509_AUX(bio.get(), nullptr, NoPassphrase, nullptr));
  if (!ThrowUnless(leaf != nullptr)) return;
  const X509Stack extra = ReadChain(bio.get());
  if (!ThrowUnless(ERR_peek_error() == 0)) return;
  ThrowUnless(UseCertificateChain(std::move(leaf), extra.get()));
}

// The roots are in a store that contexts share; who adds to it gets one of his own.
X509_STORE* SecureContext::OwnStore() {
  if (!has_own_store_) {
    has_own_store_ = true;
    if (SSL_CTX_get_cert_store(ctx()) == RootStore()) SSL_CTX_set_cert_store(ctx(), NewRootStore());
  }
  return SSL_CTX_get_cert_store(ctx());
}

void SecureContext::AddCaCert(std::string pem) {
  ERR_clear_error();
  const BioPointer bio = ReadBio(pem);
  X509_STORE* store = OwnStore();
  while (X509* read = PEM_read_bio_X509_AUX(bio.get(), nullptr, NoPassphrase, nullptr)) {
    const X509Pointer certificate(read);
    X509_STORE_add_cert(store, certificate.get());
    SSL_CTX_add_client_CA(ctx(), certificate.get());
  }
  ERR_clear_error();
}

void SecureContext::AddRootCerts() {
  X509_STORE* store = RootStore();
  X509_STORE_up_ref(store);
  SSL_CTX_set_cert_store(ctx(), store);
  has_own_store_ = false;
}

bool SecureContext::AddCrl(Bytes pem) {
  ERR_clear_error();
  const BioPointer bio = ReadBio(pem.view());
  const OpenSslPointer<X509_CRL, X509_CRL_free> crl(
      PEM_read_bio_X509_CRL(bio.get(), nullptr, NoPassphrase, nullptr));
  ERR_clear_error();
  if (crl == nullptr) return false;
  X509_STORE* store = OwnStore();
  X509_STORE_add_crl(store, crl.get());
  X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  return true;
}

void SecureContext::SetAllowPartialTrustChain() {
  X509_STORE_set_flags(OwnStore(), X509_V_FLAG_PARTIAL_CHAIN);
}

void SecureContext::SetCiphers(std::string list) {
  ERR_clear_error();
  if (SSL_CTX_set_cipher_list(ctx(), list.c_str()) == 1) return;
  // TLS 1.3 has a list of its own: none of the others is no error.
  if (list.empty() && ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_NO_CIPHER_MATCH) {
    ERR_clear_error();
    return;
  }
  ThrowUnless(false);
}

void SecureContext::SetCipherSuites(std::string list) {
  ERR_clear_error();
  ThrowUnless(SSL_CTX_set_ciphersuites(ctx(), list.c_str()) == 1);
}

void SecureContext::SetSigalgs(std::string list) {
  ERR_clear_error();
  if (SSL_CTX_set1_sigalgs_list(ctx(), list.c_str()) == 1) return;
  isolate()->ThrowException(OpenSslError(env(), TakeOpenSslErrors(), OpenSslErrorText(0)));
}

bool SecureContext::SetEcdhCurve(std::string curves) {
  const bool ok = SSL_CTX_set1_curves_list(ctx(), curves.c_str()) == 1;
  ERR_clear_error();
  return ok;
}

int32_t SecureContext::SetDhParam(Bytes pem) {
  const BioPointer bio = ReadBio(pem.view());
  PKeyPointer parameters(PEM_read_bio_Parameters(bio.get(), nullptr));
  ERR_clear_error();
  if (parameters == nullptr || !EVP_PKEY_is_a(parameters.get(), "DH")) return 0;
  const int bits = EVP_PKEY_get_bits(parameters.get());
  if (bits >= 1024) {
    if (SSL_CTX_set0_tmp_dh_pkey(ctx(), parameters.get()) == 1) {
      static_cast<void>(parameters.release());
    } else {
      ThrowUnless(false);
    }
  }
  return bits;
}

void SecureContext::SetOptions(double options) {
  SSL_CTX_set_options(ctx(), static_cast<uint64_t>(options));
}

void SecureContext::SetSessionIdContext(std::string context) {
  ERR_clear_error();
  ThrowUnless(SSL_CTX_set_session_id_context(ctx(), UnsignedData(std::string_view(context)),
                                             static_cast<unsigned>(context.size())) == 1);
}

void SecureContext::ThrowOperationFailed(std::string_view message) {
  Throw(env(), NodeError(absl::StatusCode::kInternal, "ERR_CRYPTO_OPERATION_FAILED", message));
}

// Only the reason: that is what Node throws here.
void SecureContext::ThrowPkcs12Error() {
  const unsigned long error = ERR_get_error();  // NOLINT(runtime/int)
  ERR_clear_error();
  if (ERR_GET_REASON(error) == ERR_R_UNSUPPORTED) {
    Throw(env(), NodeError(absl::StatusCode::kInternal, "ERR_CRYPTO_UNSUPPORTED_OPERATION",
                           "Unsupported PKCS12 PFX data"));
    return;
  }
  const char* reason = ERR_reason_error_string(error);
  isolate()->ThrowException(v8::Exception::Error(
      ToV8(env(), reason == nullptr ? "Unable to load PFX certificate" : reason).As<v8::String>()));
}

void SecureContext::LoadPkcs12(Bytes data, std::optional<Bytes> passphrase) {
  ERR_clear_error();
  const BioPointer bio = ReadBio(data.view());
  const OpenSslPointer<PKCS12, PKCS12_free> pkcs12(d2i_PKCS12_bio(bio.get(), nullptr));
  const std::string text(passphrase ? passphrase->view() : "");
  EVP_PKEY* key = nullptr;
  X509* leaf = nullptr;
  STACK_OF(X509)* extra = nullptr;
  bool ok = pkcs12 != nullptr &&
            PKCS12_parse(pkcs12.get(), passphrase ? text.c_str() : nullptr, &key, &leaf, &extra);
  const PKeyPointer owned_key(key);
  X509Pointer owned_leaf(leaf);
  const X509Stack owned_extra(extra);
  if (ok && (key == nullptr || leaf == nullptr)) {
    ThrowOperationFailed(key == nullptr ? "Unable to load private key from PFX data"
                                        : "Unable to load PFX certificate");
    return;
  }
  ok = ok && UseCertificateChain(std::move(owned_leaf), extra) &&
       SSL_CTX_use_PrivateKey(ctx(), key) == 1;
  if (!ok) return ThrowPkcs12Error();
  for (int i = 0; i < sk_X509_num(extra); i++) {
    X509_STORE_add_cert(OwnStore(), sk_X509_value(extra, i));
    SSL_CTX_add_client_CA(ctx(), sk_X509_value(extra, i));
  }
}

v8::Local<v8::Value> SecureContext::GetTicketKeys() {
  return CopyToArrayBuffer(isolate(),
                           {reinterpret_cast<char*>(ticket_keys_), sizeof(ticket_keys_)});
}

void SecureContext::SetTicketKeys(Bytes keys) {
  CHECK_EQ(keys.size(), sizeof(ticket_keys_));
  std::memcpy(ticket_keys_, keys.data(), sizeof(ticket_keys_));
}

v8::Local<v8::Value> SecureContext::GetCertificate() {
  if (certificate_ == nullptr) return v8::Null(isolate());
  X509_up_ref(certificate_.get());
  return CertificateHandle::New(env(), X509Pointer(certificate_.get()));
}

v8::Local<v8::Value> SecureContext::GetIssuer() {
  if (issuer_ == nullptr) return v8::Null(isolate());
  X509_up_ref(issuer_.get());
  return CertificateHandle::New(env(), X509Pointer(issuer_.get()));
}

// A session ticket is AES-128-CBC under one part of the ticket keys, with HMAC-SHA256 under
// another.
int SecureContext::UseTicketKey(SSL* ssl, unsigned char* name, unsigned char* iv,
                                EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac, int encrypt) {
  auto* self = static_cast<SecureContext*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
  const unsigned char* keys = self->ticket_keys_;
  constexpr size_t kPart = 16;
  if (encrypt) {
    std::memcpy(name, keys, kPart);
    if (RAND_bytes(iv, kPart) != 1) return -1;
  } else if (std::memcmp(name, keys, kPart) != 0) {
    return 0;  // of another key: a full handshake
  }
  char digest[] = "SHA256";
  unsigned char mac_key[kPart];
  std::memcpy(mac_key, keys + kPart, kPart);
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, mac_key, kPart),
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_end()};
  if (EVP_MAC_CTX_set_params(mac, parameters) != 1) return -1;
  if (EVP_CipherInit_ex(cipher, EVP_aes_128_cbc(), nullptr, keys + 2 * kPart, iv, encrypt) != 1)
    return -1;
  // A ticket is good until the keys change, in TLS 1.3, too.
  return 1;
}

void DeclareSecureContext(BindingBuilder& b) {
  b.Class<SecureContext>("SecureContext")
      .Constructor<>()
      .Method<&SecureContext::Init>("init")
      .Method<&SecureContext::SetKey>("setKey")
      .Method<&SecureContext::SetCert>("setCert")
      .Method<&SecureContext::AddCaCert>("addCACert")
      .Method<&SecureContext::AddRootCerts>("addRootCerts")
      .Method<&SecureContext::AddCrl>("addCRL")
      .Method<&SecureContext::SetCiphers>("setCiphers")
      .Method<&SecureContext::SetCipherSuites>("setCipherSuites")
      .Method<&SecureContext::SetSigalgs>("setSigalgs")
      .Method<&SecureContext::SetEcdhCurve>("setECDHCurve")
      .Method<&SecureContext::SetDhParam>("setDHParam")
      .Method<&SecureContext::SetDhAuto>("setDHAuto")
      .Method<&SecureContext::SetOptions>("setOptions")
      .Method<&SecureContext::SetSessionIdContext>("setSessionIdContext")
      .Method<&SecureContext::SetSessionTimeout>("setSessionTimeout")
      .Method<&SecureContext::SetAllowPartialTrustChain>("setAllowPartialTrustChain")
      .Method<&SecureContext::LoadPkcs12>("loadPKCS12")
      .Method<&SecureContext::GetMinProto>("getMinProto")
      .Method<&SecureContext::GetMaxProto>("getMaxProto")
      .Method<&SecureContext::SetMinProto>("setMinProto")
      .Method<&SecureContext::SetMaxProto>("setMaxProto")
      .Method<&SecureContext::GetTicketKeys>("getTicketKeys")
      .Method<&SecureContext::SetTicketKeys>("setTicketKeys")
      .Method<&SecureContext::GetCertificate>("getCertificate")
      .Method<&SecureContext::GetIssuer>("getIssuer")
      .Method<&SecureContext::Close>("close");
}

}  // namespace gyre
