// What a connection is told before and during its handshake.

#include <utility>

#include "openssl/err.h"
#include "openssl/trace.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/tls/tls_stream.h"

namespace gyre {

void TlsStream::SetVerifyMode(bool request, bool require) {
  if (ssl_ == nullptr) return;
  int mode = SSL_VERIFY_NONE;
  if (request) mode = SSL_VERIFY_PEER;
  if (request && is_server_ && require) mode |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
  SSL_set_verify(ssl_.get(), mode, [](int, X509_STORE_CTX*) { return 1; });
}

void TlsStream::SetServername(std::string name) {
  if (ssl_ != nullptr) SSL_set_tlsext_host_name(ssl_.get(), name.c_str());
}

void TlsStream::ApplyAlpn() {
  if (ssl_ == nullptr || is_server_) return;
  SSL_set_alpn_protos(ssl_.get(), UnsignedData(std::string_view(alpn_)),
                      static_cast<unsigned>(alpn_.size()));
}

void TlsStream::EnableCertCallback() {
  cert_callback_ = true;
  if (ssl_ != nullptr) SSL_set_cert_cb(ssl_.get(), OnCertificate, nullptr);
}

void TlsStream::EnablePskCallback() {
  if (ssl_ == nullptr) return;
  SSL_set_psk_server_callback(ssl_.get(), OnPskServer);
  SSL_set_psk_client_callback(ssl_.get(), OnPskClient);
}

bool TlsStream::SetPskIdentityHint(std::string hint) {
  const bool ok = ssl_ == nullptr || SSL_use_psk_identity_hint(ssl_.get(), hint.c_str()) == 1;
  ERR_clear_error();
  return ok;
}

void TlsStream::EnableTrace() {
  if (ssl_ == nullptr) return;
  static BIO* const stderr_bio = BIO_new_fp(stderr, BIO_NOCLOSE | BIO_FP_TEXT);
  SSL_set_msg_callback(ssl_.get(), SSL_trace);
  SSL_set_msg_callback_arg(ssl_.get(), stderr_bio);
}

void TlsStream::RequestOcsp() {
  if (ssl_ != nullptr) SSL_set_tlsext_status_type(ssl_.get(), TLSEXT_STATUSTYPE_ocsp);
}

void TlsStream::SetSession(Bytes session) {
  if (ssl_ == nullptr) return;
  const unsigned char* data = session.data();
  const OpenSslPointer<SSL_SESSION, SSL_SESSION_free> parsed(
      d2i_SSL_SESSION(nullptr, &data, static_cast<long>(session.size())));  // NOLINT(runtime/int)
  ERR_clear_error();
  if (parsed == nullptr) return;
  if (SSL_set_session(ssl_.get(), parsed.get()) != 1)
    ThrowOpenSslError(env(), "SSL_set_session error");
}

// 1, or 0 with an exception.
int32_t TlsStream::SetKeyCert(v8::Local<v8::Object> context) {
  if (ssl_ == nullptr) return 0;
  auto* secure_context = Unwrap<SecureContext>(context);
  ERR_clear_error();
  X509* certificate = SSL_CTX_get0_certificate(secure_context->ctx());
  if (certificate == nullptr) return 1;
  EVP_PKEY* key = SSL_CTX_get0_privatekey(secure_context->ctx());
  STACK_OF(X509)* chain = nullptr;
  if (SSL_CTX_get0_chain_certs(secure_context->ctx(), &chain) == 1 &&
      SSL_use_cert_and_key(ssl_.get(), certificate, key, chain, 1) == 1)
    return 1;
  ThrowOpenSslError(env(), "Setting the key and certificate failed");
  return 0;
}

bool TlsStream::SetMaxSendFragment(int32_t size) {
  return ssl_ != nullptr && SSL_set_max_send_fragment(ssl_.get(), size) == 1;
}

// Undefined, or throws why not.
v8::MaybeLocal<v8::Value> TlsStream::Renegotiate() {
  if (ssl_ == nullptr) return v8::Undefined(isolate());
  bool ok;
  {
    const SslCall call(*this);
    ok = SSL_renegotiate(ssl_.get()) == 1;
  }
  if (!ok) {
    ThrowOpenSslError(env(), "Renegotiation failed");
    return {};
  }
  return v8::Undefined(isolate());
}

void TlsStream::LoadSession(std::optional<Bytes> session) {
  if (ssl_ == nullptr) return;
  if (session) {
    const unsigned char* data = session->data();
    next_session_.reset(d2i_SSL_SESSION(nullptr, &data,
                                        static_cast<long>(session->size())));  // NOLINT
    ERR_clear_error();
  }
  client_hello_done_ = true;
  Cycle();
}

void TlsStream::CertCallbackDone(std::optional<v8::Local<v8::Object>> context) {
  if (ssl_ == nullptr) return;
  if (context) {
    auto* secure_context = Unwrap<SecureContext>(*context);
    contexts_[1].Reset(isolate(), *context);
    SSL_set_SSL_CTX(ssl_.get(), secure_context->ctx());
    SSL_set1_verify_cert_store(ssl_.get(), SSL_CTX_get_cert_store(secure_context->ctx()));
    const STACK_OF(X509_NAME)* names = SSL_CTX_get_client_CA_list(secure_context->ctx());
    SSL_set_client_CA_list(ssl_.get(), SSL_dup_CA_list(names));
  }
  cert_callback_done_ = true;
  Cycle();
}

void TlsStream::NewSessionDone() {
  hold_output_ = false;
  if (ssl_ == nullptr) return;
  Cycle();
}

}  // namespace gyre
