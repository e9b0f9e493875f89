#include "runtime/crypto/key_store.h"

#include <memory>
#include <utility>
#include <vector>

#include "openssl/err.h"
#include "openssl/store.h"
#include "openssl/ui.h"
#include "runtime/crypto/key_parser.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/glue/system_error.h"

namespace gyre {
namespace {

struct CloseStore {
  void operator()(OSSL_STORE_CTX* store) const { OSSL_STORE_close(store); }
};

// The first private key; null with *failed when the loader could not go on.
PKeyPointer FirstKey(OSSL_STORE_CTX* store, bool* failed) {
  OSSL_STORE_expect(store, OSSL_STORE_INFO_PKEY);
  while (!OSSL_STORE_eof(store)) {
    const OpenSslPointer<OSSL_STORE_INFO, OSSL_STORE_INFO_free> info(OSSL_STORE_load(store));
    if (info == nullptr) {
      if (OSSL_STORE_error(store) == 0) continue;
      *failed = true;
      return nullptr;
    }
    // A folder also gives names.
    if (OSSL_STORE_INFO_get_type(info.get()) != OSSL_STORE_INFO_PKEY) continue;
    return PKeyPointer(OSSL_STORE_INFO_get1_PKEY(info.get()));
  }
  return nullptr;
}

// The newest entry of the queue is the message, and all are in opensslErrorStack: several loaders
// may have tried, and the last one had to know.
void ThrowNewestError(Environment& env) {
  std::vector<unsigned long> errors = TakeOpenSslErrors();  // NOLINT(runtime/int)
  errors.insert(errors.begin(), errors.back());
  env.isolate()->ThrowException(OpenSslError(env, errors, ""));
}

}  // namespace

v8::MaybeLocal<v8::Value> LoadStoreKey(Environment& env, const std::string& uri,
                                       std::optional<std::string> properties,
                                       std::optional<Bytes> passphrase) {
  ERR_clear_error();
  Passphrase state;
  if (passphrase) state.text = passphrase->view();
  const OpenSslPointer<UI_METHOD, UI_destroy_method> ask(
      UI_UTIL_wrap_read_pem_callback(GivePassphrase, 0));
  const std::unique_ptr<OSSL_STORE_CTX, CloseStore> store(
      OSSL_STORE_open_ex(uri.c_str(), nullptr, properties ? properties->c_str() : nullptr,
                         ask.get(), &state, nullptr, nullptr, nullptr));
  bool failed = store == nullptr;
  PKeyPointer pkey = failed ? nullptr : FirstKey(store.get(), &failed);
  if (pkey != nullptr) {
    ERR_clear_error();
    return KeyHandle::New(env, std::make_shared<KeyData>(KeyData::kPrivate, std::move(pkey)));
  }
  if (state.missing) {
    ERR_clear_error();
    return v8::Undefined(env.isolate());
  }
  if (ERR_peek_error() != 0) {
    ThrowNewestError(env);
  } else {
    Throw(env, NodeError(absl::StatusCode::kUnknown, "ERR_CRYPTO_OPERATION_FAILED",
                         failed ? "Failed to load private key through an OpenSSL STORE loader"
                                : "No private key found through the OpenSSL STORE loader"));
  }
  return {};
}

}  // namespace gyre
