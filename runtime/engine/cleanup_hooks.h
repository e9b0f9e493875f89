#ifndef GYRE_ENGINE_CLEANUP_HOOKS_H_
#define GYRE_ENGINE_CLEANUP_HOOKS_H_

#include <utility>
#include <vector>

#include "runtime/engine/environment.h"

namespace gyre {

// What native code wants to have run before its environment ends: the last added first. Run once,
// on the environment's thread, while its context and its loop still work; a hook may add others.
class CleanupHooks {
 public:
  using Hook = void (*)(void* argument);

  explicit CleanupHooks(Environment&) {}

  void Add(Hook hook, void* argument) { hooks_.emplace_back(hook, argument); }

  // Forgets the newest hook that was added with both; nothing when there is none.
  void Remove(Hook hook, void* argument) {
    for (size_t i = hooks_.size(); i-- > 0;) {
      if (hooks_[i] != std::make_pair(hook, argument)) continue;
      hooks_.erase(hooks_.begin() + static_cast<ptrdiff_t>(i));
      return;
    }
  }

  void Run() {
    while (!hooks_.empty()) {
      auto [hook, argument] = hooks_.back();
      hooks_.pop_back();
      hook(argument);
    }
  }

 private:
  std::vector<std::pair<Hook, void*>> hooks_;
};

}  // namespace gyre

#endif  // GYRE_ENGINE_CLEANUP_HOOKS_H_
