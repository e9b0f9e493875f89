#ifndef GYRE_TLS_MEMORY_BIO_H_
#define GYRE_TLS_MEMORY_BIO_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "openssl/bio.h"

namespace gyre {

// Encrypted bytes on their way into OpenSSL. What was just read from the socket is read in place;
// only what OpenSSL leaves of it is kept.
class TlsInput {
 public:
  // `chunk` stays valid until Keep(). What is left of another one, when this one came while that
  // was being dealt with, comes first.
  void Feed(std::string_view chunk) {
    Keep();
    chunk_ = chunk;
  }
  void Keep();
  size_t Read(char* out, size_t size);
  bool empty() const { return offset_ == kept_.size() && chunk_.empty(); }

 private:
  std::string kept_;
  size_t offset_ = 0;
  std::string_view chunk_;
};

// BIOs over an input and an output that outlive them. An empty input means "later", never the end.
BIO* NewInputBio(TlsInput* input);
BIO* NewOutputBio(std::string* output);

}  // namespace gyre

#endif  // GYRE_TLS_MEMORY_BIO_H_
