// What OpenSSL asks and tells in the middle of a handshake.

#include <cstring>

#include "openssl/err.h"
#include "runtime/glue/array_buffer.h"
#include "runtime/tls/tls_stream.h"

namespace gyre {
namespace {

std::string_view View(const unsigned char* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// The first name of a ClientHello's server_name extension.
std::string ServernameOf(SSL* ssl) {
  const unsigned char* data = nullptr;
  size_t size = 0;
  if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &data, &size) != 1) return "";
  // uint16 list size, uint8 type, uint16 name size, name
  constexpr size_t kHeader = 5;
  if (size < kHeader || data[2] != TLSEXT_NAMETYPE_host_name) return "";
  const size_t length = data[3] << 8 | data[4];
  if (length > size - kHeader) return "";
  return std::string(View(data + kHeader, length));
}

bool HasTicket(SSL* ssl) {
  const unsigned char* data = nullptr;
  size_t size = 0;
  return SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_session_ticket, &data, &size) == 1 && size > 0;
}

}  // namespace

void TlsStream::SetContextCallbacks(SSL_CTX* context) {
  SSL_CTX_set_client_hello_cb(context, OnClientHello, nullptr);
  SSL_CTX_sess_set_new_cb(context, OnNewSession);
  SSL_CTX_sess_set_get_cb(context, OnGetSession);
  SSL_CTX_set_alpn_select_cb(context, OnSelectAlpn, nullptr);
  SSL_CTX_set_tlsext_status_cb(context, OnOcsp);
  SSL_CTX_set_keylog_callback(context, OnKeylog);
}

void TlsStream::OnInfo(const SSL* ssl, int where, int) {
  TlsStream* self = From(ssl);
  if (self == nullptr) return;
  if (where & SSL_CB_HANDSHAKE_START) self->events_.push_back({Event::kHandshakeStart, {}, {}});
  if ((where & SSL_CB_HANDSHAKE_DONE) && !SSL_renegotiate_pending(const_cast<SSL*>(ssl))) {
    self->established_ = true;
    self->events_.push_back({Event::kHandshakeDone, {}, {}});
  }
}

// JavaScript may want to look for the client's session: the handshake waits.
int TlsStream::OnClientHello(SSL* ssl, int*, void*) {
  TlsStream* self = From(ssl);
  if (self == nullptr || !self->session_callbacks_ || self->client_hello_done_)
    return SSL_CLIENT_HELLO_SUCCESS;
  if (!self->client_hello_seen_) {
    self->client_hello_seen_ = true;
    const unsigned char* id = nullptr;
    const size_t size = SSL_client_hello_get0_session_id(ssl, &id);
    self->events_.push_back(
        {Event::kClientHello, std::string(View(id, size)), ServernameOf(ssl), HasTicket(ssl)});
  }
  return SSL_CLIENT_HELLO_RETRY;
}

// JavaScript may choose another certificate or an OCSP response: the handshake waits.
int TlsStream::OnCertificate(SSL* ssl, void*) {
  TlsStream* self = From(ssl);
  if (!self->is_server_ || !self->cert_callback_ || self->cert_callback_done_) return 1;
  if (!self->cert_callback_running_) {
    self->cert_callback_running_ = true;
    const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    const bool ocsp = SSL_get_tlsext_status_type(ssl) == TLSEXT_STATUSTYPE_ocsp;
    self->events_.push_back({Event::kCertificate, name == nullptr ? "" : name, {}, ocsp});
  }
  return -1;
}

int TlsStream::OnNewSession(SSL* ssl, SSL_SESSION* session) {
  TlsStream* self = From(ssl);
  if (self == nullptr || !self->session_callbacks_) return 0;
  const int size = i2d_SSL_SESSION(session, nullptr);
  constexpr int kMaxSession = 10 * 1024;
  if (size <= 0 || size > kMaxSession) return 0;
  std::string bytes(size, '\0');
  unsigned char* out = UnsignedData(bytes);
  i2d_SSL_SESSION(session, &out);
  unsigned id_size = 0;
  const unsigned char* id = SSL_SESSION_get_id(session, &id_size);
  self->events_.push_back({Event::kNewSession, std::string(View(id, id_size)), std::move(bytes)});
  // The client may come back with this session as soon as it has it: it is stored first.
  if (self->is_server_) self->hold_output_ = true;
  return 0;
}

SSL_SESSION* TlsStream::OnGetSession(SSL* ssl, const unsigned char*, int, int* copy) {
  *copy = 0;
  TlsStream* self = From(ssl);
  return self == nullptr ? nullptr : self->next_session_.release();
}

int TlsStream::OnSelectAlpn(SSL* ssl, const unsigned char** out, unsigned char* out_size,
                            const unsigned char* in, unsigned in_size, void*) {
  TlsStream* self = From(ssl);
  if (self->alpn_callback_) {
    Environment& env = self->env();
    JsScope scope(env, &self->async_);
    const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    v8::Local<v8::Value> argv[] = {ToV8(env, name == nullptr ? "" : name),
                                   CopyToArrayBuffer(env.isolate(), View(in, in_size))};
    v8::Local<v8::Value> offset;
    if (!self->CallNow(env.Intern("onalpn"), 2, argv).ToLocal(&offset) || !offset->IsInt32())
      return SSL_TLSEXT_ERR_ALERT_FATAL;
    const int32_t at = offset.As<v8::Int32>()->Value();
    if (at < 0 || static_cast<unsigned>(at) >= in_size) return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = in + at + 1;
    *out_size = in[at];
    return SSL_TLSEXT_ERR_OK;
  }
  if (self->alpn_.empty()) return SSL_TLSEXT_ERR_NOACK;
  const int found = SSL_select_next_proto(const_cast<unsigned char**>(out), out_size,
                                          UnsignedData(std::string_view(self->alpn_)),
                                          static_cast<unsigned>(self->alpn_.size()), in, in_size);
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

int TlsStream::OnOcsp(SSL* ssl, void*) {
  TlsStream* self = From(ssl);
  if (!self->is_server_) {
    const unsigned char* response = nullptr;
    const long size = SSL_get_tlsext_status_ocsp_resp(ssl, &response);  // NOLINT(runtime/int)
    const bool has = response != nullptr && size >= 0;
    self->events_.push_back(
        {Event::kOcspResponse, has ? std::string(View(response, size)) : "", {}, has});
    // A bad response is JavaScript's to judge.
    return 1;
  }
  if (self->ocsp_response_.empty()) return SSL_TLSEXT_ERR_NOACK;
  const size_t size = self->ocsp_response_.size();
  auto* copy = static_cast<unsigned char*>(OPENSSL_malloc(size));
  std::memcpy(copy, self->ocsp_response_.data(), size);
  if (SSL_set_tlsext_status_ocsp_resp(ssl, copy, static_cast<int>(size)) != 1) OPENSSL_free(copy);
  self->ocsp_response_.clear();
  return SSL_TLSEXT_ERR_OK;
}

void TlsStream::OnKeylog(const SSL* ssl, const char* line) {
  TlsStream* self = From(ssl);
  if (self == nullptr || !self->keylog_) return;
  self->events_.push_back({Event::kKeylog, std::string(line) + "\n", {}});
}

unsigned TlsStream::OnPskServer(SSL* ssl, const char* identity, unsigned char* psk, unsigned size) {
  TlsStream* self = From(ssl);
  Environment& env = self->env();
  JsScope scope(env, &self->async_);
  v8::Local<v8::Value> argv[] = {ToV8(env, identity == nullptr ? "" : identity), ToV8(env, size)};
  v8::Local<v8::Value> result;
  if (!self->CallNow(env.Intern("onpskserver"), 2, argv).ToLocal(&result) ||
      !result->IsArrayBufferView())
    return 0;
  const auto bytes = FromV8<Bytes>(env, result);
  if (bytes.size() > size) return 0;
  std::memcpy(psk, bytes.data(), bytes.size());
  return static_cast<unsigned>(bytes.size());
}

unsigned TlsStream::OnPskClient(SSL* ssl, const char* hint, char* identity, unsigned identity_size,
                                unsigned char* psk, unsigned psk_size) {
  TlsStream* self = From(ssl);
  Environment& env = self->env();
  JsScope scope(env, &self->async_);
  v8::Local<v8::Value> argv[] = {
      hint == nullptr ? v8::Null(env.isolate()).As<v8::Value>() : ToV8(env, hint),
      ToV8(env, psk_size), ToV8(env, identity_size)};
  v8::Local<v8::Value> result;
  // [identity, psk]
  if (!self->CallNow(env.Intern("onpskclient"), 3, argv).ToLocal(&result) || !result->IsArray())
    return 0;
  v8::Local<v8::Array> pair = result.As<v8::Array>();
  const auto name = FromV8<std::string>(env, pair->Get(env.context(), 0).ToLocalChecked());
  const auto bytes = FromV8<Bytes>(env, pair->Get(env.context(), 1).ToLocalChecked());
  if (name.size() > identity_size || bytes.size() > psk_size) return 0;
  std::memcpy(identity, name.c_str(), name.size() + 1);
  std::memcpy(psk, bytes.data(), bytes.size());
  return static_cast<unsigned>(bytes.size());
}

}  // namespace gyre
