// What JavaScript asks about a connection.

#include <cstdio>

#include "openssl/err.h"
#include "openssl/objects.h"
#include "runtime/crypto/certificate.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/glue/array_buffer.h"
#include "runtime/tls/tls_stream.h"
#include "runtime/tls/verify_error.h"

namespace gyre {
namespace {

using Session = OpenSslPointer<SSL_SESSION, SSL_SESSION_free>;

v8::Local<v8::Object> Certificate(Environment& env, X509* certificate) {
  X509_up_ref(certificate);
  return CertificateHandle::New(env, X509Pointer(certificate));
}

void Set(Environment& env, v8::Local<v8::Object> object, const char* name,
         v8::Local<v8::Value> value) {
  object->Set(env.context(), ToV8(env, name), value).Check();
}

const char* SignatureName(int nid) {
  switch (nid) {
    case EVP_PKEY_RSA:
      return "RSA";
    case EVP_PKEY_RSA_PSS:
      return "RSA-PSS";
    case EVP_PKEY_DSA:
      return "DSA";
    case EVP_PKEY_EC:
      return "ECDSA";
    case NID_ED25519:
      return "Ed25519";
    case NID_ED448:
      return "Ed448";
    case NID_id_GostR3410_2001:
      return "gost2001";
    case NID_id_GostR3410_2012_256:
      return "gost2012_256";
    case NID_id_GostR3410_2012_512:
      return "gost2012_512";
    default:
      return nullptr;
  }
}

using Finished = size_t(const SSL*, void*, size_t);

v8::Local<v8::Value> FinishedMessage(Environment& env, const SSL* ssl, Finished* get) {
  // OpenSSL reads nothing from a buffer of size 0, and says how long the message is.
  char dummy;
  const size_t size = ssl == nullptr ? 0 : get(ssl, &dummy, 0);
  if (size == 0) return v8::Undefined(env.isolate());
  std::string bytes(size, '\0');
  get(ssl, bytes.data(), size);
  return CopyToArrayBuffer(env.isolate(), bytes);
}

}  // namespace

v8::Local<v8::Value> TlsStream::GetSession() {
  SSL_SESSION* session = ssl_ == nullptr ? nullptr : SSL_get_session(ssl_.get());
  const int size = session == nullptr ? 0 : i2d_SSL_SESSION(session, nullptr);
  if (size <= 0) return v8::Undefined(isolate());
  std::string bytes(size, '\0');
  unsigned char* out = UnsignedData(bytes);
  i2d_SSL_SESSION(session, &out);
  return CopyToArrayBuffer(isolate(), bytes);
}

v8::Local<v8::Value> TlsStream::GetTicket() {
  const SSL_SESSION* session = ssl_ == nullptr ? nullptr : SSL_get_session(ssl_.get());
  const unsigned char* ticket = nullptr;
  size_t size = 0;
  if (session != nullptr) SSL_SESSION_get0_ticket(session, &ticket, &size);
  if (ticket == nullptr) return v8::Undefined(isolate());
  return CopyToArrayBuffer(isolate(), {reinterpret_cast<const char*>(ticket), size});
}

bool TlsStream::IsSessionReused() { return ssl_ != nullptr && SSL_session_reused(ssl_.get()) == 1; }

// The peer's certificate and, when the whole chain is wanted, its issuers as far as they are known.
v8::Local<v8::Value> TlsStream::PeerCertificates(bool whole_chain) {
  if (ssl_ == nullptr) return v8::Undefined(isolate());
  std::vector<v8::Local<v8::Value>> list;
  const X509Pointer leaf(SSL_get1_peer_certificate(ssl_.get()));
  if (leaf == nullptr) return v8::Array::New(isolate());
  list.push_back(Certificate(env(), leaf.get()));
  if (whole_chain) {
    STACK_OF(X509)* sent = SSL_get_peer_cert_chain(ssl_.get());
    X509Pointer current(leaf.get());
    X509_up_ref(leaf.get());
    constexpr size_t kMaxChain = 100;
    while (list.size() < kMaxChain &&
           X509_check_issued(current.get(), current.get()) != X509_V_OK) {
      X509Pointer issuer;
      for (int i = 0; i < sk_X509_num(sent) && issuer == nullptr; i++) {
        X509* candidate = sk_X509_value(sent, i);
        if (X509_check_issued(candidate, current.get()) != X509_V_OK) continue;
        X509_up_ref(candidate);
        issuer.reset(candidate);
      }
      if (issuer == nullptr) {
        const OpenSslPointer<X509_STORE_CTX, X509_STORE_CTX_free> store(X509_STORE_CTX_new());
        X509_STORE_CTX_init(store.get(), SSL_CTX_get_cert_store(SSL_get_SSL_CTX(ssl_.get())),
                            nullptr, nullptr);
        X509* found = nullptr;
        if (X509_STORE_CTX_get1_issuer(&found, store.get(), current.get()) != 1) break;
        issuer.reset(found);
      }
      list.push_back(Certificate(env(), issuer.get()));
      current = std::move(issuer);
    }
  }
  ERR_clear_error();
  return v8::Array::New(isolate(), list.data(), list.size());
}

v8::Local<v8::Value> TlsStream::OwnCertificate() {
  X509* certificate = ssl_ == nullptr ? nullptr : SSL_get_certificate(ssl_.get());
  if (certificate == nullptr) return v8::Undefined(isolate());
  return Certificate(env(), certificate);
}

// Nothing when the peer's certificate is good.
std::optional<std::string> TlsStream::VerifyErrorCode() {
  const long error = VerifyError(ssl_.get());  // NOLINT(runtime/int)
  if (error == X509_V_OK) return std::nullopt;
  return VerifyErrorName(error);
}

std::string TlsStream::VerifyErrorReason() {
  return X509_verify_cert_error_string(VerifyError(ssl_.get()));
}

v8::Local<v8::Value> TlsStream::GetCipher() {
  const SSL_CIPHER* cipher = ssl_ == nullptr ? nullptr : SSL_get_current_cipher(ssl_.get());
  if (cipher == nullptr) return v8::Undefined(isolate());
  v8::Local<v8::Object> info = v8::Object::New(isolate());
  Set(env(), info, "name", ToV8(env(), SSL_CIPHER_get_name(cipher)));
  const char* standard = SSL_CIPHER_standard_name(cipher);
  Set(env(), info, "standardName", ToV8(env(), standard == nullptr ? "" : standard));
  Set(env(), info, "version", ToV8(env(), SSL_CIPHER_get_version(cipher)));
  return info;
}

std::optional<std::string> TlsStream::GetProtocol() {
  if (ssl_ == nullptr) return std::nullopt;
  return SSL_get_version(ssl_.get());
}

std::optional<std::string> TlsStream::GetServername() {
  const char* name =
      ssl_ == nullptr ? nullptr : SSL_get_servername(ssl_.get(), TLSEXT_NAMETYPE_host_name);
  if (name == nullptr) return std::nullopt;
  return name;
}

std::optional<std::string> TlsStream::GetAlpnProtocol() {
  const unsigned char* data = nullptr;
  unsigned size = 0;
  if (ssl_ != nullptr) SSL_get0_alpn_selected(ssl_.get(), &data, &size);
  if (size == 0) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(data), size);
}

v8::Local<v8::Value> TlsStream::GetEphemeralKeyInfo() {
  if (ssl_ == nullptr) return v8::Undefined(isolate());
  if (is_server_) return v8::Null(isolate());
  v8::Local<v8::Object> info = v8::Object::New(isolate());
  EVP_PKEY* raw = nullptr;
  if (SSL_get_peer_tmp_key(ssl_.get(), &raw) != 1 || raw == nullptr) {
    // Groups that are no key of one type (hybrid ones) have only a name.
    ERR_clear_error();
    // Before the handshake there is no session, which OpenSSL takes for granted.
    const bool has_session = SSL_get_session(ssl_.get()) != nullptr;
    const char* name = has_session ? SSL_get0_group_name(ssl_.get()) : nullptr;
    if (name == nullptr) return info;
    Set(env(), info, "type", ToV8(env(), "TLSGroup"));
    Set(env(), info, "name", ToV8(env(), name));
    Set(env(), info, "size", v8::Undefined(isolate()));
    return info;
  }
  const PKeyPointer key(raw);
  const bool is_dh = EVP_PKEY_is_a(raw, "DH");
  const bool is_named = EVP_PKEY_is_a(raw, "X25519") || EVP_PKEY_is_a(raw, "X448");
  if (!is_dh && !is_named && !EVP_PKEY_is_a(raw, "EC")) {
    Set(env(), info, "type", ToV8(env(), "TLSGroup"));
    Set(env(), info, "name", ToV8(env(), SSL_get0_group_name(ssl_.get())));
    Set(env(), info, "size", v8::Undefined(isolate()));
    return info;
  }
  Set(env(), info, "type", ToV8(env(), is_dh ? "DH" : "ECDH"));
  if (!is_dh) {
    char group[64] = "";
    size_t size = 0;
    if (is_named) {
      std::snprintf(group, sizeof(group), "%s", EVP_PKEY_get0_type_name(raw));
    } else {
      EVP_PKEY_get_group_name(raw, group, sizeof(group), &size);
    }
    Set(env(), info, "name", ToV8(env(), group));
  }
  Set(env(), info, "size", ToV8(env(), EVP_PKEY_get_bits(raw)));
  return info;
}

std::vector<std::string> TlsStream::GetSharedSigalgs() {
  std::vector<std::string> algorithms;
  const int count = ssl_ == nullptr ? 0
                                    : SSL_get_shared_sigalgs(ssl_.get(), 0, nullptr, nullptr,
                                                             nullptr, nullptr, nullptr);
  for (int i = 0; i < count; i++) {
    int sign = 0;
    int hash = 0;
    unsigned char raw_sign = 0;
    unsigned char raw_hash = 0;
    SSL_get_shared_sigalgs(ssl_.get(), i, &sign, &hash, nullptr, &raw_sign, &raw_hash);
    const char* name = SignatureName(sign);
    std::string text = name == nullptr ? OBJ_nid2sn(sign) : name;
    if (sign == NID_undef) {
      char number[16];
      std::snprintf(number, sizeof(number), "0x%02X%02X", raw_hash, raw_sign);
      text = number;
    }
    text += '+';
    text += hash == NID_undef ? "UNDEF" : OBJ_nid2sn(hash);
    algorithms.push_back(std::move(text));
  }
  return algorithms;
}

v8::Local<v8::Value> TlsStream::GetFinished() {
  return FinishedMessage(env(), ssl_.get(), SSL_get_finished);
}

v8::Local<v8::Value> TlsStream::GetPeerFinished() {
  return FinishedMessage(env(), ssl_.get(), SSL_get_peer_finished);
}

v8::MaybeLocal<v8::Value> TlsStream::ExportKeyingMaterial(int32_t length, std::string label,
                                                          std::optional<Bytes> context) {
  std::string bytes(length, '\0');
  ERR_clear_error();
  if (SSL_export_keying_material(ssl_.get(), UnsignedData(bytes), bytes.size(), label.data(),
                                 label.size(), context ? context->data() : nullptr,
                                 context ? context->size() : 0, context.has_value()) == 1)
    return CopyToArrayBuffer(isolate(), bytes);
  ThrowOpenSslError(env(), "SSL_export_keying_material");
  return {};
}

}  // namespace gyre
