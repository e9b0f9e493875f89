#ifndef GYRE_WEBSTORAGE_ITEM_STORE_H_
#define GYRE_WEBSTORAGE_ITEM_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "sqlite3.h"

namespace gyre {

// The items of a storage, in an SQLite database: a file, or memory for the path ":memory:". Keys
// and values are UTF-16, whatever is in it. The file is the one that Node writes and reads, and may
// be in use by several processes at once; SQLite keeps them apart.
//
// The first use of an item opens the file, and makes it where there is none. A use that fails says
// what SQLite says; kResourceExhausted is the quota.
class ItemStore {
 public:
  using Item = std::pair<std::u16string, std::u16string>;  // key and value

  explicit ItemStore(std::string path) : path_(std::move(path)) {}
  ~ItemStore() { Close(); }
  ItemStore(const ItemStore&) = delete;
  ItemStore& operator=(const ItemStore&) = delete;

  absl::StatusOr<std::optional<std::u16string>> Get(std::u16string_view key);
  absl::Status Set(std::u16string_view key, std::u16string_view value);
  absl::Status Remove(std::u16string_view key);
  absl::Status Clear();
  absl::StatusOr<uint32_t> Count();

  // Keys are in the order of their bytes, which is the same until one is added or removed.
  absl::StatusOr<std::optional<std::u16string>> KeyAt(uint32_t index);
  absl::StatusOr<std::vector<std::u16string>> Keys();
  absl::StatusOr<std::vector<Item>> Items();

  // Until the next use.
  void Close();

 private:
  class Run;
  enum Statement { kGet, kSet, kRemove, kClear, kCount, kKeyAt, kKeys, kItems, kStatements };

  absl::Status Open();
  absl::Status SetUp();
  absl::Status CheckVersion();
  // The statement, compiled by its first use.
  absl::StatusOr<sqlite3_stmt*> Prepare(Statement statement);
  // Runs the statement with these parameters.
  template <class... Parameters>
  absl::Status Execute(Statement statement, absl::FunctionRef<void(const Run&)> on_row,
                       const Parameters&... parameters);
  absl::Status Error() const;

  const std::string path_;
  sqlite3* connection_ = nullptr;
  sqlite3_stmt* statements_[kStatements] = {};
};

}  // namespace gyre

#endif  // GYRE_WEBSTORAGE_ITEM_STORE_H_
