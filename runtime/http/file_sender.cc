#include "runtime/http/file_sender.h"

#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>

#include "absl/log/check.h"
#include "runtime/loop/loop.h"

namespace gyre {
namespace {

// So much is sent before the loop turns.
constexpr size_t kStepSize = 512 * 1024;
// What a full socket gets by way of libuv's queue, whose callback says that there is room again.
constexpr size_t kPieceSize = 64 * 1024;

// As pread(), but EAGAIN where it would have to wait for the disk.
ssize_t ReadFromMemory(int file, char* to, size_t size, int64_t position) {
  iovec part{to, size};
  return preadv2(file, &part, 1, position, RWF_NOWAIT);
}

}  // namespace

FileSender::FileSender(StreamHandle& stream, v8::Local<v8::Function> callback, int file,
                       int64_t position, uint64_t size, bool chunked)
    : Request(stream.env(), callback, "FSREQCALLBACK"),
      stream_(&stream),
      file_(file),
      position_(position),
      left_(size),
      chunked_(chunked) {
  write_.data = this;
  work_.data = this;
}

int FileSender::Prepare() {
  struct stat info;
  // What says that it is empty may be a file of /proc.
  if (fstat(file_, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size == 0) return UV_ENOTSUP;
  if (position_ >= info.st_size) return UV_EOF;
  left_ = std::min<uint64_t>(left_, info.st_size - position_);
  return 0;
}

void FileSender::Advance(size_t size) {
  position_ += static_cast<int64_t>(size);
  sent_ += size;
  left_ -= size;
  if (counter_ != nullptr) *counter_ += size;
}

FileSender::Progress FileSender::Step() {
  const size_t size = std::min<uint64_t>(left_, chunked_ ? kPieceSize : kStepSize);
  if (!fetched_ && !InMemory(size)) return Fetch(size);
  fetched_ = false;
  if (chunked_ || stream_->stream()->write_queue_size > 0) return QueuePiece();
  off_t offset = position_;
  const ssize_t count = sendfile(stream_->Fd(), file_, &offset, size);
  if (count < 0 && errno != EAGAIN && errno != EINTR) {
    status_ = errno == EPIPE || errno == ECONNRESET ? -errno : UV_EIO;
    return Progress::kDone;
  }
  if (count == 0) return Progress::kDone;  // the file has shrunk
  if (count > 0) {
    stream_->CountWritten(count);
    Advance(count);
  }
  return left_ == 0 ? Progress::kDone : QueuePiece();
}

// Files are read from front to end: when the first and the last byte are there, the rest is.
bool FileSender::InMemory(size_t size) {
  char byte;
  return ReadFromMemory(file_, &byte, 1, position_) >= 0 &&
         ReadFromMemory(file_, &byte, 1, position_ + static_cast<int64_t>(size) - 1) >= 0;
}

FileSender::Progress FileSender::Fetch(size_t size) {
  piece_size_ = size;
  CHECK_EQ(uv_queue_work(
               Loop::From(env()).uv(), &work_,
               [](uv_work_t* work) {
                 auto* self = static_cast<FileSender*>(work->data);
                 char buffer[16 * 1024];
                 for (size_t done = 0; done < self->piece_size_;) {
                   const ssize_t count =
                       pread(self->file_, buffer, sizeof(buffer), self->position_ + done);
                   if (count <= 0) break;
                   done += count;
                 }
               },
               [](uv_work_t* work, int) {
                 auto* self = static_cast<FileSender*>(work->data);
                 self->piece_size_ = 0;
                 self->fetched_ = true;
                 self->Continue();
               }),
           0);
  return Progress::kPending;
}

FileSender::Progress FileSender::QueuePiece() {
  char head[24];
  size_t head_size = 0;
  const size_t tail_size = chunked_ ? 2 : 0;
  // Room for the size of the chunk, which is known when the bytes are.
  constexpr size_t kRoom = 16;
  piece_.resize(kRoom + std::min<uint64_t>(left_, kPieceSize) + tail_size);
  const ssize_t count =
      pread(file_, piece_.data() + kRoom, piece_.size() - kRoom - tail_size, position_);
  if (count < 0) status_ = UV_EIO;
  if (count <= 0) return Progress::kDone;
  size_t start = kRoom;
  if (chunked_) {
    char* end = std::to_chars(head, head + sizeof(head), count, 16).ptr;
    *end++ = '\r';
    *end++ = '\n';
    head_size = end - head;
    start -= head_size;
    std::copy(head, end, piece_.begin() + start);
    piece_[kRoom + count] = '\r';
    piece_[kRoom + count + 1] = '\n';
  }
  piece_size_ = count;
  uv_buf_t buffer = uv_buf_init(piece_.data() + start, head_size + count + tail_size);
  const int error =
      uv_write(&write_, stream_->stream(), &buffer, 1, [](uv_write_t* write, int status) {
        auto* self = static_cast<FileSender*>(write->data);
        if (status < 0) {
          self->status_ = status;
        } else {
          self->Advance(self->piece_size_);
        }
        self->Continue();
      });
  if (error != 0) {
    status_ = error;
    return Progress::kDone;
  }
  stream_->CountWritten(buffer.len);
  return Progress::kPending;
}

void FileSender::Continue() {
  if (stream_ != nullptr && status_ == 0 && left_ > 0 && !uv_is_closing(stream_->uv()) &&
      Step() == Progress::kPending) {
    return;
  }
  if (stream_ != nullptr && observer_ != nullptr) *observer_ = nullptr;
  Settle([this](Environment& env) {
    return Arguments{v8::Number::New(env.isolate(), static_cast<double>(sent_)),
                     v8::Integer::New(env.isolate(), status_)};
  });
}

}  // namespace gyre
