#ifndef GYRE_TLS_ROOT_CERTIFICATES_H_
#define GYRE_TLS_ROOT_CERTIFICATES_H_

#include <string>
#include <vector>

#include "openssl/x509.h"

namespace gyre {

// The certificates that Mozilla trusts to identify servers, built into the executable
// (third_party/ca_certificates).

// In PEM, without a newline at the end.
std::vector<std::string> RootCertificates();

// The process's store of them, made on first use and only read after that; not to be freed.
X509_STORE* RootStore();

// A store of one's own with the same certificates.
X509_STORE* NewRootStore();

}  // namespace gyre

#endif  // GYRE_TLS_ROOT_CERTIFICATES_H_
