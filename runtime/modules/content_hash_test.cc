#include "runtime/modules/content_hash.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace gyre {
namespace {

TEST(ContentHash, DependsOnEveryByte) {
  for (size_t size : {0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 100}) {
    std::string text(size, 'a');
    std::set<uint64_t> seen = {ContentHash(text)};
    for (size_t i = 0; i < size; i++) {
      text[i] = 'b';
      EXPECT_TRUE(seen.insert(ContentHash(text)).second) << size << " bytes, byte " << i;
      text[i] = 'a';
    }
  }
}

TEST(ContentHash, DependsOnLengthAndSeed) {
  std::set<uint64_t> seen;
  for (size_t size = 0; size < 100; size++) {
    EXPECT_TRUE(seen.insert(ContentHash(std::string(size, '\0'))).second) << size;
    EXPECT_TRUE(seen.insert(ContentHash(std::string(size, '\0'), 1)).second) << size;
  }
}

TEST(ContentHash, DoesNotDependOnAlignment) {
  const std::string text = "xxxxxxxxThe same bytes wherever they are.";
  const uint64_t hash = ContentHash(text.substr(8));
  for (size_t offset = 0; offset < 8; offset++) {
    std::string shifted = std::string(offset, 'y') + text.substr(8);
    EXPECT_EQ(ContentHash(std::string_view(shifted).substr(offset)), hash);
  }
}

}  // namespace
}  // namespace gyre
