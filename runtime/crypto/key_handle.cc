#include "runtime/crypto/key_handle.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "openssl/core_names.h"
#include "openssl/crypto.h"
#include "openssl/encoder.h"
#include "openssl/err.h"
#include "openssl/pem.h"
#include "runtime/crypto/job.h"
#include "runtime/crypto/key_parser.h"
#include "runtime/crypto/key_store.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/crypto/parameters.h"
#include "runtime/glue/array_buffer.h"

namespace gyre {
namespace {

using EncoderContext = OpenSslPointer<OSSL_ENCODER_CTX, OSSL_ENCODER_CTX_free>;

// An asymmetric key out of its numbers; undefined when OpenSSL finds them wrong.
v8::Local<v8::Value> KeyFromParameters(Environment& env, std::string algorithm, bool is_private,
                                       v8::Local<v8::Value> list) {
  const Parameters entries(env, list);
  const OsslParams parameters = entries.Build();
  const PKeyContextPointer context(EVP_PKEY_CTX_new_from_name(nullptr, algorithm.c_str(), nullptr));
  EVP_PKEY* pkey = nullptr;
  const bool ok =
      parameters != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1 &&
      EVP_PKEY_fromdata(context.get(), &pkey, is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                        parameters.get()) == 1;
  ERR_clear_error();
  if (!ok) return v8::Undefined(env.isolate());
  return KeyHandle::New(env,
                        std::make_shared<KeyData>(is_private ? KeyData::kPrivate : KeyData::kPublic,
                                                  PKeyPointer(pkey)));
}

// A key of a type that consists of bytes (X25519, Ed448, ML-DSA-44, ...); undefined when they are
// none.
v8::Local<v8::Value> KeyFromRaw(Environment& env, std::string algorithm, bool is_private,
                                Bytes bytes) {
  auto* make = is_private ? EVP_PKEY_new_raw_private_key_ex : EVP_PKEY_new_raw_public_key_ex;
  PKeyPointer pkey(make(nullptr, algorithm.c_str(), nullptr, bytes.data(), bytes.size()));
  ERR_clear_error();
  if (pkey == nullptr) return v8::Undefined(env.isolate());
  return KeyHandle::New(env,
                        std::make_shared<KeyData>(is_private ? KeyData::kPrivate : KeyData::kPublic,
                                                  std::move(pkey)));
}

bool Check(const PKeyPointer& pkey, bool is_private) {
  const PKeyContextPointer context(EVP_PKEY_CTX_new_from_pkey(nullptr, pkey.get(), nullptr));
  const int ok =
      is_private ? EVP_PKEY_pairwise_check(context.get()) : EVP_PKEY_public_check(context.get());
  return ok == 1;
}

// Whether the parts of a key belong together.
bool CheckKey(KeyHandle* handle) {
  const bool ok = Check(handle->key()->pkey, handle->type() == KeyData::kPrivate);
  ERR_clear_error();
  return ok;
}

struct KeyRecipe {
  std::string algorithm;
  Parameters for_parameters;  // of a group to be made (DSA, DH)
  Parameters for_key;
  Parameters group;  // a known one
};

// The group that a key is to be of: null where the algorithm's name says all.
bool MakeGroup(const KeyRecipe& recipe, PKeyPointer* group) {
  if (recipe.for_parameters.empty() && recipe.group.empty()) return true;
  const PKeyContextPointer context(
      EVP_PKEY_CTX_new_from_name(nullptr, recipe.algorithm.c_str(), nullptr));
  if (context == nullptr) return false;
  EVP_PKEY* made = nullptr;
  bool ok;
  if (recipe.group.empty()) {
    const OsslParams parameters = recipe.for_parameters.Build();
    ok = parameters != nullptr && EVP_PKEY_paramgen_init(context.get()) == 1 &&
         EVP_PKEY_CTX_set_params(context.get(), parameters.get()) == 1 &&
         EVP_PKEY_generate(context.get(), &made) == 1;
  } else {
    const OsslParams parameters = recipe.group.Build();
    ok = parameters != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1 &&
         EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEY_PARAMETERS, parameters.get()) == 1;
  }
  group->reset(made);
  return ok;
}

bool MakeKey(const KeyRecipe& recipe, EVP_PKEY** key) {
  PKeyPointer group;
  if (!MakeGroup(recipe, &group)) return false;
  const PKeyContextPointer context(
      group != nullptr ? EVP_PKEY_CTX_new_from_pkey(nullptr, group.get(), nullptr)
                       : EVP_PKEY_CTX_new_from_name(nullptr, recipe.algorithm.c_str(), nullptr));
  const OsslParams parameters = recipe.for_key.Build();
  return context != nullptr && parameters != nullptr && EVP_PKEY_keygen_init(context.get()) == 1 &&
         (recipe.for_key.empty() ||
          EVP_PKEY_CTX_set_params(context.get(), parameters.get()) == 1) &&
         EVP_PKEY_generate(context.get(), key) == 1;
}

v8::MaybeLocal<v8::Value> GenerateKeyPair(Environment& env, std::string algorithm,
                                          v8::Local<v8::Value> for_parameters,
                                          v8::Local<v8::Value> for_key, v8::Local<v8::Value> group,
                                          JobCallback callback) {
  const KeyRecipe recipe{std::move(algorithm), Parameters(env, for_parameters),
                         Parameters(env, for_key), Parameters(env, group)};
  auto result = std::make_shared<KeyPointer>();
  return RunJob(env, callback,
                {.type = "KEYPAIRGENREQUEST",
                 .run =
                     [=] {
                       EVP_PKEY* key = nullptr;
                       if (!MakeKey(recipe, &key)) return false;
                       *result = std::make_shared<KeyData>(KeyData::kPrivate, PKeyPointer(key));
                       return true;
                     },
                 .result = [=](Environment& env) { return KeyHandle::New(env, *result); },
                 .otherwise = "Key generation failed",
                 .plain_error = true});
}

}  // namespace

KeyData::~KeyData() { OPENSSL_cleanse(secret.data(), secret.size()); }

KeyHandle::KeyHandle(Environment& env, v8::Local<v8::Object> self,
                     std::optional<v8::Local<v8::Value>> secret)
    : Collected(env, self) {
  if (secret) key_ = std::make_shared<KeyData>(std::string(FromV8<Bytes>(env, *secret).view()));
}

v8::Local<v8::Object> KeyHandle::New(Environment& env, KeyPointer key) {
  v8::Local<v8::Object> object = NewWrapped(env, "KeyHandle").ToLocalChecked();
  Unwrap<KeyHandle>(object)->key_ = std::move(key);
  return object;
}

std::string KeyHandle::Algorithm() {
  const char* name = EVP_PKEY_get0_type_name(pkey());
  std::string lower = name == nullptr ? "" : name;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return lower == "dhx" ? "dh" : lower;
}

v8::Local<v8::Value> KeyHandle::ExportSecret() {
  return CopyToArrayBuffer(isolate(), key_->secret);
}

bool KeyHandle::Equals(KeyHandle* other) {
  if (key_->type == KeyData::kSecret) {
    const std::string& a = key_->secret;
    const std::string& b = other->key_->secret;
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
  }
  const bool same = EVP_PKEY_eq(pkey(), other->pkey()) == 1;
  ERR_clear_error();
  return same;
}

v8::Local<v8::Value> KeyHandle::ToPublic() {
  EVP_PKEY_up_ref(pkey());
  return New(env(), std::make_shared<KeyData>(KeyData::kPublic, PKeyPointer(pkey())));
}

v8::Local<v8::Value> KeyHandle::BignumParameter(std::string name) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(pkey(), name.c_str(), &number) != 1) {
    ERR_clear_error();
    return v8::Undefined(isolate());
  }
  const BignumPointer owned(number);
  return CopyToArrayBuffer(isolate(), BignumBytes(number));
}

v8::Local<v8::Value> KeyHandle::BytesParameter(std::string name) {
  size_t size = 0;
  std::string bytes;
  bool ok = EVP_PKEY_get_octet_string_param(pkey(), name.c_str(), nullptr, 0, &size) == 1;
  if (ok) {
    bytes.resize(size);
    ok = EVP_PKEY_get_octet_string_param(pkey(), name.c_str(), UnsignedData(bytes), size, &size) ==
         1;
  }
  ERR_clear_error();
  if (!ok) return v8::Undefined(isolate());
  return CopyToArrayBuffer(isolate(), bytes.substr(0, size));
}

std::optional<std::string> KeyHandle::TextParameter(std::string name) {
  char text[128];
  size_t size = 0;
  if (EVP_PKEY_get_utf8_string_param(pkey(), name.c_str(), text, sizeof(text), &size) == 1)
    return std::string(text, size);
  ERR_clear_error();
  return std::nullopt;
}

std::optional<int32_t> KeyHandle::IntegerParameter(std::string name) {
  int value = 0;
  if (EVP_PKEY_get_int_param(pkey(), name.c_str(), &value) == 1) return value;
  ERR_clear_error();
  return std::nullopt;
}

v8::MaybeLocal<v8::Value> KeyHandle::Encode(bool is_public, bool pem, std::string structure,
                                            std::optional<std::string> cipher,
                                            std::optional<Bytes> passphrase) {
  ERR_clear_error();
  const int selection = is_public ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
  const EncoderContext context(OSSL_ENCODER_CTX_new_for_pkey(pkey(), selection, pem ? "PEM" : "DER",
                                                             structure.c_str(), nullptr));
  const BioPointer bio = WriteBio();
  bool ok = context != nullptr;
  if (ok && cipher) {
    ok = OSSL_ENCODER_CTX_set_cipher(context.get(), cipher->c_str(), nullptr) == 1 && passphrase &&
         OSSL_ENCODER_CTX_set_passphrase(
             context.get(), passphrase->size() == 0 ? UnsignedData("") : passphrase->data(),
             passphrase->size()) == 1;
  }
  if (!ok || OSSL_ENCODER_to_bio(context.get(), bio.get()) != 1) {
    ThrowOpenSslError(env(), "Failed to encode key");
    return {};
  }
  const std::string encoded = BioText(bio);
  if (pem) return ToV8(env(), encoded);
  return CopyToArrayBuffer(isolate(), encoded);
}

void DeclareKeys(BindingBuilder& b) {
  b.Class<KeyHandle>("KeyHandle")
      .Constructor<std::optional<v8::Local<v8::Value>>>()
      .Getter<&KeyHandle::type>("type")
      .Getter<&KeyHandle::Algorithm>("algorithm")
      .Getter<&KeyHandle::Size>("size")
      .Getter<&KeyHandle::Bits>("bits")
      .Method<&KeyHandle::ExportSecret>("exportSecret")
      .Method<&KeyHandle::Equals>("equals")
      .Method<&KeyHandle::ToPublic>("toPublic")
      .Method<&KeyHandle::BignumParameter>("bignum")
      .Method<&KeyHandle::BytesParameter>("bytes")
      .Method<&KeyHandle::TextParameter>("text")
      .Method<&KeyHandle::IntegerParameter>("integer")
      .Method<&KeyHandle::Encode>("encode");
  b.Function<ParseKey>("parseKey");
  b.Function<LoadStoreKey>("loadStoreKey");
  b.Function<KeyFromParameters>("keyFromParameters");
  b.Function<KeyFromRaw>("keyFromRaw");
  b.Function<CheckKey>("checkKey");
  b.Function<GenerateKeyPair>("generateKeyPair");
}

}  // namespace gyre
