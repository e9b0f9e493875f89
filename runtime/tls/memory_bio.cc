#include "runtime/tls/memory_bio.h"

namespace gyre {
namespace {

int ReadInput(BIO* bio, char* out, size_t size, size_t* read) {
  BIO_clear_retry_flags(bio);
  auto* input = static_cast<TlsInput*>(BIO_get_data(bio));
  *read = input->Read(out, size);
  if (*read > 0) return 1;
  BIO_set_retry_read(bio);
  return 0;
}

int WriteOutput(BIO* bio, const char* data, size_t size, size_t* written) {
  BIO_clear_retry_flags(bio);
  static_cast<std::string*>(BIO_get_data(bio))->append(data, size);
  *written = size;
  return 1;
}

long Control(BIO*, int command, long, void*) {  // NOLINT(runtime/int): OpenSSL's type
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

// Made once for the process, never changed.
const BIO_METHOD* Method() {
  static const BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "gyre memory");
    BIO_meth_set_read_ex(made, ReadInput);
    BIO_meth_set_write_ex(made, WriteOutput);
    BIO_meth_set_ctrl(made, Control);
    return made;
  }();
  return method;
}

BIO* NewBio(void* data) {
  BIO* bio = BIO_new(Method());
  BIO_set_data(bio, data);
  BIO_set_init(bio, 1);
  return bio;
}

}  // namespace

void TlsInput::Keep() {
  if (offset_ == kept_.size()) {
    kept_.clear();
    offset_ = 0;
  }
  kept_.append(chunk_);
  chunk_ = {};
}

size_t TlsInput::Read(char* out, size_t size) {
  const size_t read = kept_.copy(out, size, offset_);
  offset_ += read;
  const size_t from_chunk = chunk_.copy(out + read, size - read);
  chunk_.remove_prefix(from_chunk);
  return read + from_chunk;
}

BIO* NewInputBio(TlsInput* input) { return NewBio(input); }

BIO* NewOutputBio(std::string* output) { return NewBio(output); }

}  // namespace gyre
