#include "runtime/sqlite/backup.h"

#include <utility>

#include "absl/log/check.h"
#include "runtime/loop/work.h"
#include "runtime/sqlite/database.h"
#include "runtime/sqlite/errors.h"
#include "sqlite3.h"

namespace gyre {

// What a step on the thread pool needs; shared with it because JavaScript's object may go first.
struct Backup::State {
  ~State() { Finish(); }

  int Finish() {
    const int code = sqlite3_backup_finish(std::exchange(backup, nullptr));
    sqlite3_close_v2(std::exchange(target, nullptr));
    return code;
  }

  sqlite3* target = nullptr;
  sqlite3_backup* backup = nullptr;
};

class Backup::StepWork final : public Work {
 public:
  StepWork(Environment& env, v8::Local<v8::Function> callback, std::shared_ptr<State> state,
           int pages)
      : Work(env, callback, "SQLITEBACKUP"), state_(std::move(state)), pages_(pages) {}

 private:
  // How long to wait for others that use one of the databases.
  static constexpr int kBusyMilliseconds = 10;

  void Run() override {
    code_ = sqlite3_backup_step(state_->backup, pages_);
    if (code_ != SQLITE_BUSY && code_ != SQLITE_LOCKED) return;
    sqlite3_sleep(kBusyMilliseconds);
    code_ = SQLITE_OK;
  }

  Arguments Done(Environment& env) override {
    if (code_ != SQLITE_OK && code_ != SQLITE_DONE) {
      return {SqliteError(env, code_, sqlite3_errstr(code_))};
    }
    return {v8::Null(env.isolate()), ToV8(env, code_ == SQLITE_DONE),
            ToV8(env, sqlite3_backup_remaining(state_->backup)),
            ToV8(env, sqlite3_backup_pagecount(state_->backup))};
  }

  const std::shared_ptr<State> state_;
  const int pages_;
  int code_ = SQLITE_OK;
};

void Backup::Declare(BindingBuilder& b) {
  b.Class<Backup>("SqliteBackup")
      .Constructor<Database*, std::string, std::string, std::string>()
      .Method<&Backup::Start>("start")
      .Method<&Backup::Step>("step")
      .Method<&Backup::Finish>("finish");
}

Backup::Backup(Environment& env, v8::Local<v8::Object> self, Database* source, std::string path,
               std::string source_schema, std::string target_schema)
    : Collected(env, self),
      source_(source),
      path_(std::move(path)),
      source_schema_(std::move(source_schema)),
      target_schema_(std::move(target_schema)),
      state_(std::make_shared<State>()) {
  KeepDatabase(env, self, source);
}

Backup::~Backup() = default;

void Backup::Start() {
  if (!source_->EnsureOpen()) return;
  const int code =
      sqlite3_open_v2(path_.c_str(), &state_->target,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, nullptr);
  CHECK(state_->target != nullptr) << "no memory for a connection";
  if (code == SQLITE_OK) {
    state_->backup = sqlite3_backup_init(state_->target, target_schema_.c_str(),
                                         source_->connection(), source_schema_.c_str());
    if (state_->backup != nullptr) return;
  }
  ThrowSqliteError(env(), state_->target);
  state_->Finish();
}

void Backup::Step(int32_t pages, v8::Local<v8::Function> callback) {
  (new StepWork(env(), callback, state_, pages))->Start();
}

void Backup::Finish() { state_->Finish(); }

}  // namespace gyre
