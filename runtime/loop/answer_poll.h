#ifndef GYRE_LOOP_ANSWER_POLL_H_
#define GYRE_LOOP_ANSWER_POLL_H_

#include "runtime/engine/environment.h"
#include "uv.h"

namespace gyre {

// Two threads or processes that talk answer each other within microseconds, and one that sleeps
// meanwhile takes longer than that to wake up. So who has just answered looks for the next message
// for this long before it sleeps; when that was in vain, it does not try again for a while.
constexpr uint64_t kAnswerPollNs = 30'000;

// Whether looking has been worth it lately.
class PollCredit {
 public:
  bool Try() {
    if (credit_ >= 0) return true;
    credit_++;
    return false;
  }
  void Record(bool came) {
    if (came) {
      if (credit_ < kMax) credit_++;
    } else {
      credit_ = credit_ < kCost ? kPause : credit_ - kCost;
    }
  }

 private:
  static constexpr int kMax = 8;
  static constexpr int kCost = 4;
  static constexpr int kPause = -50;
  int credit_ = 0;
};

// The same for what comes through the loop, on sockets: once after each Expect(), the loop looks
// for events before it sleeps.
class AnswerPoll {
 public:
  explicit AnswerPoll(Environment& env);
  AnswerPoll(const AnswerPoll&) = delete;
  AnswerPoll& operator=(const AnswerPoll&) = delete;

  void Expect();

 private:
  void Poll();

  uv_prepare_t prepare_;
  PollCredit credit_;
};

}  // namespace gyre

#endif  // GYRE_LOOP_ANSWER_POLL_H_
