#ifndef GYRE_CRYPTO_CERTIFICATE_H_
#define GYRE_CRYPTO_CERTIFICATE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/crypto/key_handle.h"
#include "runtime/crypto/openssl.h"
#include "runtime/glue/binding.h"

namespace gyre {

// The native half of an X509Certificate. JS: new CertificateHandle(pemOrDer); `error` says what was
// wrong with it. Texts are undefined where the certificate has no such part.
class CertificateHandle final : public Collected {
 public:
  CertificateHandle(Environment& env, v8::Local<v8::Object> self, std::optional<Bytes> data);

  // A new JavaScript object for a certificate; takes it over.
  static v8::Local<v8::Object> New(Environment& env, X509Pointer certificate);

  X509* x509() const { return certificate_.get(); }

  v8::Local<v8::Value> error();
  std::string Subject();
  std::string Issuer();
  // [type, value, type, value, ...]
  std::vector<std::string> NameParts(bool issuer);
  std::optional<std::string> SubjectAltName();
  std::optional<std::string> InfoAccess();
  std::string ValidFrom();
  std::string ValidTo();
  double ValidFromSeconds();
  double ValidToSeconds();
  std::string Fingerprint(std::string digest);
  v8::Local<v8::Value> ExtendedKeyUsage();
  std::string SerialNumber();
  std::string SignatureAlgorithm();
  std::string SignatureAlgorithmOid();
  v8::Local<v8::Value> Raw();
  v8::MaybeLocal<v8::Value> PublicKey();
  std::string Pem();
  bool IsCa() { return X509_check_ca(x509()) == 1; }
  bool IsSelfIssued();
  // Undefined for no match, null for a name that is none.
  v8::Local<v8::Value> CheckHost(std::string name, uint32_t flags);
  v8::Local<v8::Value> CheckEmail(std::string name, uint32_t flags);
  v8::Local<v8::Value> CheckIp(std::string address);
  bool CheckIssued(CertificateHandle* issuer);
  bool CheckPrivateKey(KeyHandle* key);
  bool Verify(KeyHandle* key);

 private:
  X509Pointer certificate_;
  std::vector<unsigned long> errors_;  // NOLINT(runtime/int)
};

// CertificateHandle and the SPKAC functions.
void DeclareCertificates(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CRYPTO_CERTIFICATE_H_
