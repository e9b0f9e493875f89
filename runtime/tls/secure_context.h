#ifndef GYRE_TLS_SECURE_CONTEXT_H_
#define GYRE_TLS_SECURE_CONTEXT_H_

#include <optional>
#include <string>

#include "openssl/ssl.h"
#include "runtime/crypto/openssl.h"
#include "runtime/glue/binding.h"

namespace gyre {

using SslContextPointer = OpenSslPointer<SSL_CTX, SSL_CTX_free>;

// Keys, certificates and settings that connections share: an SSL_CTX. JS: new SecureContext(), then
// init(method, minVersion, maxVersion), then the setters. What OpenSSL refuses is thrown as its
// error.
class SecureContext final : public Collected {
 public:
  SecureContext(Environment& env, v8::Local<v8::Object> self);

  SSL_CTX* ctx() const { return ctx_.get(); }
  X509* certificate() const { return certificate_.get(); }
  X509* issuer() const { return issuer_.get(); }

  // `side`: 0 both, 1 server, 2 client.
  void Init(int32_t side, int32_t min_version, int32_t max_version);
  void SetKey(Bytes pem, std::optional<Bytes> passphrase);
  void SetCert(Bytes pem);
  void AddCaCert(std::string pem);
  // The bundled root certificates.
  void AddRootCerts();
  bool AddCrl(Bytes pem);
  void SetCiphers(std::string list);
  void SetCipherSuites(std::string list);
  void SetSigalgs(std::string list);
  bool SetEcdhCurve(std::string curves);
  // False when it is no DH parameter, otherwise its size in bits, set when it is large enough.
  int32_t SetDhParam(Bytes pem);
  void SetDhAuto() { SSL_CTX_set_dh_auto(ctx(), 1); }
  void SetOptions(double options);
  void SetSessionIdContext(std::string context);
  void SetSessionTimeout(int32_t seconds) { SSL_CTX_set_timeout(ctx(), seconds); }
  void SetAllowPartialTrustChain();
  void LoadPkcs12(Bytes data, std::optional<Bytes> passphrase);
  int32_t GetMinProto() { return static_cast<int32_t>(SSL_CTX_get_min_proto_version(ctx())); }
  int32_t GetMaxProto() { return static_cast<int32_t>(SSL_CTX_get_max_proto_version(ctx())); }
  void SetMinProto(int32_t version) { SSL_CTX_set_min_proto_version(ctx(), version); }
  void SetMaxProto(int32_t version) { SSL_CTX_set_max_proto_version(ctx(), version); }
  v8::Local<v8::Value> GetTicketKeys();
  void SetTicketKeys(Bytes keys);
  v8::Local<v8::Value> GetCertificate();
  v8::Local<v8::Value> GetIssuer();
  void Close() { ctx_.reset(); }

 private:
  static int UseTicketKey(SSL* ssl, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher,
                          EVP_MAC_CTX* mac, int encrypt);

  bool ThrowUnless(bool ok);
  void ThrowOperationFailed(std::string_view message);
  void ThrowPkcs12Error();
  X509_STORE* OwnStore();
  bool UseCertificateChain(X509Pointer leaf, STACK_OF(X509) * extra);

  SslContextPointer ctx_;
  X509Pointer certificate_;
  X509Pointer issuer_;
  bool has_own_store_ = false;
  unsigned char ticket_keys_[48];  // name, key of the MAC, key of the cipher: 16 each
};

void DeclareSecureContext(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_TLS_SECURE_CONTEXT_H_
