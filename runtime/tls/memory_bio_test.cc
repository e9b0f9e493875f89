#include "runtime/tls/memory_bio.h"

#include <string>

#include "gtest/gtest.h"
#include "openssl/bio.h"

namespace gyre {
namespace {

std::string Read(BIO* bio, int size) {
  std::string out(size, '\0');
  const int read = BIO_read(bio, out.data(), size);
  out.resize(read > 0 ? read : 0);
  return out;
}

TEST(MemoryBio, ReadsWhatWasKeptBeforeWhatCame) {
  TlsInput input;
  BIO* bio = NewInputBio(&input);
  input.Feed("abcdef");
  EXPECT_EQ(Read(bio, 2), "ab");
  input.Keep();
  input.Feed("gh");
  EXPECT_EQ(Read(bio, 5), "cdefg");
  EXPECT_FALSE(input.empty());
  EXPECT_EQ(Read(bio, 5), "h");
  EXPECT_TRUE(input.empty());
  BIO_free(bio);
}

TEST(MemoryBio, WhatComesInTheMiddleComesBehind) {
  TlsInput input;
  BIO* bio = NewInputBio(&input);
  input.Feed("abcd");
  EXPECT_EQ(Read(bio, 1), "a");
  {
    const std::string second = "ef";
    input.Feed(second);
    EXPECT_EQ(Read(bio, 2), "bc");
    input.Keep();
  }
  EXPECT_EQ(Read(bio, 5), "def");
  EXPECT_TRUE(input.empty());
  BIO_free(bio);
}

TEST(MemoryBio, NothingThereMeansLater) {
  TlsInput input;
  BIO* bio = NewInputBio(&input);
  char byte;
  EXPECT_LE(BIO_read(bio, &byte, 1), 0);
  EXPECT_TRUE(BIO_should_retry(bio));
  BIO_free(bio);
}

TEST(MemoryBio, CollectsWhatIsWritten) {
  std::string output;
  BIO* bio = NewOutputBio(&output);
  EXPECT_EQ(BIO_write(bio, "abc", 3), 3);
  EXPECT_EQ(BIO_write(bio, "d", 1), 1);
  EXPECT_EQ(output, "abcd");
  BIO_free(bio);
}

}  // namespace
}  // namespace gyre
