#include "runtime/crypto/pkey_operations.h"

#include <memory>
#include <optional>
#include <string>

#include "openssl/core_names.h"
#include "openssl/err.h"
#include "openssl/kdf.h"
#include "runtime/crypto/job.h"
#include "runtime/crypto/key_handle.h"
#include "runtime/crypto/parameters.h"
#include "runtime/glue/array_buffer.h"

namespace gyre {
namespace {

using Init = int(EVP_PKEY_CTX*, const OSSL_PARAM*);
using Transform = int(EVP_PKEY_CTX*, unsigned char*, size_t*, const unsigned char*, size_t);

// Values of `operation` in JavaScript.
enum Operation : int32_t { kEncrypt = 0, kDecrypt = 1, kSign = 2, kVerifyRecover = 3 };

struct OperationFunctions {
  Init* init;
  Transform* transform;
};

constexpr OperationFunctions kOperations[] = {
    {EVP_PKEY_encrypt_init_ex, EVP_PKEY_encrypt},
    {EVP_PKEY_decrypt_init_ex, EVP_PKEY_decrypt},
    {EVP_PKEY_sign_init_ex, EVP_PKEY_sign},
    {EVP_PKEY_verify_recover_init_ex, EVP_PKEY_verify_recover},
};

PKeyContextPointer NewContext(const KeyPointer& key) {
  return PKeyContextPointer(EVP_PKEY_CTX_new_from_pkey(nullptr, key->pkey.get(), nullptr));
}

bool RunTransform(const OperationFunctions& operation, const KeyPointer& key,
                  const Parameters& list, std::string_view data, std::string* out) {
  const PKeyContextPointer context = NewContext(key);
  const OsslParams parameters = list.Build();
  size_t size = 0;
  if (context == nullptr || operation.init(context.get(), parameters.get()) != 1 ||
      operation.transform(context.get(), nullptr, &size, UnsignedData(data), data.size()) != 1)
    return false;
  out->resize(size);
  if (operation.transform(context.get(), UnsignedData(*out), &size, UnsignedData(data),
                          data.size()) != 1)
    return false;
  out->resize(size);
  return true;
}

// RSA over some bytes: publicEncrypt, privateDecrypt, privateEncrypt, publicDecrypt.
v8::MaybeLocal<v8::Value> PKeyTransform(Environment& env, int32_t operation, KeyHandle* key,
                                        v8::Local<v8::Value> list, Bytes data,
                                        JobCallback callback) {
  auto out = std::make_shared<std::string>();
  return RunJob(
      env, callback,
      {.type = "CIPHERREQUEST",
       .run =
           [=, key = key->key(), parameters = Parameters(env, list),
            data = std::string(data.view())] {
             return RunTransform(kOperations[operation], key, parameters, data, out.get());
           },
       .result = [=](Environment& env) { return CopyToArrayBuffer(env.isolate(), *out); }});
}

bool Derive(const KeyPointer& own, const KeyPointer& peer, std::string* out) {
  const PKeyContextPointer context = NewContext(own);
  size_t size = 0;
  if (context == nullptr || EVP_PKEY_derive_init(context.get()) != 1 ||
      EVP_PKEY_derive_set_peer(context.get(), peer->pkey.get()) != 1)
    return false;
  if (EVP_PKEY_is_a(own->pkey.get(), "DH") || EVP_PKEY_is_a(own->pkey.get(), "DHX")) {
    // The secret is as long as the prime, zeros in front.
    unsigned pad = 1;
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_uint(OSSL_EXCHANGE_PARAM_PAD, &pad),
                                     OSSL_PARAM_construct_end()};
    if (EVP_PKEY_CTX_set_params(context.get(), parameters) != 1) return false;
  }
  if (EVP_PKEY_derive(context.get(), nullptr, &size) != 1) return false;
  out->resize(size);
  if (EVP_PKEY_derive(context.get(), UnsignedData(*out), &size) != 1) return false;
  out->resize(size);
  return true;
}

v8::MaybeLocal<v8::Value> DeriveSecret(Environment& env, KeyHandle* own, KeyHandle* peer,
                                       JobCallback callback) {
  auto out = std::make_shared<std::string>();
  return RunJob(
      env, callback,
      {.type = "DERIVEBITSREQUEST",
       .run = [=, own = own->key(), peer = peer->key()] { return Derive(own, peer, out.get()); },
       .result = [=](Environment& env) { return CopyToArrayBuffer(env.isolate(), *out); },
       .otherwise = "Deriving bits failed"});
}

bool InitKem(EVP_PKEY_CTX* context, EVP_PKEY* pkey, Init* init) {
  if (init(context, nullptr) != 1) return false;
  if (EVP_PKEY_is_a(pkey, "RSA")) return EVP_PKEY_CTX_set_kem_op(context, "RSASVE") == 1;
  return true;
}

struct Encapsulation {
  std::string shared;
  std::string ciphertext;
};

bool EncapsulateKey(const KeyPointer& key, Encapsulation* out) {
  const PKeyContextPointer context = NewContext(key);
  size_t shared = 0;
  size_t wrapped = 0;
  if (context == nullptr || !InitKem(context.get(), key->pkey.get(), EVP_PKEY_encapsulate_init) ||
      EVP_PKEY_encapsulate(context.get(), nullptr, &wrapped, nullptr, &shared) != 1)
    return false;
  out->shared.resize(shared);
  out->ciphertext.resize(wrapped);
  return EVP_PKEY_encapsulate(context.get(), UnsignedData(out->ciphertext), &wrapped,
                              UnsignedData(out->shared), &shared) == 1;
}

bool DecapsulateKey(const KeyPointer& key, const std::string& ciphertext, std::string* out) {
  const PKeyContextPointer context = NewContext(key);
  const unsigned char* data = UnsignedData(std::string_view(ciphertext));
  size_t size = 0;
  if (context == nullptr || !InitKem(context.get(), key->pkey.get(), EVP_PKEY_decapsulate_init) ||
      EVP_PKEY_decapsulate(context.get(), nullptr, &size, data, ciphertext.size()) != 1)
    return false;
  out->resize(size);
  if (EVP_PKEY_decapsulate(context.get(), UnsignedData(*out), &size, data, ciphertext.size()) != 1)
    return false;
  out->resize(size);
  return true;
}

// [sharedKey, ciphertext]
v8::MaybeLocal<v8::Value> Encapsulate(Environment& env, KeyHandle* key, JobCallback callback) {
  auto out = std::make_shared<Encapsulation>();
  return RunJob(env, callback,
                {.type = "KEMREQUEST",
                 .run = [=, key = key->key()] { return EncapsulateKey(key, out.get()); },
                 .result =
                     [=](Environment& env) {
                       v8::Local<v8::Value> pair[] = {
                           CopyToArrayBuffer(env.isolate(), out->shared),
                           CopyToArrayBuffer(env.isolate(), out->ciphertext)};
                       return v8::Array::New(env.isolate(), pair, 2);
                     },
                 .otherwise = "Encapsulation failed"});
}

v8::MaybeLocal<v8::Value> Decapsulate(Environment& env, KeyHandle* key, Bytes ciphertext,
                                      JobCallback callback) {
  auto out = std::make_shared<std::string>();
  return RunJob(env, callback,
                {.type = "KEMREQUEST",
                 .run =
                     [=, key = key->key(), text = std::string(ciphertext.view())] {
                       return DecapsulateKey(key, text, out.get());
                     },
                 .result = [=](Environment& env) { return CopyToArrayBuffer(env.isolate(), *out); },
                 .otherwise = "Decapsulation failed"});
}

}  // namespace

void DeclarePKeyOperations(BindingBuilder& b) {
  b.Constant("kEncrypt", static_cast<int32_t>(kEncrypt));
  b.Constant("kDecrypt", static_cast<int32_t>(kDecrypt));
  b.Constant("kSign", static_cast<int32_t>(kSign));
  b.Constant("kVerifyRecover", static_cast<int32_t>(kVerifyRecover));
  b.Function<PKeyTransform>("pkeyTransform");
  b.Function<DeriveSecret>("deriveSecret");
  b.Function<Encapsulate>("encapsulate");
  b.Function<Decapsulate>("decapsulate");
}

}  // namespace gyre
