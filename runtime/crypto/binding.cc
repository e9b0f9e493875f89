#include "runtime/crypto/binding.h"

#include <algorithm>
#include <string>
#include <vector>

#include "openssl/crypto.h"
#include "openssl/ec.h"
#include "openssl/err.h"
#include "openssl/evp.h"
#include "openssl/objects.h"
#include "runtime/crypto/certificate.h"
#include "runtime/crypto/cipher.h"
#include "runtime/crypto/derive.h"
#include "runtime/crypto/diffie_hellman.h"
#include "runtime/crypto/hash.h"
#include "runtime/crypto/keccak.h"
#include "runtime/crypto/key_handle.h"
#include "runtime/crypto/openssl_constants.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/crypto/pkey_operations.h"
#include "runtime/crypto/signature.h"
#include "runtime/glue/system_error.h"

namespace gyre {
namespace {

// The sizes are compared here: what a program sees as a buffer's byteLength it can define anew.
absl::StatusOr<bool> TimingSafeEqual(Bytes a, Bytes b) {
  if (a.size() != b.size()) {
    return NodeError(absl::StatusCode::kOutOfRange, "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH",
                     "Input buffers must have the same byte length");
  }
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

// Bytes; -1 when there is no secure heap.
double SecureHeapUsed() {
  return CRYPTO_secure_malloc_initialized() ? static_cast<double>(CRYPTO_secure_used()) : -1;
}

bool GetFips() { return EVP_default_properties_is_fips_enabled(nullptr) == 1; }

void SetFips(Environment& env, bool on) {
  if (EVP_default_properties_enable_fips(nullptr, on) != 1) {
    ThrowOpenSslError(env, "EVP_default_properties_enable_fips failed");
  }
}

std::vector<std::string> Sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> GetHashes() {
  std::vector<std::string> names;
  // Aliases are listed as well, under both names; those that lead nowhere are not.
  EVP_MD_do_all_sorted(
      [](const EVP_MD* md, const char* from, const char* to, void* list) {
        if (from == nullptr) return;
        EVP_MD* fetched = EVP_MD_fetch(nullptr, md != nullptr ? EVP_MD_get0_name(md) : to, nullptr);
        if (fetched == nullptr) return;
        EVP_MD_free(fetched);
        static_cast<std::vector<std::string>*>(list)->push_back(from);
      },
      &names);
  ERR_clear_error();
  return Sorted(std::move(names));
}

std::vector<std::string> GetCiphers() {
  std::vector<std::string> names;
  EVP_CIPHER_do_all_sorted(
      [](const EVP_CIPHER* cipher, const char* from, const char* to, void* list) {
        if (from == nullptr) return;
        EVP_CIPHER* fetched = EVP_CIPHER_fetch(
            nullptr, cipher != nullptr ? EVP_CIPHER_get0_name(cipher) : to, nullptr);
        if (fetched == nullptr) return;
        EVP_CIPHER_free(fetched);
        std::string name = from;
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        static_cast<std::vector<std::string>*>(list)->push_back(name);
      },
      &names);
  ERR_clear_error();
  return Sorted(std::move(names));
}

std::vector<std::string> GetCurves() {
  std::vector<EC_builtin_curve> curves(EC_get_builtin_curves(nullptr, 0));
  EC_get_builtin_curves(curves.data(), curves.size());
  std::vector<std::string> names;
  for (const EC_builtin_curve& curve : curves) names.push_back(OBJ_nid2sn(curve.nid));
  return Sorted(std::move(names));
}

}  // namespace

void InitCrypto(BindingBuilder& b) {
  b.Function<SecureHeapUsed>("secureHeapUsed");
  b.Function<TimingSafeEqual>("timingSafeEqual");
  b.Function<GetFips>("getFips");
  b.Function<SetFips>("setFips");
  b.Function<GetHashes>("getHashes");
  b.Function<GetCiphers>("getCiphers");
  b.Function<GetCurves>("getCurves");
  DeclareOpenSslConstants(b);
  DeclareHashes(b);
  DeclareKeccak(b);
  DeclareDerivation(b);
  DeclareKeys(b);
  DeclareSignatures(b);
  DeclareCiphers(b);
  DeclarePKeyOperations(b);
  DeclareDiffieHellman(b);
  DeclareCertificates(b);
}

}  // namespace gyre
