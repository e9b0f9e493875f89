#include "runtime/tls/binding.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "openssl/ssl.h"
#include "runtime/tls/root_certificates.h"
#include "runtime/tls/secure_context.h"
#include "runtime/tls/tls_stream.h"

namespace gyre {
namespace {

// All cipher suites of OpenSSL, also those that are not in use by default.
std::vector<std::string> GetSslCiphers() {
  const SslContextPointer context(SSL_CTX_new(TLS_method()));
  // OpenSSL's defaults, and of TLS 1.3 also those that are not on by default.
  SSL_CTX_set_ciphersuites(context.get(),
                           "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:"
                           "TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_8_SHA256:"
                           "TLS_AES_128_CCM_SHA256");
  const OpenSslPointer<SSL, SSL_free> ssl(SSL_new(context.get()));
  std::vector<std::string> names;
  const STACK_OF(SSL_CIPHER)* ciphers = SSL_get_ciphers(ssl.get());
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); i++)
    names.emplace_back(SSL_CIPHER_get_name(sk_SSL_CIPHER_value(ciphers, i)));
  return names;
}

}  // namespace

void DeclareTlsStream(BindingBuilder& b) {
  b.Class<TlsStream>("TlsStream")
      .Constructor<v8::Local<v8::Object>, bool>()
      .Method<&TlsStream::Attach>("attach")
      .Method<&TlsStream::Detach>("detach")
      .Method<&TlsStream::Receive>("receive")
      .Method<&TlsStream::EncryptedWritten>("encryptedWritten")
      .Method<&TlsStream::Start>("start")
      .Method<&TlsStream::ReadStart>("readStart")
      .Method<&TlsStream::ReadStop>("readStop")
      .Method<&TlsStream::UseUserBuffer>("useUserBuffer")
      .Method<&TlsStream::Write>("write")
      .Method<&TlsStream::WriteV>("writev")
      .Method<&TlsStream::EndCleartext>("endCleartext")
      .Method<&TlsStream::DestroySsl>("destroySsl")
      .Method<&TlsStream::GetAsyncId>("getAsyncId")
      .Getter<&TlsStream::BytesRead>("bytesRead")
      .Getter<&TlsStream::BytesWritten>("bytesWritten")
      .Getter<&TlsStream::WriteQueueSize>("writeQueueSize")
      .Method<&TlsStream::SetVerifyMode>("setVerifyMode")
      .Method<&TlsStream::SetServername>("setServername")
      .Method<&TlsStream::SetAlpnProtocols>("setALPNProtocols")
      .Method<&TlsStream::EnableAlpnCallback>("enableALPNCallback")
      .Method<&TlsStream::EnableCertCallback>("enableCertCallback")
      .Method<&TlsStream::EnableSessionCallbacks>("enableSessionCallbacks")
      .Method<&TlsStream::EnableKeylog>("enableKeylogCallback")
      .Method<&TlsStream::EnablePskCallback>("enablePskCallback")
      .Method<&TlsStream::SetPskIdentityHint>("setPskIdentityHint")
      .Method<&TlsStream::EnableTrace>("enableTrace")
      .Method<&TlsStream::RequestOcsp>("requestOCSP")
      .Method<&TlsStream::SetOcspResponse>("setOCSPResponse")
      .Method<&TlsStream::SetSession>("setSession")
      .Method<&TlsStream::SetKeyCert>("setKeyCert")
      .Method<&TlsStream::SetMaxSendFragment>("setMaxSendFragment")
      .Method<&TlsStream::Renegotiate>("renegotiate")
      .Method<&TlsStream::LoadSession>("loadSession")
      .Method<&TlsStream::CertCallbackDone>("certCbDone")
      .Method<&TlsStream::NewSessionDone>("newSessionDone")
      .Method<&TlsStream::GetSession>("getSession")
      .Method<&TlsStream::GetTicket>("getTLSTicket")
      .Method<&TlsStream::IsSessionReused>("isSessionReused")
      .Method<&TlsStream::PeerCertificates>("getPeerCertificates")
      .Method<&TlsStream::OwnCertificate>("getCertificate")
      .Getter<&TlsStream::VerifyErrorCode>("verifyErrorCode")
      .Getter<&TlsStream::VerifyErrorReason>("verifyErrorReason")
      .Method<&TlsStream::GetCipher>("getCipher")
      .Method<&TlsStream::GetProtocol>("getProtocol")
      .Method<&TlsStream::GetServername>("getServername")
      .Method<&TlsStream::GetAlpnProtocol>("getALPNNegotiatedProtocol")
      .Method<&TlsStream::GetEphemeralKeyInfo>("getEphemeralKeyInfo")
      .Method<&TlsStream::GetSharedSigalgs>("getSharedSigalgs")
      .Method<&TlsStream::GetFinished>("getFinished")
      .Method<&TlsStream::GetPeerFinished>("getPeerFinished")
      .Method<&TlsStream::ExportKeyingMaterial>("exportKeyingMaterial");
}

void InitTls(BindingBuilder& b) {
  b.Function<GetSslCiphers>("getSSLCiphers");
  b.Function<RootCertificates>("getRootCertificates");
  DeclareSecureContext(b);
  DeclareTlsStream(b);
}

}  // namespace gyre
