#include "runtime/main/snapshot_file.h"

#include <cstdlib>
#include <cstring>

#include "gtest/gtest.h"

namespace gyre {
namespace {

constexpr size_t kCaches = 3;

MadeSnapshot Made() {
  MadeSnapshot made;
  made.blob = "some bytes of V8's";
  made.code_cache_offsets = {0, 5, 5, 11};
  made.code_cache_data = "firstsecond";
  return made;
}

const SnapshotIdentity kMaker = {"1.2.3", "15.0", "x64", "linux", "abcd"};

// The bytes where DecodeSnapshot wants them.
class File {
 public:
  explicit File(std::string_view bytes)
      : size_(bytes.size()),
        data_(static_cast<char*>(
            aligned_alloc(kPartAlignment, (size_ / kPartAlignment + 1) * kPartAlignment))) {
    memcpy(data_, bytes.data(), size_);
  }
  ~File() { free(data_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  std::string_view bytes() const { return {data_, size_}; }

 private:
  size_t size_;
  char* data_;
};

std::string Refusal(std::string_view bytes, const SnapshotIdentity& reader = kMaker) {
  const File file(bytes);
  return std::string(DecodeSnapshot(file.bytes(), reader, kCaches).status().message());
}

TEST(SnapshotFile, IsReadAsItWasWritten) {
  const File file(EncodeSnapshot(Made(), kMaker));
  absl::StatusOr<EmbeddedSnapshot> read = DecodeSnapshot(file.bytes(), kMaker, kCaches);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(std::string(read->blob.data, read->blob.raw_size), Made().blob);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(read->blob.data) % kPartAlignment, 0u);
  EXPECT_EQ(memcmp(read->code_caches.offsets, Made().code_cache_offsets.data(), 16), 0);
  EXPECT_EQ(memcmp(read->code_caches.data, "firstsecond", 11), 0);
}

TEST(SnapshotFile, MayHaveNoCodeCaches) {
  MadeSnapshot made;
  made.blob = "b";
  const File file(EncodeSnapshot(made, kMaker));
  absl::StatusOr<EmbeddedSnapshot> read = DecodeSnapshot(file.bytes(), kMaker, kCaches);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->code_caches.offsets, nullptr);
}

TEST(SnapshotFile, SaysWhatDiffers) {
  const std::string bytes = EncodeSnapshot(Made(), kMaker);
  SnapshotIdentity other = kMaker;
  other.version = "1.2.4";
  EXPECT_EQ(Refusal(bytes, other),
            "it was built with Gyre version 1.2.3 and the current Gyre version is 1.2.4");
  other = kMaker;
  other.architecture = "arm64";
  EXPECT_EQ(Refusal(bytes, other),
            "it was built with architecture x64 and the current architecture is arm64");
  other = kMaker;
  other.build = "ef01";
  EXPECT_EQ(Refusal(bytes, other), "it was built with build abcd and the current build is ef01");
}

TEST(SnapshotFile, WhatIsNoneIsRefused) {
  EXPECT_EQ(Refusal(""), "the file is not a snapshot");
  EXPECT_EQ(Refusal("GYRESNA"), "the file is not a snapshot");
  EXPECT_EQ(Refusal("console.log('a program');"), "the file is not a snapshot");
  std::string later = EncodeSnapshot(Made(), kMaker);
  later[8]++;
  EXPECT_EQ(Refusal(later), "its format is 2 and the current format is 1");
}

TEST(SnapshotFile, EveryTruncationIsFound) {
  const std::string bytes = EncodeSnapshot(Made(), kMaker);
  for (size_t size = 0; size < bytes.size(); size++) {
    EXPECT_NE(Refusal(std::string_view(bytes).substr(0, size)), "") << size;
  }
  EXPECT_NE(Refusal(bytes + '\0'), "");
}

TEST(SnapshotFile, EveryDamageIsFound) {
  const std::string bytes = EncodeSnapshot(Made(), kMaker);
  for (size_t i = 0; i < bytes.size(); i++) {
    std::string damaged = bytes;
    damaged[i] ^= 0x41;
    EXPECT_NE(Refusal(damaged), "") << i;
  }
}

TEST(SnapshotFile, CodeCachesFitTheExecutable) {
  MadeSnapshot made = Made();
  made.code_cache_offsets = {0, 5, 11};
  EXPECT_EQ(Refusal(EncodeSnapshot(made, kMaker)), "the file is damaged");
  made.code_cache_offsets = {0, 6, 5, 11};
  EXPECT_EQ(Refusal(EncodeSnapshot(made, kMaker)), "the file is damaged");
  made.code_cache_offsets = {0, 5, 5, 1 << 30};
  EXPECT_EQ(Refusal(EncodeSnapshot(made, kMaker)), "the file is damaged");
}

}  // namespace
}  // namespace gyre
