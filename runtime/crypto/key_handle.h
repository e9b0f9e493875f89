#ifndef GYRE_CRYPTO_KEY_HANDLE_H_
#define GYRE_CRYPTO_KEY_HANDLE_H_

#include <memory>
#include <optional>
#include <string>

#include "runtime/crypto/openssl.h"
#include "runtime/glue/binding.h"

namespace gyre {

// A key, immutable once made: threads share it.
struct KeyData {
  enum Type : int32_t { kSecret = 0, kPublic = 1, kPrivate = 2 };

  KeyData(Type type, PKeyPointer pkey) : type(type), pkey(std::move(pkey)) {}
  explicit KeyData(std::string bytes) : type(kSecret), secret(std::move(bytes)) {}
  ~KeyData();

  const Type type;
  std::string secret;      // of kSecret
  const PKeyPointer pkey;  // of the others
};

using KeyPointer = std::shared_ptr<const KeyData>;

// The native half of a KeyObject or CryptoKey. JS:
//
//   new KeyHandle(bytes?)     a secret key of these bytes
//   type                      0 secret, 1 public, 2 private
//   algorithm                 OpenSSL's name of an asymmetric key's type, lower case
//   size exportSecret()       of a secret key
//   equals(handle) toPublic()
//   bits                      an asymmetric key's size
//   bignum(name) bytes(name) text(name) integer(name)   a parameter; undefined when there is none
//   encode(isPublic, pem, structure, cipher, passphrase)   a string (PEM) or ArrayBuffer (DER)
class KeyHandle final : public Collected {
 public:
  KeyHandle(Environment& env, v8::Local<v8::Object> self,
            std::optional<v8::Local<v8::Value>> secret);

  // A new JavaScript object for a key.
  static v8::Local<v8::Object> New(Environment& env, KeyPointer key);

  const KeyPointer& key() const { return key_; }
  EVP_PKEY* pkey() const { return key_->pkey.get(); }

  int32_t type() { return key_->type; }
  std::string Algorithm();
  double Size() { return static_cast<double>(key_->secret.size()); }
  int32_t Bits() { return EVP_PKEY_get_bits(pkey()); }
  v8::Local<v8::Value> ExportSecret();
  bool Equals(KeyHandle* other);
  v8::Local<v8::Value> ToPublic();
  v8::Local<v8::Value> BignumParameter(std::string name);
  v8::Local<v8::Value> BytesParameter(std::string name);
  std::optional<std::string> TextParameter(std::string name);
  std::optional<int32_t> IntegerParameter(std::string name);
  v8::MaybeLocal<v8::Value> Encode(bool is_public, bool pem, std::string structure,
                                   std::optional<std::string> cipher,
                                   std::optional<Bytes> passphrase);

 private:
  KeyPointer key_;
};

// KeyHandle, parseKey, keyFromParameters, keyFromRaw, generateKeyPair.
void DeclareKeys(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CRYPTO_KEY_HANDLE_H_
