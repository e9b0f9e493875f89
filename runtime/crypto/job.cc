#include "runtime/crypto/job.h"

#include <utility>
#include <vector>

#include "openssl/err.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/glue/convert.h"
#include "runtime/loop/work.h"

namespace gyre {
namespace {

v8::Local<v8::Value> ErrorOf(Environment& env, const Job& job,
                             const std::vector<unsigned long>& errors) {  // NOLINT(runtime/int)
  if (!job.plain_error) return OpenSslError(env, errors, job.otherwise);
  const std::string text = errors.empty() ? job.otherwise : OpenSslErrorText(errors.front());
  return v8::Exception::Error(ToV8(env, text).As<v8::String>());
}

class JobWork final : public Work {
 public:
  JobWork(Environment& env, v8::Local<v8::Function> callback, Job job)
      : Work(env, callback, job.type, "crypto"), job_(std::move(job)) {}

 protected:
  void Run() override {
    ERR_clear_error();
    ok_ = job_.run();
    errors_ = TakeOpenSslErrors();
  }
  Arguments Done(Environment& env) override {
    if (!ok_) return {ErrorOf(env, job_, errors_)};
    return {v8::Undefined(env.isolate()), job_.result(env)};
  }

 private:
  const Job job_;
  bool ok_ = false;
  std::vector<unsigned long> errors_;  // NOLINT(runtime/int)
};

}  // namespace

v8::MaybeLocal<v8::Value> RunJob(Environment& env, JobCallback callback, Job job) {
  if (callback) {
    (new JobWork(env, *callback, std::move(job)))->Start();
    return v8::Undefined(env.isolate());
  }
  ERR_clear_error();
  if (job.run()) {
    ERR_clear_error();
    return job.result(env);
  }
  env.isolate()->ThrowException(ErrorOf(env, job, TakeOpenSslErrors()));
  return {};
}

}  // namespace gyre
