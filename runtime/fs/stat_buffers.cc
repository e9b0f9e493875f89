#include "runtime/fs/stat_buffers.h"

namespace gyre::fs {

StatBuffers::StatBuffers(Environment& env) {
  v8::Isolate* isolate = env.isolate();
  v8::HandleScope scope(isolate);
  constexpr size_t kLength = size_t{2} * kFieldCount;
  auto numbers = v8::ArrayBuffer::New(isolate, kLength * sizeof(double));
  auto bigints = v8::ArrayBuffer::New(isolate, kLength * sizeof(int64_t));
  numbers_ = static_cast<double*>(numbers->Data());
  bigints_ = static_cast<int64_t*>(bigints->Data());
  number_array_.Reset(isolate, v8::Float64Array::New(numbers, 0, kLength));
  bigint_array_.Reset(isolate, v8::BigInt64Array::New(bigints, 0, kLength));
}

void StatBuffers::Fill(const uv_stat_t& stat, size_t offset) {
  const uint64_t fields[] = {stat.st_dev,  stat.st_mode,  stat.st_nlink,   stat.st_uid,
                             stat.st_gid,  stat.st_rdev,  stat.st_blksize, stat.st_ino,
                             stat.st_size, stat.st_blocks};
  for (uint64_t field : fields) Set(offset++, field);
  SetTime(offset, stat.st_atim);
  SetTime(offset + 2, stat.st_mtim);
  SetTime(offset + 4, stat.st_ctim);
  SetTime(offset + 6, stat.st_birthtim);
}

void StatBuffers::SetTime(size_t index, const uv_timespec_t& time) {
  // Signed: files can be older than 1970.
  numbers_[index] = static_cast<double>(time.tv_sec);
  bigints_[index] = time.tv_sec;
  numbers_[index + 1] = static_cast<double>(time.tv_nsec);
  bigints_[index + 1] = time.tv_nsec;
}

void StatBuffers::Fill(const struct statfs& stat) {
  const uint64_t fields[] = {static_cast<uint64_t>(stat.f_type),
                             static_cast<uint64_t>(stat.f_bsize),
                             static_cast<uint64_t>(stat.f_frsize),
                             stat.f_blocks,
                             stat.f_bfree,
                             stat.f_bavail,
                             stat.f_files,
                             stat.f_ffree};
  size_t index = 0;
  for (uint64_t field : fields) Set(index++, field);
}

v8::Local<v8::Array> StatBuffers::arrays(Environment& env) const {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Value> pair[] = {number_array_.Get(isolate), bigint_array_.Get(isolate)};
  return v8::Array::New(isolate, pair, 2);
}

}  // namespace gyre::fs
