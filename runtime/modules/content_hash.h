#ifndef GYRE_MODULES_CONTENT_HASH_H_
#define GYRE_MODULES_CONTENT_HASH_H_

#include <cstdint>
#include <cstring>
#include <string_view>

namespace gyre {

// A fast 64-bit hash that is the same in every process: tells whether a source or a cache entry is
// what it was. Folded 128-bit multiplication over 16 bytes at a time; no defence against someone
// who makes collisions on purpose.
inline uint64_t ContentHash(std::string_view bytes, uint64_t seed = 0) {
  constexpr uint64_t kA = 0x9e3779b97f4a7c15;
  constexpr uint64_t kB = 0xd6e8feb86659fd93;
  auto fold = [](uint64_t x, uint64_t y) {
    unsigned __int128 product = static_cast<unsigned __int128>(x) * y;
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
  };
  auto load = [](const char* from, size_t size) {
    uint64_t word = 0;
    memcpy(&word, from, size);
    return word;
  };
  uint64_t hash = seed ^ fold(bytes.size() ^ kA, kB);
  const char* data = bytes.data();
  size_t left = bytes.size();
  for (; left >= 16; data += 16, left -= 16) {
    hash = fold(load(data, 8) ^ hash ^ kA, load(data + 8, 8) ^ kB);
  }
  uint64_t low = load(data, left < 8 ? left : 8);
  uint64_t high = left > 8 ? load(data + 8, left - 8) : 0;
  return fold(fold(low ^ hash ^ kB, high ^ kA), kA ^ hash);
}

}  // namespace gyre

#endif  // GYRE_MODULES_CONTENT_HASH_H_
