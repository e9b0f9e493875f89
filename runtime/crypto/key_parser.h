#ifndef GYRE_CRYPTO_KEY_PARSER_H_
#define GYRE_CRYPTO_KEY_PARSER_H_

#include <optional>
#include <string>
#include <string_view>

#include "runtime/crypto/key_handle.h"

namespace gyre {

// What OpenSSL gets when it asks for a passphrase.
struct Passphrase {
  std::optional<std::string_view> text;
  bool missing = false;  // it was asked for, and there was none
};

// The callback that asks for it; `data` is a Passphrase.
int GivePassphrase(char* buffer, int size, int is_writing, void* data);

// A KeyHandle out of PEM or DER. `structure` says what a DER is: "pkcs1", "spki", "pkcs8", "sec1".
// Where a public key is wanted, a PEM may also hold a private key or a certificate; then the result
// is what was found. Undefined when an encrypted key came without a passphrase. Throws OpenSSL's
// error.
v8::MaybeLocal<v8::Value> ParseKey(Environment& env, Bytes data, bool pem, std::string structure,
                                   bool want_private, std::optional<Bytes> passphrase);

// A private key in PEM; null leaves OpenSSL's error queue as the reason. *needs_passphrase says
// that one was asked for and there was none.
PKeyPointer ReadPrivatePem(std::string_view data, std::optional<std::string_view> passphrase,
                           bool* needs_passphrase);

}  // namespace gyre

#endif  // GYRE_CRYPTO_KEY_PARSER_H_
