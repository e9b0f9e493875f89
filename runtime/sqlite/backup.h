#ifndef GYRE_SQLITE_BACKUP_H_
#define GYRE_SQLITE_BACKUP_H_

#include <memory>
#include <string>

#include "runtime/glue/binding.h"
#include "v8.h"

namespace gyre {

class Database;

// A copy of a database that is being made, some pages at a time on the thread pool. It is begun and
// ended on the loop's thread: what SQLite does then belongs to the connections. When the source is
// closed meanwhile it goes on, SQLite keeps what it needs.
class Backup final : public Collected {
 public:
  static void Declare(BindingBuilder& b);

  Backup(Environment& env, v8::Local<v8::Object> self, Database* source, std::string path,
         std::string source_schema, std::string target_schema);
  ~Backup() override;

 private:
  struct State;
  class StepWork;

  // JavaScript's methods.
  void Start();
  // callback(error, isDone, pagesLeft, pages) after at most so many pages more. One at a time.
  void Step(int32_t pages, v8::Local<v8::Function> callback);
  void Finish();

  Database* const source_;
  const std::string path_;
  const std::string source_schema_;
  const std::string target_schema_;
  const std::shared_ptr<State> state_;
};

}  // namespace gyre

#endif  // GYRE_SQLITE_BACKUP_H_
