#include "runtime/crypto/key_parser.h"

#include <cstring>
#include <utility>

#include "openssl/err.h"
#include "openssl/pem.h"
#include "openssl/pkcs12.h"
#include "runtime/crypto/openssl_error.h"

namespace gyre {
namespace {

// PKCS#8 is SEQUENCE { AlgorithmIdentifier or version, ... }: the encrypted one begins with a
// SEQUENCE, the plain one with an INTEGER.
bool IsEncryptedPkcs8(std::string_view der) {
  if (der.size() < 2 || der[0] != 0x30) return false;
  const auto length = static_cast<unsigned char>(der[1]);
  const size_t offset = 2 + (length & 0x80 ? length & 0x7f : 0);
  return offset < der.size() && der[offset] == 0x30;
}

PKeyPointer ReadPrivateDer(std::string_view der, const std::string& structure,
                           Passphrase* passphrase) {
  const BioPointer bio = ReadBio(der);
  if (structure != "pkcs8") return PKeyPointer(d2i_PrivateKey_bio(bio.get(), nullptr));
  if (IsEncryptedPkcs8(der))
    return PKeyPointer(d2i_PKCS8PrivateKey_bio(bio.get(), nullptr, GivePassphrase, passphrase));
  const OpenSslPointer<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> info(
      d2i_PKCS8_PRIV_KEY_INFO_bio(bio.get(), nullptr));
  return PKeyPointer(info == nullptr ? nullptr : EVP_PKCS82PKEY(info.get()));
}

PKeyPointer ReadPublicDer(std::string_view der, const std::string& structure) {
  const unsigned char* data = UnsignedData(der);
  const auto size = static_cast<long>(der.size());  // NOLINT(runtime/int)
  if (structure == "pkcs1") return PKeyPointer(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &data, size));
  return PKeyPointer(d2i_PUBKEY(nullptr, &data, size));
}

// One PEM block under this label: its DER, decrypted never.
bool FindPem(std::string_view text, const char* label, std::string* der) {
  const BioPointer bio = ReadBio(text);
  unsigned char* data = nullptr;
  long size = 0;  // NOLINT(runtime/int)
  ERR_set_mark();
  const int found = PEM_bytes_read_bio(&data, &size, nullptr, label, bio.get(), nullptr, nullptr);
  ERR_pop_to_mark();
  if (found != 1) return false;
  der->assign(reinterpret_cast<char*>(data), size);
  OPENSSL_free(data);
  return true;
}

// A public key, or the one of a certificate; *found says that there was a block of that kind at
// all.
PKeyPointer ReadPublicPem(std::string_view text, bool* found) {
  std::string der;
  *found = true;
  if (FindPem(text, "PUBLIC KEY", &der)) return ReadPublicDer(der, "spki");
  if (FindPem(text, "RSA PUBLIC KEY", &der)) return ReadPublicDer(der, "pkcs1");
  if (FindPem(text, "CERTIFICATE", &der)) {
    const unsigned char* data = UnsignedData(der);
    const X509Pointer certificate(
        d2i_X509(nullptr, &data, static_cast<long>(der.size())));  // NOLINT(runtime/int)
    return PKeyPointer(certificate == nullptr ? nullptr : X509_get_pubkey(certificate.get()));
  }
  *found = false;
  return nullptr;
}

}  // namespace

int GivePassphrase(char* buffer, int size, int, void* data) {
  auto* passphrase = static_cast<Passphrase*>(data);
  if (!passphrase->text) {
    passphrase->missing = true;
    return -1;
  }
  if (static_cast<size_t>(size) < passphrase->text->size()) return -1;
  std::memcpy(buffer, passphrase->text->data(), passphrase->text->size());
  return static_cast<int>(passphrase->text->size());
}

PKeyPointer ReadPrivatePem(std::string_view data, std::optional<std::string_view> passphrase,
                           bool* needs_passphrase) {
  Passphrase state{passphrase};
  const BioPointer bio = ReadBio(data);
  PKeyPointer pkey(PEM_read_bio_PrivateKey(bio.get(), nullptr, GivePassphrase, &state));
  if (needs_passphrase != nullptr) *needs_passphrase = pkey == nullptr && state.missing;
  return pkey;
}

v8::MaybeLocal<v8::Value> ParseKey(Environment& env, Bytes data, bool pem, std::string structure,
                                   bool want_private, std::optional<Bytes> passphrase) {
  ERR_clear_error();
  Passphrase state;
  if (passphrase) state.text = passphrase->view();
  PKeyPointer pkey;
  KeyData::Type type = want_private ? KeyData::kPrivate : KeyData::kPublic;
  if (!pem) {
    pkey = want_private ? ReadPrivateDer(data.view(), structure, &state)
                        : ReadPublicDer(data.view(), structure);
  } else {
    bool found = false;
    if (!want_private) pkey = ReadPublicPem(data.view(), &found);
    if (!found) {
      type = KeyData::kPrivate;
      pkey = ReadPrivatePem(data.view(), state.text, &state.missing);
    }
  }
  if (pkey != nullptr) {
    ERR_clear_error();
    return KeyHandle::New(env, std::make_shared<KeyData>(type, std::move(pkey)));
  }
  if (state.missing) {
    ERR_clear_error();
    return v8::Undefined(env.isolate());
  }
  ThrowOpenSslError(env, "Failed to read key", true);
  return {};
}

}  // namespace gyre
