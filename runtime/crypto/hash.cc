#include "runtime/crypto/hash.h"

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "openssl/core_names.h"
#include "openssl/err.h"
#include "openssl/evp.h"
#include "openssl/params.h"
#include "runtime/crypto/openssl.h"
#include "runtime/crypto/openssl_error.h"

namespace gyre {
namespace {

struct FreeMd {
  void operator()(EVP_MD* md) const { EVP_MD_free(md); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MdPointer = std::unique_ptr<EVP_MD, FreeMd>;
using MdContext = std::unique_ptr<EVP_MD_CTX, FreeMd>;

// Fetching an algorithm costs a microsecond, hashing a few bytes less: each is fetched once per
// environment.
class Digests {
 public:
  explicit Digests(Environment&) : scratch_(EVP_MD_CTX_new()) {}

  // For a hash that is made within one call.
  EVP_MD_CTX* scratch() { return scratch_.get(); }

  // Null for a name that means nothing, or an algorithm that is not available (the error queue says
  // so).
  const EVP_MD* Get(const std::string& name) {
    auto found = fetched_.find(name);
    if (found != fetched_.end()) return found->second.get();
    // Names such as RSA-SHA256 are only known to the table of legacy aliases.
    const EVP_MD* alias = DigestByName(name);
    MdPointer md(
        EVP_MD_fetch(nullptr, alias == nullptr ? name.c_str() : EVP_MD_get0_name(alias), nullptr));
    if (md == nullptr) {
      if (alias == nullptr) ERR_clear_error();
      return alias;  // Initialising with it leaves the error that explains why it cannot be used.
    }
    return (fetched_[name] = std::move(md)).get();
  }

 private:
  absl::flat_hash_map<std::string, MdPointer> fetched_;
  MdContext scratch_;
};

v8::Local<v8::ArrayBuffer> NewArrayBuffer(Environment& env, size_t size, unsigned char** data) {
  v8::Local<v8::ArrayBuffer> buffer = v8::ArrayBuffer::New(env.isolate(), size);
  *data = static_cast<unsigned char*>(buffer->Data());
  return buffer;
}

// Calls `use` with the bytes of a string (UTF-8) or a buffer.
template <class Use>
auto WithBytes(Environment& env, v8::Local<v8::Value> data, Use&& use) {
  if (data->IsString()) {
    const std::string text = FromV8<std::string>(env, data);
    return use(text.data(), text.size());
  }
  const Bytes bytes(data);
  return use(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

// Node gives the extendable functions half of what OpenSSL would pick as their default: their
// security strength.
size_t DefaultLength(const EVP_MD* md) {
  if ((EVP_MD_get_flags(md) & EVP_MD_FLAG_XOF) == 0) return EVP_MD_get_size(md);
  if (EVP_MD_is_a(md, "SHAKE128")) return 16;
  if (EVP_MD_is_a(md, "SHAKE256")) return 32;
  return EVP_MD_get_size(md);
}

bool Finish(EVP_MD_CTX* context, const EVP_MD* md, size_t length, unsigned char* out) {
  if (length == 0) return true;
  if ((EVP_MD_get_flags(md) & EVP_MD_FLAG_XOF) != 0)
    return EVP_DigestFinalXOF(context, out, length) == 1;
  unsigned int written = 0;
  return EVP_DigestFinal_ex(context, out, &written) == 1 && written == length;
}

// A hash in progress. Made from an algorithm's name, or from another Hash as its copy.
class Hash final : public Collected {
 public:
  Hash(Environment& env, v8::Local<v8::Object> self, v8::Local<v8::Value> source,
       std::optional<double> length)
      : Collected(env, self), context_(EVP_MD_CTX_new()) {
    ERR_clear_error();
    if (source->IsString()) {
      md_ = env.State<Digests>().Get(FromV8<std::string>(env, source));
      valid_ = md_ != nullptr && EVP_DigestInit_ex(context_.get(), md_, nullptr) == 1;
    } else {
      const Hash* other = Unwrap<Hash>(source);
      md_ = other->md_;
      valid_ = EVP_MD_CTX_copy_ex(context_.get(), other->context_.get()) == 1;
    }
    if (!valid_) {
      errors_ = TakeOpenSslErrors();
      return;
    }
    length_ = length ? static_cast<size_t>(*length) : DefaultLength(md_);
    if (length && length_ != static_cast<size_t>(EVP_MD_get_size(md_)) &&
        (EVP_MD_get_flags(md_) & EVP_MD_FLAG_XOF) == 0) {
      ERR_raise(ERR_LIB_EVP, EVP_R_NOT_XOF_OR_INVALID_LENGTH);
      errors_ = TakeOpenSslErrors();
      valid_ = false;
    }
  }

  // Undefined when all is well: JavaScript throws this right after construction.
  v8::Local<v8::Value> error() {
    if (valid_) return v8::Undefined(isolate());
    return OpenSslError(env(), errors_, "Digest method not supported");
  }

  bool Update(v8::Local<v8::Value> data) {
    return WithBytes(env(), data, [&](const char* bytes, size_t size) {
      return EVP_DigestUpdate(context_.get(), bytes, size) == 1;
    });
  }

  v8::MaybeLocal<v8::Value> Digest() {
    unsigned char* out;
    v8::Local<v8::ArrayBuffer> digest = NewArrayBuffer(env(), length_, &out);
    if (Finish(context_.get(), md_, length_, out)) return digest;
    ThrowOpenSslError(env(), "Digest failed");
    return {};
  }

 private:
  MdContext context_;
  const EVP_MD* md_ = nullptr;
  size_t length_ = 0;
  bool valid_ = false;
  std::vector<unsigned long> errors_;  // NOLINT(runtime/int)
};

// All of it at once; undefined for an unknown algorithm.
v8::MaybeLocal<v8::Value> OneShot(Environment& env, std::string algorithm,
                                  v8::Local<v8::Value> data, std::optional<double> length) {
  auto& digests = env.State<Digests>();
  const EVP_MD* md = digests.Get(algorithm);
  if (md == nullptr) return v8::Undefined(env.isolate());
  EVP_MD_CTX* context = digests.scratch();
  const size_t size = length ? static_cast<size_t>(*length) : DefaultLength(md);
  if (length && size != static_cast<size_t>(EVP_MD_get_size(md)) &&
      (EVP_MD_get_flags(md) & EVP_MD_FLAG_XOF) == 0) {
    ERR_raise(ERR_LIB_EVP, EVP_R_NOT_XOF_OR_INVALID_LENGTH);
    ThrowOpenSslError(env, "");
    return {};
  }
  unsigned char* out;
  v8::Local<v8::ArrayBuffer> digest = NewArrayBuffer(env, size, &out);
  const bool ok = EVP_DigestInit_ex(context, md, nullptr) == 1 &&
                  WithBytes(env, data,
                            [&](const char* bytes, size_t count) {
                              return EVP_DigestUpdate(context, bytes, count) == 1;
                            }) &&
                  Finish(context, md, size, out);
  if (ok) return digest;
  ThrowOpenSslError(env, "Digest failed");
  return {};
}

// The digest of a text (UTF-8, or Latin-1 when that is asked for) or of bytes, put into `out`: its
// length, or -1 where it does not fit.
double HashInto(Environment& env, std::string algorithm, v8::Local<v8::Value> data, bool latin1,
                Bytes out) {
  auto& digests = env.State<Digests>();
  const EVP_MD* md = digests.Get(algorithm);
  if (md == nullptr || DefaultLength(md) > out.size()) return -1;
  EVP_MD_CTX* context = digests.scratch();
  if (EVP_DigestInit_ex(context, md, nullptr) != 1) return -1;
  const auto update = [&](const char* bytes, size_t count) {
    return EVP_DigestUpdate(context, bytes, count) == 1;
  };
  bool ok = false;
  if (latin1) {
    v8::Local<v8::String> text = data.As<v8::String>();
    absl::InlinedVector<char, 1024> bytes(text->Length());
    text->WriteOneByteV2(env.isolate(), 0, bytes.size(), reinterpret_cast<uint8_t*>(bytes.data()));
    ok = update(bytes.data(), bytes.size());
  } else {
    ok = WithBytes(env, data, update);
  }
  const size_t size = DefaultLength(md);
  return ok && Finish(context, md, size, out.data()) ? static_cast<double>(size) : -1;
}

class Hmac final : public Collected {
 public:
  Hmac(Environment& env, v8::Local<v8::Object> self, std::string algorithm,
       v8::Local<v8::Value> key)
      : Collected(env, self) {
    const EVP_MD* md = env.State<Digests>().Get(algorithm);
    if (md == nullptr) return;
    mac_.reset(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    context_.reset(EVP_MAC_CTX_new(mac_.get()));
    std::string name = EVP_MD_get0_name(md);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
        OSSL_PARAM_construct_end()};
    valid_ = WithBytes(env, key, [&](const char* bytes, size_t size) {
      // A null pointer would mean "keep the key".
      const auto* start = reinterpret_cast<const unsigned char*>(size == 0 ? "" : bytes);
      return EVP_MAC_init(context_.get(), start, size, parameters) == 1;
    });
  }

  bool valid() { return valid_; }

  bool Update(v8::Local<v8::Value> data) {
    return WithBytes(env(), data, [&](const char* bytes, size_t size) {
      return EVP_MAC_update(context_.get(), reinterpret_cast<const unsigned char*>(bytes), size) ==
             1;
    });
  }

  v8::MaybeLocal<v8::Value> Digest() {
    size_t length = EVP_MAC_CTX_get_mac_size(context_.get());
    unsigned char* out;
    v8::Local<v8::ArrayBuffer> digest = NewArrayBuffer(env(), length, &out);
    if (EVP_MAC_final(context_.get(), out, &length, length) == 1) return digest;
    ThrowOpenSslError(env(), "Digest failed");
    return {};
  }

 private:
  std::unique_ptr<EVP_MAC, FreeMd> mac_;
  std::unique_ptr<EVP_MAC_CTX, FreeMd> context_;
  bool valid_ = false;
};

}  // namespace

void DeclareHashes(BindingBuilder& b) {
  b.Function<OneShot>("oneShotHash");
  b.Function<HashInto>("hashInto");
  b.Class<Hash>("Hash")
      .Constructor<v8::Local<v8::Value>, std::optional<double>>()
      .Getter<&Hash::error>("error")
      .Method<&Hash::Update>("update")
      .Method<&Hash::Digest>("digest");
  b.Class<Hmac>("Hmac")
      .Constructor<std::string, v8::Local<v8::Value>>()
      .Getter<&Hmac::valid>("valid")
      .Method<&Hmac::Update>("update")
      .Method<&Hmac::Digest>("digest");
}

}  // namespace gyre
