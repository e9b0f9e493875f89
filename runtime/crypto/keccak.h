#ifndef GYRE_CRYPTO_KECCAK_H_
#define GYRE_CRYPTO_KECCAK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/glue/binding.h"

namespace gyre {

// `length` bytes out of a sponge over Keccak-p[1600, rounds] (FIPS 202, RFC 9861) that takes in
// `message`, followed by `suffix` (the domain's bits and the first one of the padding) in blocks of
// `rate` bytes: what SHAKE, cSHAKE, KMAC, TurboSHAKE and KangarooTwelve are made of.
std::string KeccakSponge(int rounds, size_t rate, uint8_t suffix, std::string_view message,
                         size_t length);

// keccakSponge(rounds, rate, suffix, message, length)
void DeclareKeccak(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CRYPTO_KECCAK_H_
