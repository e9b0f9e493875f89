#ifndef GYRE_CRYPTO_GENERAL_NAME_H_
#define GYRE_CRYPTO_GENERAL_NAME_H_

#include <optional>
#include <string>

#include "openssl/x509.h"

namespace gyre {

// The texts of a certificate's extensions that list names. Values with characters that could be
// taken for a separator are quoted as in JSON, so that no name can pass for another.

// "DNS:example.com, IP Address:127.0.0.1"; nothing when there is no such extension.
std::optional<std::string> SubjectAltNameText(const X509* certificate);

// "OCSP - URI:http://..." and so on, one a line.
std::optional<std::string> InfoAccessText(const X509* certificate);

}  // namespace gyre

#endif  // GYRE_CRYPTO_GENERAL_NAME_H_
