#include "runtime/permission/path_grants.h"

#include <filesystem>
#include <string>

#include "gtest/gtest.h"

namespace gyre {
namespace {

TEST(AbsolutePathTest, IsMadeOfTheTextAlone) {
  EXPECT_EQ(AbsolutePath("/a/b", "c"), "/a/b/c");
  EXPECT_EQ(AbsolutePath("/a/b", "./c//d/"), "/a/b/c/d");
  EXPECT_EQ(AbsolutePath("/a/b", "../../../c"), "/c");
  EXPECT_EQ(AbsolutePath("/a/b", "/c/./d/.."), "/c");
  EXPECT_EQ(AbsolutePath("/a", ".."), "/");
  EXPECT_EQ(AbsolutePath("/a", ""), "/a");
}

TEST(PathGrantsTest, NothingIsGrantedAtFirst) {
  PathGrants grants;
  EXPECT_FALSE(grants.all());
  EXPECT_FALSE(grants.Allows("/"));
  grants.Grant("/home", "");
  EXPECT_FALSE(grants.Allows("/home"));
}

TEST(PathGrantsTest, AStarIsEverything) {
  PathGrants grants;
  grants.Grant("/", "*");
  EXPECT_TRUE(grants.all());
  EXPECT_TRUE(grants.Allows("/any/thing"));
  grants.Drop("/", "/any/thing");
  EXPECT_TRUE(grants.Allows("/any/thing"));
  grants.DropAll();
  EXPECT_FALSE(grants.Allows("/any/thing"));
}

TEST(PathGrantsTest, AFileIsOnlyItself) {
  PathGrants grants;
  grants.Grant("/no", "such/file");
  EXPECT_TRUE(grants.Allows("/no/such/file"));
  EXPECT_FALSE(grants.Allows("/no/such"));
  EXPECT_FALSE(grants.Allows("/no/such/file2"));
  EXPECT_FALSE(grants.Allows("/no/such/file/below"));
}

TEST(PathGrantsTest, AFolderIsAllThatIsInIt) {
  const std::string folder = testing::TempDir() + "/granted";
  std::filesystem::create_directories(folder);
  PathGrants grants;
  grants.Grant("/", folder + "/");
  const std::string path = AbsolutePath("/", folder);
  EXPECT_TRUE(grants.Allows(path));
  EXPECT_TRUE(grants.Allows(path + "/a/b"));
  EXPECT_FALSE(grants.Allows(path + "2"));
  grants.Drop("/", path + "/a");
  EXPECT_TRUE(grants.Allows(path + "/a"));
  grants.Drop("/", path);
  EXPECT_FALSE(grants.Allows(path + "/a"));
}

TEST(PathGrantsTest, ARootIsAllThatThereIs) {
  PathGrants grants;
  grants.Grant("/", "/");
  EXPECT_TRUE(grants.Allows("/"));
  EXPECT_TRUE(grants.Allows("/etc"));
}

TEST(PathGrantsTest, AStarBehindAPathIsAllThatBeginsSo) {
  PathGrants grants;
  grants.Grant("/", "/example/foo*.txt");
  EXPECT_TRUE(grants.Allows("/example/foo"));
  EXPECT_TRUE(grants.Allows("/example/foo2/file.js"));
  EXPECT_FALSE(grants.Allows("/example/fo"));
  grants.Grant("/", "/not/there/*");
  EXPECT_TRUE(grants.Allows("/not/there/yet"));
  EXPECT_FALSE(grants.Allows("/not/thereabouts"));
  grants.Drop("/", "/not/there/*");
  EXPECT_FALSE(grants.Allows("/not/there/yet"));
}

}  // namespace
}  // namespace gyre
