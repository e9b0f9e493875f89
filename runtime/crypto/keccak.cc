#include "runtime/crypto/keccak.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "runtime/crypto/openssl.h"
#include "runtime/glue/array_buffer.h"
#include "runtime/glue/convert.h"

namespace gyre {
namespace {

using State = std::array<uint64_t, 25>;

constexpr int kMaxRounds = 24;
constexpr uint64_t kRoundConstants[kMaxRounds] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
    0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
    0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

// The steps rho and pi walk over the lanes in one cycle: how far each is turned and where it goes.
constexpr int kRotations[24] = {1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
                                27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44};
constexpr int kLanes[24] = {10, 7,  11, 17, 18, 3, 5,  16, 8,  21, 24, 4,
                            15, 23, 19, 13, 12, 2, 20, 14, 22, 9,  6,  1};

void Permute(State& a, int rounds) {
  for (int round = kMaxRounds - rounds; round < kMaxRounds; round++) {
    uint64_t column[5];
    for (int x = 0; x < 5; x++) column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (int x = 0; x < 5; x++) {
      const uint64_t parity = column[(x + 4) % 5] ^ std::rotl(column[(x + 1) % 5], 1);
      for (int y = 0; y < 25; y += 5) a[y + x] ^= parity;
    }
    uint64_t moved = a[1];
    for (int i = 0; i < 24; i++)
      moved = std::exchange(a[kLanes[i]], std::rotl(moved, kRotations[i]));
    for (int y = 0; y < 25; y += 5) {
      uint64_t row[5];
      std::copy_n(&a[y], 5, row);
      for (int x = 0; x < 5; x++) a[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
    }
    a[0] ^= kRoundConstants[round];
  }
}

void AddByte(State& state, size_t index, uint8_t byte) {
  state[index / 8] ^= static_cast<uint64_t>(byte) << (8 * (index % 8));
}

v8::Local<v8::Value> Sponge(Environment& env, int32_t rounds, int32_t rate, int32_t suffix,
                            Bytes message, double length) {
  return CopyToArrayBuffer(env.isolate(),
                           KeccakSponge(rounds, rate, static_cast<uint8_t>(suffix), message.view(),
                                        static_cast<size_t>(length)));
}

}  // namespace

std::string KeccakSponge(int rounds, size_t rate, uint8_t suffix, std::string_view message,
                         size_t length) {
  State state = {};
  for (; message.size() >= rate; message.remove_prefix(rate)) {
    for (size_t i = 0; i < rate; i++) AddByte(state, i, message[i]);
    Permute(state, rounds);
  }
  for (size_t i = 0; i < message.size(); i++) AddByte(state, i, message[i]);
  AddByte(state, message.size(), suffix);
  AddByte(state, rate - 1, 0x80);
  std::string out;
  out.reserve(length);
  while (out.size() < length) {
    Permute(state, rounds);
    const size_t part = std::min(rate, length - out.size());
    for (size_t i = 0; i < part; i++)
      out.push_back(static_cast<char>(state[i / 8] >> (8 * (i % 8))));
  }
  return out;
}

void DeclareKeccak(BindingBuilder& b) { b.Function<Sponge>("keccakSponge"); }

}  // namespace gyre
