#include "runtime/webstorage/item_store.h"

#include <cstring>

#include "absl/log/check.h"

namespace gyre {
namespace {

// How long to wait for another process that writes.
constexpr int kBusyTimeoutMs = 3000;

// Of the tables. A file with a higher one is not understood.
constexpr int kSchemaVersion = 1;

// What Node's databases have, by the same names: triggers add up the bytes of all items, so every
// process that writes keeps the sum right and nobody has to count.
constexpr char kMakeTables[] = R"sql(
  BEGIN IMMEDIATE;
  CREATE TABLE IF NOT EXISTS nodejs_webstorage (
    key BLOB NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS nodejs_webstorage_state (
    max_size INTEGER NOT NULL DEFAULT 10485760,
    total_size INTEGER NOT NULL,
    schema_version INTEGER NOT NULL DEFAULT 0,
    single_row_ INTEGER NOT NULL DEFAULT 1 PRIMARY KEY CHECK (single_row_ = 1)
  ) STRICT;
  CREATE TRIGGER IF NOT EXISTS nodejs_quota_insert AFTER INSERT ON nodejs_webstorage BEGIN
    UPDATE nodejs_webstorage_state
      SET total_size = total_size + octet_length(NEW.key) + octet_length(NEW.value);
    SELECT RAISE(ABORT, 'quota') FROM nodejs_webstorage_state WHERE total_size > max_size;
  END;
  CREATE TRIGGER IF NOT EXISTS nodejs_quota_update AFTER UPDATE ON nodejs_webstorage BEGIN
    UPDATE nodejs_webstorage_state
      SET total_size = total_size + octet_length(NEW.key) + octet_length(NEW.value)
        - octet_length(OLD.key) - octet_length(OLD.value);
    SELECT RAISE(ABORT, 'quota') FROM nodejs_webstorage_state WHERE total_size > max_size;
  END;
  CREATE TRIGGER IF NOT EXISTS nodejs_quota_delete AFTER DELETE ON nodejs_webstorage BEGIN
    UPDATE nodejs_webstorage_state
      SET total_size = total_size - octet_length(OLD.key) - octet_length(OLD.value);
  END;
  INSERT OR IGNORE INTO nodejs_webstorage_state (total_size, schema_version) VALUES (0, 1);
  COMMIT;
)sql";

// In the order of ItemStore::Statement.
constexpr const char* kStatementTexts[] = {
    "SELECT value FROM nodejs_webstorage WHERE key = ?",
    R"sql(INSERT INTO nodejs_webstorage (key, value) VALUES (?, ?)
          ON CONFLICT (key) DO UPDATE SET value = excluded.value)sql",
    "DELETE FROM nodejs_webstorage WHERE key = ?",
    "DELETE FROM nodejs_webstorage",
    "SELECT count(*) FROM nodejs_webstorage",
    "SELECT key FROM nodejs_webstorage ORDER BY key LIMIT 1 OFFSET ?",
    "SELECT key FROM nodejs_webstorage ORDER BY key",
    "SELECT key, value FROM nodejs_webstorage ORDER BY key",
};

}  // namespace

// One run of a statement, which is ready for the next when this one is over.
class ItemStore::Run {
 public:
  explicit Run(sqlite3_stmt* statement) : statement_(statement) {}
  ~Run() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  void Bind(std::u16string_view text) {
    // The pointer of an empty view may be null, which would be NULL.
    const void* bytes = text.empty() ? static_cast<const void*>("") : text.data();
    Note(sqlite3_bind_blob64(statement_, ++bound_, bytes, text.size() * sizeof(char16_t),
                             SQLITE_STATIC));
  }
  void Bind(int64_t number) { Note(sqlite3_bind_int64(statement_, ++bound_, number)); }

  // False at the end, and after an error, which is code() then.
  bool Next() {
    if (code_ != SQLITE_OK) return false;
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) Note(code);
    return false;
  }
  int code() const { return code_; }

  std::u16string Text(int column) const {
    const void* bytes = sqlite3_column_blob(statement_, column);
    const size_t size = sqlite3_column_bytes(statement_, column);
    std::u16string text(size / sizeof(char16_t), u'\0');
    if (!text.empty()) memcpy(text.data(), bytes, text.size() * sizeof(char16_t));
    return text;
  }
  int64_t Number(int column) const { return sqlite3_column_int64(statement_, column); }

 private:
  void Note(int code) {
    if (code_ == SQLITE_OK) code_ = code;
  }

  sqlite3_stmt* const statement_;
  int bound_ = 0;
  int code_ = SQLITE_OK;
};

absl::Status ItemStore::Error() const {
  const int code = sqlite3_extended_errcode(connection_);
  // What is too long for SQLite is too long for any quota.
  if (code == SQLITE_CONSTRAINT_TRIGGER || code == SQLITE_TOOBIG) {
    return absl::ResourceExhaustedError("Setting the value exceeded the quota");
  }
  return absl::FailedPreconditionError(sqlite3_errmsg(connection_));
}

absl::Status ItemStore::Open() {
  if (connection_ != nullptr) return absl::OkStatus();
  const int code = sqlite3_open_v2(path_.c_str(), &connection_,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  CHECK(connection_ != nullptr) << "no memory for a connection";
  absl::Status status = code == SQLITE_OK ? SetUp() : Error();
  // The next use tries again.
  if (!status.ok()) Close();
  return status;
}

absl::Status ItemStore::SetUp() {
  sqlite3_busy_timeout(connection_, kBusyTimeoutMs);
  // A write-ahead log lets others read while one writes. A power cut may cost its last items, never
  // the file.
  if (sqlite3_exec(connection_,
                   "PRAGMA encoding = 'UTF-16le'; PRAGMA journal_mode = WAL; "
                   "PRAGMA synchronous = NORMAL",
                   nullptr, nullptr, nullptr) != SQLITE_OK) {
    return Error();
  }
  const int code =
      sqlite3_table_column_metadata(connection_, nullptr, "nodejs_webstorage_state", nullptr,
                                    nullptr, nullptr, nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return CheckVersion();
  // SQLITE_ERROR: no such table.
  if (code != SQLITE_ERROR ||
      sqlite3_exec(connection_, kMakeTables, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return Error();
  }
  return absl::OkStatus();
}

absl::Status ItemStore::CheckVersion() {
  sqlite3_stmt* statement;
  if (sqlite3_prepare_v2(connection_, "SELECT schema_version FROM nodejs_webstorage_state", -1,
                         &statement, nullptr) != SQLITE_OK) {
    return Error();
  }
  const bool is_newer =
      sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int64(statement, 0) > kSchemaVersion;
  sqlite3_finalize(statement);
  if (!is_newer) return absl::OkStatus();
  return absl::FailedPreconditionError("localStorage was created with a newer version of Node.js");
}

void ItemStore::Close() {
  for (sqlite3_stmt*& statement : statements_) sqlite3_finalize(std::exchange(statement, nullptr));
  sqlite3_close(std::exchange(connection_, nullptr));
}

absl::StatusOr<sqlite3_stmt*> ItemStore::Prepare(Statement statement) {
  if (absl::Status status = Open(); !status.ok()) return status;
  sqlite3_stmt*& prepared = statements_[statement];
  if (prepared == nullptr &&
      sqlite3_prepare_v3(connection_, kStatementTexts[statement], -1, SQLITE_PREPARE_PERSISTENT,
                         &prepared, nullptr) != SQLITE_OK) {
    return Error();
  }
  return prepared;
}

template <class... Parameters>
absl::Status ItemStore::Execute(Statement statement, absl::FunctionRef<void(const Run&)> on_row,
                                const Parameters&... parameters) {
  absl::StatusOr<sqlite3_stmt*> prepared = Prepare(statement);
  if (!prepared.ok()) return prepared.status();
  Run run(*prepared);
  (run.Bind(parameters), ...);
  while (run.Next()) on_row(run);
  return run.code() == SQLITE_OK ? absl::OkStatus() : Error();
}

absl::StatusOr<std::optional<std::u16string>> ItemStore::Get(std::u16string_view key) {
  std::optional<std::u16string> value;
  absl::Status status = Execute(kGet, [&](const Run& row) { value = row.Text(0); }, key);
  if (!status.ok()) return status;
  return value;
}

absl::Status ItemStore::Set(std::u16string_view key, std::u16string_view value) {
  return Execute(kSet, [](const Run&) {}, key, value);
}

absl::Status ItemStore::Remove(std::u16string_view key) {
  return Execute(kRemove, [](const Run&) {}, key);
}

absl::Status ItemStore::Clear() {
  return Execute(kClear, [](const Run&) {});
}

absl::StatusOr<uint32_t> ItemStore::Count() {
  uint32_t count = 0;
  absl::Status status = Execute(kCount, [&](const Run& row) { count = row.Number(0); });
  if (!status.ok()) return status;
  return count;
}

absl::StatusOr<std::optional<std::u16string>> ItemStore::KeyAt(uint32_t index) {
  std::optional<std::u16string> key;
  absl::Status status = Execute(kKeyAt, [&](const Run& row) { key = row.Text(0); }, int64_t{index});
  if (!status.ok()) return status;
  return key;
}

absl::StatusOr<std::vector<std::u16string>> ItemStore::Keys() {
  std::vector<std::u16string> keys;
  absl::Status status = Execute(kKeys, [&](const Run& row) { keys.push_back(row.Text(0)); });
  if (!status.ok()) return status;
  return keys;
}

absl::StatusOr<std::vector<ItemStore::Item>> ItemStore::Items() {
  std::vector<Item> items;
  absl::Status status =
      Execute(kItems, [&](const Run& row) { items.emplace_back(row.Text(0), row.Text(1)); });
  if (!status.ok()) return status;
  return items;
}

}  // namespace gyre
