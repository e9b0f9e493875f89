#include "runtime/crypto/start.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <string>

#include "openssl/conf.h"
#include "openssl/crypto.h"
#include "openssl/err.h"
#include "openssl/provider.h"
#include "runtime/base/exit_code.h"

namespace gyre {
namespace {

constexpr int kConfigurationError = 101;  // as Node leaves

bool IsPowerOfTwo(int64_t value) { return (value & (value - 1)) == 0; }

bool StartSecureHeap(const char* program, const Options& options) {
  const int64_t size = options.GetInt("--secure-heap");
  if (size < 2) return true;
  const int64_t min = options.GetInt("--secure-heap-min");
  bool good = true;
  auto check = [&](const char* option, int64_t value) {
    if (IsPowerOfTwo(value)) return;
    fprintf(stderr, "%s: %s must be a power of 2\n", program, option);
    good = false;
  };
  check("--secure-heap", size);
  if (min >= 2 && min <= std::numeric_limits<int>::max()) check("--secure-heap-min", min);
  if (!good) return false;
  // 2: there, but not kept out of the swap file.
  if (CRYPTO_secure_malloc_init(static_cast<size_t>(size), static_cast<size_t>(min)) == 0) {
    fprintf(stderr, "Unable to initialize openssl secure heap.\n");
  }
  return true;
}

// A section of its own, so that the system's settings for other programs do not apply, unless they
// shall.
bool LoadConfiguration(const char* program, const Options& options) {
  const std::string& file = options.GetString("--openssl-config");
  const bool shared = options.GetBool("--openssl-shared-config");
  if (file.empty() && !shared && getenv("OPENSSL_CONF") == nullptr) return true;
  std::unique_ptr<OPENSSL_INIT_SETTINGS, decltype(&OPENSSL_INIT_free)> settings(OPENSSL_INIT_new(),
                                                                                OPENSSL_INIT_free);
  if (!file.empty()) OPENSSL_INIT_set_config_filename(settings.get(), file.c_str());
  if (!shared) OPENSSL_INIT_set_config_appname(settings.get(), "nodejs_conf");
  OPENSSL_INIT_set_config_file_flags(settings.get(), CONF_MFLAGS_IGNORE_MISSING_FILE);
  ERR_clear_error();
  OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CONFIG, settings.get());
  if (ERR_peek_error() == 0) return true;
  fprintf(stderr, "%s: OpenSSL configuration error:\n", program);
  ERR_print_errors_fp(stderr);
  return false;
}

}  // namespace

int StartOpenssl(const char* program, const Options& options) {
  // The heap comes first: what is allocated before is outside.
  if (!StartSecureHeap(program, options)) return exit_code::kInvalidArgument;
  if (!LoadConfiguration(program, options)) return kConfigurationError;
  if (options.GetBool("--openssl-legacy-provider")) {
    // Beside what the configuration says, or the default provider.
    OSSL_PROVIDER_try_load(nullptr, "legacy", /* retain_fallbacks= */ 1);
  }
  return 0;
}

}  // namespace gyre
