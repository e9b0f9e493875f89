#include "runtime/crypto/cipher.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "openssl/err.h"
#include "openssl/objects.h"
#include "runtime/crypto/job.h"
#include "runtime/crypto/openssl.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/glue/array_buffer.h"

namespace gyre {
namespace {

using CipherContext = OpenSslPointer<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

const char* ModeName(const EVP_CIPHER* cipher) {
  switch (EVP_CIPHER_get_mode(cipher)) {
    case EVP_CIPH_CBC_MODE:
      return "cbc";
    case EVP_CIPH_CCM_MODE:
      return "ccm";
    case EVP_CIPH_CFB_MODE:
      return "cfb";
    case EVP_CIPH_CTR_MODE:
      return "ctr";
    case EVP_CIPH_ECB_MODE:
      return "ecb";
    case EVP_CIPH_GCM_MODE:
      return "gcm";
    case EVP_CIPH_OCB_MODE:
      return "ocb";
    case EVP_CIPH_OFB_MODE:
      return "ofb";
    case EVP_CIPH_WRAP_MODE:
      return "wrap";
    case EVP_CIPH_XTS_MODE:
      return "xts";
    case EVP_CIPH_STREAM_CIPHER:
      return "stream";
    default:
      return "";
  }
}

bool IsChaCha20Poly1305(const EVP_CIPHER* cipher) {
  return EVP_CIPHER_get_nid(cipher) == NID_chacha20_poly1305;
}

bool IsAead(const EVP_CIPHER* cipher) {
  switch (EVP_CIPHER_get_mode(cipher)) {
    case EVP_CIPH_CCM_MODE:
    case EVP_CIPH_GCM_MODE:
    case EVP_CIPH_OCB_MODE:
      return true;
    default:
      return IsChaCha20Poly1305(cipher);
  }
}

// What JavaScript knows of a cipher; undefined for an unknown one.
v8::Local<v8::Value> CipherInfo(Environment& env, v8::Local<v8::Value> name_or_nid) {
  const EVP_CIPHER* cipher =
      name_or_nid->IsNumber() ? EVP_get_cipherbynid(FromV8<int32_t>(env, name_or_nid))
                              : EVP_get_cipherbyname(FromV8<std::string>(env, name_or_nid).c_str());
  if (cipher == nullptr) return v8::Undefined(env.isolate());
  std::string name = OBJ_nid2sn(EVP_CIPHER_get_nid(cipher));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  v8::Local<v8::Object> info = v8::Object::New(env.isolate());
  auto set = [&](const char* key, v8::Local<v8::Value> value) {
    info->Set(env.context(), ToV8(env, key), value).Check();
  };
  set("mode", ToV8(env, ModeName(cipher)));
  set("name", ToV8(env, name));
  set("nid", ToV8(env, EVP_CIPHER_get_nid(cipher)));
  set("blockSize", ToV8(env, EVP_CIPHER_get_block_size(cipher)));
  set("ivLength", ToV8(env, EVP_CIPHER_get_iv_length(cipher)));
  set("keyLength", ToV8(env, EVP_CIPHER_get_key_length(cipher)));
  set("aead", ToV8(env, IsAead(cipher)));
  return info;
}

// Whether a cipher works with a key and an initialisation vector of these sizes.
bool CipherTakes(std::string name, std::optional<int32_t> key_length,
                 std::optional<int32_t> iv_length) {
  const EVP_CIPHER* cipher = EVP_get_cipherbyname(name.c_str());
  const CipherContext context(EVP_CIPHER_CTX_new());
  bool ok = EVP_CipherInit_ex(context.get(), cipher, nullptr, nullptr, nullptr, 1) == 1;
  if (ok && key_length) ok = EVP_CIPHER_CTX_set_key_length(context.get(), *key_length) == 1;
  if (ok && iv_length) {
    ok = IsAead(cipher)
             ? EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_IVLEN, *iv_length, nullptr) == 1
             : EVP_CIPHER_get_iv_length(cipher) == *iv_length;
  }
  ERR_clear_error();
  return ok;
}

struct CipherSetup {
  std::string_view key;
  std::optional<std::string_view> iv;
  std::optional<int32_t> tag_length;
  bool encrypt;
};

enum class SetupError : int32_t { kNone = 0, kKeyLength = 1, kIv = 2, kTagLength = 3, kOther = 4 };

// Ciphers that must know how long the tag is before they begin.
bool NeedsTagLength(const EVP_CIPHER* cipher) {
  const int mode = EVP_CIPHER_get_mode(cipher);
  return mode == EVP_CIPH_CCM_MODE || mode == EVP_CIPH_OCB_MODE;
}

SetupError SetUp(EVP_CIPHER_CTX* context, const EVP_CIPHER* cipher, const CipherSetup& setup) {
  if (EVP_CIPHER_get_mode(cipher) == EVP_CIPH_WRAP_MODE)
    EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  if (EVP_CipherInit_ex(context, cipher, nullptr, nullptr, nullptr, setup.encrypt) != 1)
    return SetupError::kOther;
  if (IsAead(cipher)) {
    if (EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN,
                            static_cast<int>(setup.iv ? setup.iv->size() : 0), nullptr) != 1)
      return SetupError::kIv;
    if (NeedsTagLength(cipher) && setup.tag_length &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, *setup.tag_length, nullptr) != 1)
      return SetupError::kTagLength;
  } else if (setup.iv &&
             setup.iv->size() != static_cast<size_t>(EVP_CIPHER_get_iv_length(cipher))) {
    return SetupError::kIv;  // OpenSSL reads as many bytes as it needs
  }
  if (EVP_CIPHER_CTX_set_key_length(context, static_cast<int>(setup.key.size())) != 1)
    return SetupError::kKeyLength;
  if (EVP_CipherInit_ex(context, nullptr, nullptr, UnsignedData(setup.key),
                        setup.iv ? UnsignedData(*setup.iv) : nullptr, setup.encrypt) != 1)
    return SetupError::kOther;
  return SetupError::kNone;
}

// JS: new Cipher(name, encrypt, key, iv | null, tagLength | undefined); setupError says what did
// not fit, `error` is OpenSSL's. Methods that fail return undefined or false.
class Cipher final : public Collected {
 public:
  Cipher(Environment& env, v8::Local<v8::Object> self, std::string name, bool encrypt, Bytes key,
         std::optional<Bytes> iv, std::optional<int32_t> tag_length)
      : Collected(env, self),
        cipher_(EVP_get_cipherbyname(name.c_str())),
        context_(EVP_CIPHER_CTX_new()) {
    ERR_clear_error();
    CipherSetup setup{key.view(), std::nullopt, tag_length, encrypt};
    if (iv) setup.iv = iv->view();
    setup_error_ = SetUp(context_.get(), cipher_, setup);
    errors_ = TakeOpenSslErrors();
  }

  int32_t setup_error() { return static_cast<int32_t>(setup_error_); }
  v8::Local<v8::Value> error() {
    return OpenSslError(env(), errors_, "Failed to initialize cipher", true);
  }

  v8::Local<v8::Value> Update(Bytes data) {
    ERR_clear_error();
    const int size = static_cast<int>(data.size());
    // A wrapped key grows by up to two blocks.
    int length = size;
    std::string out(data.size() + 2 * EVP_MAX_BLOCK_LENGTH, '\0');
    // Without a pointer OpenSSL would finish.
    const auto* in = data.size() == 0 ? UnsignedData("") : data.data();
    if (EVP_CipherUpdate(context_.get(), UnsignedData(out), &length, in, size) != 1)
      return Failed();
    return CopyToArrayBuffer(isolate(), std::string_view(out).substr(0, length));
  }

  v8::Local<v8::Value> Final() {
    ERR_clear_error();
    std::string out(EVP_MAX_BLOCK_LENGTH, '\0');
    int length = 0;
    const bool ok = EVP_CipherFinal_ex(context_.get(), UnsignedData(out), &length) == 1;
    if (!ok) return Failed();
    return CopyToArrayBuffer(isolate(), std::string_view(out).substr(0, length));
  }

  bool SetAad(Bytes data, std::optional<int32_t> plaintext_length) {
    int length = 0;
    if (plaintext_length &&
        EVP_CipherUpdate(context_.get(), nullptr, &length, nullptr, *plaintext_length) != 1)
      return false;
    return EVP_CipherUpdate(context_.get(), nullptr, &length, data.data(),
                            static_cast<int>(data.size())) == 1;
  }

  bool SetTag(Bytes tag) {
    return EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag.size()),
                               tag.data()) == 1;
  }

  v8::Local<v8::Value> GetTag(int32_t size) {
    std::string tag(size, '\0');
    if (EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_GET_TAG, size, tag.data()) != 1)
      return Failed();
    return CopyToArrayBuffer(isolate(), tag);
  }

  bool SetAutoPadding(bool on) { return EVP_CIPHER_CTX_set_padding(context_.get(), on) == 1; }

 private:
  v8::Local<v8::Value> Failed() {
    errors_ = TakeOpenSslErrors();
    return v8::Undefined(isolate());
  }

  const EVP_CIPHER* const cipher_;
  const CipherContext context_;
  SetupError setup_error_;
  std::vector<unsigned long> errors_;  // NOLINT(runtime/int)
};

struct OneShot {
  std::string name;
  bool encrypt;
  std::string key;
  std::optional<std::string> iv;
  std::string aad;
  std::string data;
  int32_t tag_length;
};

// The tag, if any, is the end of the ciphertext.
bool RunOneShot(const OneShot& job, std::string* out) {
  const EVP_CIPHER* cipher = EVP_get_cipherbyname(job.name.c_str());
  const CipherContext context(EVP_CIPHER_CTX_new());
  CipherSetup setup{job.key, std::nullopt, job.tag_length, job.encrypt};
  if (job.iv) setup.iv = *job.iv;
  if (SetUp(context.get(), cipher, setup) != SetupError::kNone) return false;
  std::string_view data = job.data;
  const bool aead = IsAead(cipher);
  if (aead && !job.encrypt) {
    if (data.size() < static_cast<size_t>(job.tag_length)) return false;
    std::string tag(data.substr(data.size() - job.tag_length));
    data.remove_suffix(job.tag_length);
    if (EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, job.tag_length, tag.data()) != 1)
      return false;
  }
  int length = 0;
  if (!job.aad.empty() &&
      EVP_CipherUpdate(context.get(), nullptr, &length, UnsignedData(std::string_view(job.aad)),
                       static_cast<int>(job.aad.size())) != 1)
    return false;
  out->resize(data.size() + 2 * EVP_MAX_BLOCK_LENGTH + job.tag_length);
  int written = 0;
  if (EVP_CipherUpdate(context.get(), UnsignedData(*out), &length,
                       data.empty() ? UnsignedData("") : UnsignedData(data),
                       static_cast<int>(data.size())) != 1)
    return false;
  written = length;
  if (EVP_CipherFinal_ex(context.get(), UnsignedData(*out) + written, &length) != 1) return false;
  written += length;
  if (aead && job.encrypt) {
    if (EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, job.tag_length,
                            out->data() + written) != 1)
      return false;
    written += job.tag_length;
  }
  out->resize(written);
  return true;
}

v8::MaybeLocal<v8::Value> CipherOneShot(Environment& env, std::string name, bool encrypt, Bytes key,
                                        std::optional<Bytes> iv, Bytes aad, Bytes data,
                                        int32_t tag_length, JobCallback callback) {
  OneShot job{std::move(name),
              encrypt,
              std::string(key.view()),
              std::nullopt,
              std::string(aad.view()),
              std::string(data.view()),
              tag_length};
  if (iv) job.iv = std::string(iv->view());
  auto out = std::make_shared<std::string>();
  return RunJob(env, callback,
                {.type = "CIPHERREQUEST",
                 .run = [=] { return RunOneShot(job, out.get()); },
                 .result = [=](Environment& env) { return CopyToArrayBuffer(env.isolate(), *out); },
                 .otherwise = "Cipher job failed"});
}

}  // namespace

void DeclareCiphers(BindingBuilder& b) {
  b.Function<CipherInfo>("cipherInfo");
  b.Function<CipherTakes>("cipherTakes");
  b.Function<CipherOneShot>("cipherOneShot");
  b.Class<Cipher>("CipherBase")
      .Constructor<std::string, bool, Bytes, std::optional<Bytes>, std::optional<int32_t>>()
      .Getter<&Cipher::setup_error>("setupError")
      .Getter<&Cipher::error>("error")
      .Method<&Cipher::Update>("update")
      .Method<&Cipher::Final>("final")
      .Method<&Cipher::SetAad>("setAad")
      .Method<&Cipher::SetTag>("setTag")
      .Method<&Cipher::GetTag>("getTag")
      .Method<&Cipher::SetAutoPadding>("setAutoPadding");
}

}  // namespace gyre
