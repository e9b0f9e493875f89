#include "runtime/webstorage/item_store.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "gtest/gtest.h"

namespace gyre {
namespace {

// A path in the test's folder, where there is no file yet.
std::string NewPath(const char* name) {
  const char* folder = getenv("TEST_TMPDIR");
  std::string path = std::string(folder != nullptr ? folder : "/tmp") + "/" + name;
  for (const char* suffix : {"", "-wal", "-shm"}) remove((path + suffix).c_str());
  return path;
}

bool Exists(const std::string& path) {
  FILE* file = fopen(path.c_str(), "r");
  if (file != nullptr) fclose(file);
  return file != nullptr;
}

void Exec(const std::string& path, const char* sql) {
  sqlite3* connection;
  ASSERT_EQ(sqlite3_open(path.c_str(), &connection), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(connection);
}

constexpr size_t kQuotaUnits = 10 * 1024 * 1024 / sizeof(char16_t);

TEST(ItemStore, GivesBackAnyUnits) {
  ItemStore store(":memory:");
  const std::u16string odd = {u'a', u'\0', 0xd800, u'\xe9'};
  ASSERT_TRUE(store.Set(odd, odd).ok());
  ASSERT_TRUE(store.Set(u"", u"").ok());
  EXPECT_EQ(**store.Get(odd), odd);
  EXPECT_EQ(**store.Get(u""), u"");
  EXPECT_EQ(*store.Get(u"a"), std::nullopt);
  EXPECT_EQ(*store.Count(), 2u);
}

TEST(ItemStore, KeepsAnOrderThatValuesDoNotChange) {
  ItemStore store(":memory:");
  for (const char16_t* key : {u"b", u"a", u"10", u"2"}) ASSERT_TRUE(store.Set(key, u"x").ok());
  ASSERT_TRUE(store.Set(u"b", u"y").ok());
  EXPECT_EQ(*store.Keys(), (std::vector<std::u16string>{u"10", u"2", u"a", u"b"}));
  EXPECT_EQ(**store.KeyAt(3), u"b");
  EXPECT_EQ(*store.KeyAt(4), std::nullopt);
  EXPECT_EQ(store.Items()->back(), ItemStore::Item(u"b", u"y"));
}

TEST(ItemStore, CountsBytesOfKeysAndValues) {
  ItemStore store(":memory:");
  EXPECT_TRUE(store.Set(u"k", std::u16string(kQuotaUnits - 1, u'x')).ok());
  EXPECT_EQ(store.Set(u"l", u"").code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(store.Set(u"k", std::u16string(kQuotaUnits, u'x')).code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ((*store.Get(u"k"))->size(), kQuotaUnits - 1);
  // What is removed makes room.
  EXPECT_TRUE(store.Set(u"k", u"").ok());
  EXPECT_TRUE(store.Set(u"l", std::u16string(kQuotaUnits - 2, u'x')).ok());
  EXPECT_TRUE(store.Remove(u"l").ok());
  EXPECT_TRUE(store.Set(u"m", std::u16string(kQuotaUnits - 2, u'x')).ok());
  EXPECT_TRUE(store.Clear().ok());
  EXPECT_EQ(*store.Count(), 0u);
  EXPECT_TRUE(store.Set(std::u16string(kQuotaUnits, u'x'), u"").ok());
}

TEST(ItemStore, MakesTheFileWhenItIsUsed) {
  const std::string path = NewPath("lazy");
  ItemStore store(path);
  EXPECT_FALSE(Exists(path));
  EXPECT_EQ(*store.Count(), 0u);
  EXPECT_TRUE(Exists(path));
  ASSERT_TRUE(store.Set(u"a", u"b").ok());
  store.Close();
  EXPECT_FALSE(Exists(path + "-wal"));
  EXPECT_EQ(**store.Get(u"a"), u"b");
}

TEST(ItemStore, SharesTheFile) {
  const std::string path = NewPath("shared");
  ItemStore one(path);
  ItemStore other(path);
  ASSERT_TRUE(one.Set(u"a", u"b").ok());
  EXPECT_EQ(**other.Get(u"a"), u"b");
  ASSERT_TRUE(other.Set(u"c", std::u16string(kQuotaUnits - 3, u'x')).ok());
  EXPECT_EQ(one.Set(u"d", u"").code(), absl::StatusCode::kResourceExhausted);
}

TEST(ItemStore, RefusesWhatItDoesNotUnderstand) {
  const std::string path = NewPath("newer");
  ASSERT_TRUE(ItemStore(path).Set(u"a", u"b").ok());
  Exec(path, "UPDATE nodejs_webstorage_state SET schema_version = 2");
  EXPECT_EQ(ItemStore(path).Get(u"a").status().message(),
            "localStorage was created with a newer version of Node.js");

  const std::string text = NewPath("text");
  FILE* file = fopen(text.c_str(), "w");
  fputs(std::string(4096, 'x').c_str(), file);
  fclose(file);
  EXPECT_EQ(ItemStore(text).Count().status().message(), "file is not a database");
}

TEST(ItemStore, TriesAgainWhatFailed) {
  ItemStore store("/nonexistent/folder/file");
  EXPECT_EQ(store.Count().status().message(), "unable to open database file");
  EXPECT_EQ(store.Set(u"a", u"b").message(), "unable to open database file");
}

}  // namespace
}  // namespace gyre
