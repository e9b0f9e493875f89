#include "runtime/crypto/derive.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "openssl/err.h"
#include "openssl/evp.h"
#include "openssl/kdf.h"
#include "openssl/rand.h"
#include "runtime/crypto/openssl.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/crypto/parameters.h"
#include "runtime/glue/array_buffer.h"
#include "runtime/glue/system_error.h"
#include "runtime/loop/work.h"

namespace gyre {
namespace {

// Fills `out`; false leaves OpenSSL's error queue as the reason.
using Derivation = std::function<bool(std::vector<uint8_t>& out)>;
using Callback = std::optional<v8::Local<v8::Function>>;

constexpr char kFailed[] = "Deriving bits failed";

class DeriveWork final : public Work {
 public:
  DeriveWork(Environment& env, v8::Local<v8::Function> callback, const char* type, size_t length,
             Derivation derive)
      : Work(env, callback, type, "crypto"), out_(length), derive_(std::move(derive)) {}

 protected:
  void Run() override {
    ok_ = derive_(out_);
    errors_ = TakeOpenSslErrors();
  }
  Arguments Done(Environment& env) override {
    if (!ok_) return {OpenSslError(env, errors_, kFailed)};
    return {v8::Null(env.isolate()), CopyToArrayBuffer(env.isolate(), out_.data(), out_.size())};
  }

 private:
  std::vector<uint8_t> out_;
  const Derivation derive_;
  bool ok_ = false;
  std::vector<unsigned long> errors_;  // NOLINT(runtime/int)
};

// With a callback: callback(error, arrayBuffer) later. Without: the ArrayBuffer now.
v8::MaybeLocal<v8::Value> Derive(Environment& env, Callback callback, const char* type,
                                 size_t length, Derivation derive) {
  if (callback) {
    (new DeriveWork(env, *callback, type, length, std::move(derive)))->Start();
    return v8::Undefined(env.isolate());
  }
  std::vector<uint8_t> out(length);
  if (derive(out)) return CopyToArrayBuffer(env.isolate(), out.data(), out.size());
  ThrowOpenSslError(env, kFailed);
  return {};
}

std::string Copy(const Bytes& bytes) { return std::string(bytes.view()); }
const unsigned char* Data(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

bool IsDigest(std::string name) { return DigestByName(name) != nullptr; }

double DigestSize(std::string name) { return EVP_MD_get_size(DigestByName(name)); }

v8::MaybeLocal<v8::Value> Pbkdf2(Environment& env, Bytes password, Bytes salt, int32_t iterations,
                                 double length, std::string digest, Callback callback) {
  return Derive(env, callback, "PBKDF2REQUEST", static_cast<size_t>(length),
                [password = Copy(password), salt = Copy(salt), iterations,
                 digest](std::vector<uint8_t>& out) {
                  if (out.empty()) return false;
                  return PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
                                           Data(salt), static_cast<int>(salt.size()), iterations,
                                           DigestByName(digest), static_cast<int>(out.size()),
                                           out.data()) == 1;
                });
}

// Empty when scrypt takes these parameters, else why not.
std::string CheckScrypt(double cost, double block_size, double parallelization, double max_memory) {
  const int ok = EVP_PBE_scrypt(
      nullptr, 0, nullptr, 0, static_cast<uint64_t>(cost), static_cast<uint64_t>(block_size),
      static_cast<uint64_t>(parallelization), static_cast<uint64_t>(max_memory), nullptr, 0);
  const std::vector<unsigned long> errors = TakeOpenSslErrors();  // NOLINT(runtime/int)
  if (ok == 1) return "";
  return errors.empty() ? "Invalid scrypt params"
                        : "Invalid scrypt params: " + OpenSslErrorText(errors.back());
}

v8::MaybeLocal<v8::Value> Scrypt(Environment& env, Bytes password, Bytes salt, double length,
                                 double cost, double block_size, double parallelization,
                                 double max_memory, Callback callback) {
  return Derive(env, callback, "SCRYPTREQUEST", static_cast<size_t>(length),
                [password = Copy(password), salt = Copy(salt), cost, block_size, parallelization,
                 max_memory](std::vector<uint8_t>& out) {
                  if (out.empty()) return true;
                  return EVP_PBE_scrypt(
                             password.data(), password.size(), Data(salt), salt.size(),
                             static_cast<uint64_t>(cost), static_cast<uint64_t>(block_size),
                             static_cast<uint64_t>(parallelization),
                             static_cast<uint64_t>(max_memory), out.data(), out.size()) == 1;
                });
}

bool DeriveHkdf(const std::string& digest, const std::string& key, const std::string& salt,
                const std::string& info, std::vector<uint8_t>& out) {
  if (out.empty()) return false;
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr), &EVP_PKEY_CTX_free);
  size_t length = out.size();
  return context != nullptr && EVP_PKEY_derive_init(context.get()) == 1 &&
         EVP_PKEY_CTX_set_hkdf_md(context.get(), DigestByName(digest)) == 1 &&
         EVP_PKEY_CTX_set1_hkdf_salt(context.get(), Data(salt), static_cast<int>(salt.size())) ==
             1 &&
         EVP_PKEY_CTX_set1_hkdf_key(context.get(), Data(key), static_cast<int>(key.size())) == 1 &&
         EVP_PKEY_CTX_add1_hkdf_info(context.get(), Data(info), static_cast<int>(info.size())) ==
             1 &&
         EVP_PKEY_derive(context.get(), out.data(), &length) == 1;
}

v8::MaybeLocal<v8::Value> Hkdf(Environment& env, std::string digest, Bytes key, Bytes salt,
                               Bytes info, double length, Callback callback) {
  return Derive(
      env, callback, "HKDFREQUEST", static_cast<size_t>(length),
      [digest, key = Copy(key), salt = Copy(salt), info = Copy(info)](std::vector<uint8_t>& out) {
        return DeriveHkdf(digest, key, salt, info, out);
      });
}

// Any of OpenSSL's key derivation functions by its name (ARGON2ID, HKDF, ...).
v8::MaybeLocal<v8::Value> Kdf(Environment& env, std::string name, v8::Local<v8::Value> list,
                              double length, Callback callback) {
  return Derive(
      env, callback, "KDFREQUEST", static_cast<size_t>(length),
      [name, list = Parameters(env, list)](std::vector<uint8_t>& out) {
        const OpenSslPointer<EVP_KDF, EVP_KDF_free> kdf(
            EVP_KDF_fetch(nullptr, name.c_str(), nullptr));
        if (kdf == nullptr) return false;
        const OpenSslPointer<EVP_KDF_CTX, EVP_KDF_CTX_free> context(EVP_KDF_CTX_new(kdf.get()));
        const OsslParams parameters = list.Build();
        return parameters != nullptr &&
               EVP_KDF_derive(context.get(), out.data(), out.size(), parameters.get()) == 1;
      });
}

// --- Random bytes, straight into the caller's memory unless that may go away meanwhile
// -----------------------------------------------------------------

class RandomWork final : public Work {
 public:
  RandomWork(Environment& env, v8::Local<v8::Function> callback, v8::Local<v8::Value> target,
             size_t offset, size_t size)
      : Work(env, callback, "RANDOMBYTESREQUEST", "crypto"),
        pinned_(target),
        offset_(offset),
        size_(size) {
    if (!CanShrink(target)) return;
    shrinkable_.Reset(env.isolate(), target);
    bytes_.resize(size);
  }

 protected:
  void Run() override {
    uint8_t* to = shrinkable_.IsEmpty() ? pinned_.data() + offset_ : bytes_.data();
    ok_ = RAND_bytes_ex(nullptr, to, size_, 0) == 1;
    errors_ = TakeOpenSslErrors();
  }
  Arguments Done(Environment& env) override {
    if (!ok_) return {OpenSslError(env, errors_, "Random bytes failed")};
    if (!shrinkable_.IsEmpty()) CopyWhatFits(env);
    return {v8::Null(env.isolate())};
  }

 private:
  void CopyWhatFits(Environment& env) {
    const Bytes target(shrinkable_.Get(env.isolate()));
    if (target.size() <= offset_) return;
    std::copy_n(bytes_.begin(), std::min(size_, target.size() - offset_), target.data() + offset_);
  }

  const PinnedBytes pinned_;
  const size_t offset_;
  const size_t size_;
  v8::Global<v8::Value> shrinkable_;
  std::vector<uint8_t> bytes_;  // for `shrinkable_`
  bool ok_ = false;
  std::vector<unsigned long> errors_;  // NOLINT(runtime/int)
};

absl::Status RandomFill(Environment& env, v8::Local<v8::Value> target, double offset, double size,
                        Callback callback) {
  const Bytes bytes(target);
  // JavaScript has checked it against a byteLength that programs can define anew.
  if (offset + size > static_cast<double>(bytes.size())) {
    return NodeError(absl::StatusCode::kOutOfRange, "ERR_BUFFER_OUT_OF_BOUNDS",
                     "Attempt to access memory outside buffer bounds");
  }
  if (callback) {
    (new RandomWork(env, *callback, target, static_cast<size_t>(offset), static_cast<size_t>(size)))
        ->Start();
    return absl::OkStatus();
  }
  if (RAND_bytes_ex(nullptr, bytes.data() + static_cast<size_t>(offset), static_cast<size_t>(size),
                    0) != 1) {
    ThrowOpenSslError(env, "Random bytes failed");
  }
  return absl::OkStatus();
}

}  // namespace

void DeclareDerivation(BindingBuilder& b) {
  b.Function<IsDigest>("isDigest");
  b.Function<DigestSize>("digestSize");
  b.Function<Pbkdf2>("pbkdf2");
  b.Function<CheckScrypt>("checkScrypt");
  b.Function<Scrypt>("scrypt");
  b.Function<Hkdf>("hkdf");
  b.Function<Kdf>("kdf");
  b.Function<RandomFill>("randomFill");
}

}  // namespace gyre
