#include "runtime/crypto/signature.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "openssl/core_names.h"
#include "openssl/ec.h"
#include "openssl/err.h"
#include "runtime/crypto/job.h"
#include "runtime/crypto/key_handle.h"
#include "runtime/crypto/openssl.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/crypto/parameters.h"
#include "runtime/glue/array_buffer.h"

namespace gyre {
namespace {

using EcdsaSignature = OpenSslPointer<ECDSA_SIG, ECDSA_SIG_free>;

// The size of each of the two numbers of a DSA or ECDSA signature; 0 for other keys.
size_t NumberSize(EVP_PKEY* pkey) {
  if (EVP_PKEY_is_a(pkey, "EC")) return (EVP_PKEY_get_bits(pkey) + 7) / 8;
  if (!EVP_PKEY_is_a(pkey, "DSA")) return 0;
  BIGNUM* q = nullptr;
  if (EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_FFC_Q, &q) != 1) return 0;
  const BignumPointer owned(q);
  return BN_num_bytes(q);
}

// IEEE P1363, r and s side by side, out of DER's SEQUENCE { r, s }; what is no such SEQUENCE stays.
std::string ToP1363(EVP_PKEY* pkey, std::string der) {
  const size_t size = NumberSize(pkey);
  const unsigned char* data = UnsignedData(std::string_view(der));
  const EcdsaSignature signature(
      size == 0 ? nullptr
                : d2i_ECDSA_SIG(nullptr, &data, static_cast<long>(der.size())));  // NOLINT
  if (signature == nullptr) return der;
  return BignumBytes(ECDSA_SIG_get0_r(signature.get()), size) +
         BignumBytes(ECDSA_SIG_get0_s(signature.get()), size);
}

// The other way; nothing when the size is wrong.
std::optional<std::string> FromP1363(EVP_PKEY* pkey, std::string bytes) {
  const size_t size = NumberSize(pkey);
  if (size == 0) return bytes;
  if (bytes.size() != 2 * size) return std::nullopt;
  const EcdsaSignature signature(ECDSA_SIG_new());
  const unsigned char* data = UnsignedData(std::string_view(bytes));
  ECDSA_SIG_set0(signature.get(), BN_bin2bn(data, static_cast<int>(size), nullptr),
                 BN_bin2bn(data + size, static_cast<int>(size), nullptr));
  unsigned char* out = nullptr;
  const int length = i2d_ECDSA_SIG(signature.get(), &out);
  if (length <= 0) return std::nullopt;
  std::string der(reinterpret_cast<char*>(out), length);
  OPENSSL_free(out);
  return der;
}

struct Message {
  KeyPointer key;
  std::optional<std::string> digest;
  Parameters parameters;
  bool p1363;
  std::string data;
  std::string signature;

  EVP_PKEY* pkey() const { return key->pkey.get(); }
  const char* digest_name() const { return digest ? digest->c_str() : nullptr; }
};

bool SignData(Message& message) {
  const MdContextPointer context(EVP_MD_CTX_new());
  const OsslParams parameters = message.parameters.Build();
  size_t size = 0;
  if (EVP_DigestSignInit_ex(context.get(), nullptr, message.digest_name(), nullptr, nullptr,
                            message.pkey(), parameters.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, UnsignedData(std::string_view(message.data)),
                     message.data.size()) != 1)
    return false;
  message.signature.resize(size);
  if (EVP_DigestSign(context.get(), UnsignedData(message.signature), &size,
                     UnsignedData(std::string_view(message.data)), message.data.size()) != 1)
    return false;
  message.signature.resize(size);
  if (message.p1363) message.signature = ToP1363(message.pkey(), std::move(message.signature));
  return true;
}

bool VerifyData(const Message& message, bool* valid) {
  const MdContextPointer context(EVP_MD_CTX_new());
  const OsslParams parameters = message.parameters.Build();
  if (EVP_DigestVerifyInit_ex(context.get(), nullptr, message.digest_name(), nullptr, nullptr,
                              message.pkey(), parameters.get()) != 1)
    return false;
  std::optional<std::string> signature = message.signature;
  if (message.p1363) signature = FromP1363(message.pkey(), std::move(*signature));
  *valid =
      signature &&
      EVP_DigestVerify(context.get(), UnsignedData(std::string_view(*signature)), signature->size(),
                       UnsignedData(std::string_view(message.data)), message.data.size()) == 1;
  return true;
}

v8::MaybeLocal<v8::Value> SignOneShot(Environment& env, KeyHandle* key,
                                      std::optional<std::string> digest,
                                      v8::Local<v8::Value> parameters, bool p1363, Bytes data,
                                      JobCallback callback) {
  auto message = std::make_shared<Message>(Message{key->key(),
                                                   std::move(digest),
                                                   Parameters(env, parameters),
                                                   p1363,
                                                   std::string(data.view()),
                                                   {}});
  return RunJob(
      env, callback,
      {.type = "SIGNREQUEST",
       .run = [=] { return SignData(*message); },
       .result =
           [=](Environment& env) { return CopyToArrayBuffer(env.isolate(), message->signature); }});
}

v8::MaybeLocal<v8::Value> VerifyOneShot(Environment& env, KeyHandle* key,
                                        std::optional<std::string> digest,
                                        v8::Local<v8::Value> parameters, bool p1363, Bytes data,
                                        Bytes signature, JobCallback callback) {
  auto message = std::make_shared<Message>(
      Message{key->key(), std::move(digest), Parameters(env, parameters), p1363,
              std::string(data.view()), std::string(signature.view())});
  auto valid = std::make_shared<bool>(false);
  return RunJob(
      env, callback,
      {.type = "SIGNREQUEST",
       .run = [=] { return VerifyData(*message, valid.get()); },
       .result = [=](Environment& env) { return v8::Boolean::New(env.isolate(), *valid); }});
}

// The hash that Sign and Verify take the data into. Its context goes away with sign() or verify().
class SignatureDigest final : public Collected {
 public:
  SignatureDigest(Environment& env, v8::Local<v8::Object> self, std::string digest)
      : Collected(env, self), md_(DigestByName(digest)) {
    if (md_ == nullptr) return;
    context_.reset(EVP_MD_CTX_new());
    valid_ = EVP_DigestInit_ex(context_.get(), md_, nullptr) == 1;
    ERR_clear_error();
  }

  bool valid() { return valid_; }

  bool Update(Bytes data) {
    return context_ != nullptr && EVP_DigestUpdate(context_.get(), data.data(), data.size()) == 1;
  }

  v8::MaybeLocal<v8::Value> Sign(KeyHandle* key, v8::Local<v8::Value> list, bool p1363) {
    ERR_clear_error();
    const PKeyContextPointer context(EVP_PKEY_CTX_new_from_pkey(nullptr, key->pkey(), nullptr));
    const std::string hash = Finish();
    const Parameters entries(env(), list);
    const OsslParams parameters = entries.Build();
    size_t size = 0;
    std::string signature;
    bool ok = parameters != nullptr && EVP_PKEY_sign_init(context.get()) == 1 &&
              EVP_PKEY_CTX_set_params(context.get(), parameters.get()) == 1 &&
              EVP_PKEY_CTX_set_signature_md(context.get(), md_) == 1 &&
              EVP_PKEY_sign(context.get(), nullptr, &size, UnsignedData(std::string_view(hash)),
                            hash.size()) == 1;
    if (ok) {
      signature.resize(size);
      ok = EVP_PKEY_sign(context.get(), UnsignedData(signature), &size,
                         UnsignedData(std::string_view(hash)), hash.size()) == 1;
    }
    if (!ok) {
      ThrowOpenSslError(env(), "Signing failed");
      return {};
    }
    signature.resize(size);
    if (p1363) signature = ToP1363(key->pkey(), std::move(signature));
    return CopyToArrayBuffer(isolate(), signature);
  }

  v8::MaybeLocal<v8::Value> Verify(KeyHandle* key, v8::Local<v8::Value> list, bool p1363,
                                   Bytes bytes) {
    ERR_clear_error();
    std::optional<std::string> signature = std::string(bytes.view());
    const PKeyContextPointer context(EVP_PKEY_CTX_new_from_pkey(nullptr, key->pkey(), nullptr));
    const std::string hash = Finish();
    const Parameters entries(env(), list);
    const OsslParams parameters = entries.Build();
    if (parameters == nullptr || EVP_PKEY_verify_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_params(context.get(), parameters.get()) != 1 ||
        EVP_PKEY_CTX_set_signature_md(context.get(), md_) != 1) {
      ThrowOpenSslError(env(), "Verifying failed");
      return {};
    }
    if (p1363) signature = FromP1363(key->pkey(), std::move(*signature));
    const bool valid =
        signature &&
        EVP_PKEY_verify(context.get(), UnsignedData(std::string_view(*signature)),
                        signature->size(), UnsignedData(std::string_view(hash)), hash.size()) == 1;
    ERR_clear_error();
    return v8::Boolean::New(isolate(), valid);
  }

 private:
  std::string Finish() {
    std::string hash(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    EVP_DigestFinal_ex(context_.get(), UnsignedData(hash), &size);
    context_.reset();
    hash.resize(size);
    return hash;
  }

  const EVP_MD* const md_;
  MdContextPointer context_;
  bool valid_ = false;
};

}  // namespace

void DeclareSignatures(BindingBuilder& b) {
  b.Function<SignOneShot>("signOneShot");
  b.Function<VerifyOneShot>("verifyOneShot");
  b.Class<SignatureDigest>("SignatureDigest")
      .Constructor<std::string>()
      .Getter<&SignatureDigest::valid>("valid")
      .Method<&SignatureDigest::Update>("update")
      .Method<&SignatureDigest::Sign>("sign")
      .Method<&SignatureDigest::Verify>("verify");
}

}  // namespace gyre
