#include "runtime/fs/calls.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "gtest/gtest.h"

namespace gyre::fs {
namespace {

class CallsTest : public testing::Test {
 protected:
  CallsTest() {
    std::string base = getenv("TEST_TMPDIR") != nullptr ? getenv("TEST_TMPDIR") : "/tmp";
    root_ = *Mkdtemp(base + "/calls-");
  }
  ~CallsTest() override { EXPECT_TRUE(RemoveTree(root_).ok()); }

  std::string Path(const std::string& name) const { return root_ + "/" + name; }
  void Touch(const std::string& name) {
    int fd = *Open(Path(name), O_CREAT | O_WRONLY, 0644);
    ASSERT_TRUE(Close(fd).ok());
  }

  std::string root_;
};

TEST_F(CallsTest, MkdirRecursiveNamesTheFirstDirectoryItMakes) {
  auto first = Mkdir(Path("a/b/c"), 0777, true);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(**first, Path("a"));
  EXPECT_FALSE(Mkdir(Path("a/b/c"), 0777, true)->has_value());
  EXPECT_EQ(**Mkdir(Path("a/b/d/e"), 0777, true), Path("a/b/d"));
}

TEST_F(CallsTest, MkdirRecursiveStopsAtFiles) {
  Touch("file");
  EXPECT_FALSE(Mkdir(Path("file"), 0777, true).ok());
  EXPECT_FALSE(Mkdir(Path("file/below"), 0777, true).ok());
  // A directory that takes no entries must not send it up and down forever.
  EXPECT_FALSE(Mkdir("/proc/none/below", 0777, true).ok());
}

TEST_F(CallsTest, RealpathFollowsLinksAndNamesTheComponentThatFails) {
  ASSERT_TRUE(Mkdir(Path("real"), 0777, false).ok());
  Touch("real/file");
  ASSERT_TRUE(Symlink("real", Path("link"), 0).ok());
  ASSERT_TRUE(Symlink("nowhere", Path("dangling"), 0).ok());
  EXPECT_EQ(*Realpath(Path("link/file")), *RealpathNative(Path("real/file")));
  EXPECT_FALSE(Realpath(Path("dangling")).ok());
  EXPECT_FALSE(Realpath(Path("link/none/below")).ok());
}

TEST_F(CallsTest, RemoveTreeStaysOutOfLinks) {
  ASSERT_TRUE(Mkdir(Path("keep"), 0777, false).ok());
  Touch("keep/file");
  ASSERT_TRUE(Mkdir(Path("gone/deep"), 0777, true).ok());
  ASSERT_TRUE(Symlink("../../keep", Path("gone/deep/link"), 0).ok());
  ASSERT_TRUE(RemoveTree(Path("gone")).ok());
  EXPECT_LT(ModuleStat(Path("gone")), 0);
  EXPECT_EQ(ModuleStat(Path("keep/file")), 0);
  EXPECT_TRUE(RemoveTree(Path("never-was")).ok());
}

TEST_F(CallsTest, ReadFileTakesFilesWithAndWithoutASize) {
  Touch("empty");
  EXPECT_EQ(ReadFile(Path("empty"), -1, O_RDONLY)->size(), 0u);
  EXPECT_GT(ReadFile("/proc/self/status", -1, O_RDONLY)->size(), 0u);
  EXPECT_FALSE(ReadFile(root_, -1, O_RDONLY).ok());

  int fd = *Open(Path("text"), O_CREAT | O_RDWR, 0644);
  EXPECT_EQ(*WriteString(fd, "0123456789", -1), 10);
  ASSERT_EQ(lseek(fd, 4, SEEK_SET), 4);
  auto rest = ReadFile("", fd, 0);
  ASSERT_TRUE(rest.ok());
  EXPECT_EQ(std::string(reinterpret_cast<char*>(rest->data()), rest->size()), "456789");
  EXPECT_TRUE(Close(fd).ok());
}

TEST_F(CallsTest, StatMayMissWithoutAnError) {
  EXPECT_FALSE(Stat(Path("none"), false)->found);
  EXPECT_FALSE(Stat(Path("none"), true).ok());
  EXPECT_TRUE(S_ISDIR(Stat(root_, true)->stat.st_mode));
  EXPECT_EQ(ModuleStat(root_), 1);
}

TEST_F(CallsTest, DirectoriesCanBeReadInPieces) {
  for (const char* name : {"a", "b", "c"}) Touch(name);
  auto directory = Opendir(root_);
  ASSERT_TRUE(directory.ok());
  std::vector<std::string> names;
  while (true) {
    auto entries = ReadDirectory(*directory, 2);
    ASSERT_TRUE(entries.ok());
    if (entries->empty()) break;
    for (const auto& entry : *entries) names.push_back(entry.name);
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(CloseDirectory(*directory).ok());
  EXPECT_FALSE(ReadDirectory(*directory, 1).ok());
}

}  // namespace
}  // namespace gyre::fs
