// The two typed arrays through which file times, sizes and modes reach JavaScript without an object
// per call.

#ifndef GYRE_FS_STAT_BUFFERS_H_
#define GYRE_FS_STAT_BUFFERS_H_

#include <sys/vfs.h>

#include <cstddef>
#include <cstdint>

#include "runtime/engine/environment.h"
#include "uv.h"
#include "v8.h"

namespace gyre::fs {

// Filled right before JavaScript is entered and read by it at once, so one pair per environment is
// enough.
class StatBuffers {
 public:
  // The order of internal/fs/stats.js. A watcher reports two in a row, the current one first.
  enum Field {
    kDev,
    kMode,
    kNlink,
    kUid,
    kGid,
    kRdev,
    kBlksize,
    kIno,
    kSize,
    kBlocks,
    kAtimeSec,
    kAtimeNsec,
    kMtimeSec,
    kMtimeNsec,
    kCtimeSec,
    kCtimeNsec,
    kBirthtimeSec,
    kBirthtimeNsec,
    kFieldCount
  };

  explicit StatBuffers(Environment& env);

  void Fill(const uv_stat_t& stat, size_t offset = 0);
  void Fill(const struct statfs& stat);

  // [Float64Array, BigInt64Array]
  v8::Local<v8::Array> arrays(Environment& env) const;

 private:
  void Set(size_t index, uint64_t value) {
    numbers_[index] = static_cast<double>(value);
    bigints_[index] = static_cast<int64_t>(value);
  }
  void SetTime(size_t index, const uv_timespec_t& time);

  double* numbers_;
  int64_t* bigints_;
  v8::Global<v8::Float64Array> number_array_;
  v8::Global<v8::BigInt64Array> bigint_array_;
};

}  // namespace gyre::fs

#endif  // GYRE_FS_STAT_BUFFERS_H_
