#include "runtime/process/versions.h"

#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"
#include "ada.h"
#include "brotli/decode.h"
#include "llhttp.h"
#include "nghttp2/nghttp2ver.h"
#include "openssl/opensslv.h"
#include "runtime/base/version.h"
#include "simdutf.h"
#include "unicode/ucal.h"
#include "unicode/uchar.h"
#include "unicode/ulocdata.h"
#include "unicode/uvernum.h"
#include "uv.h"
#include "v8.h"
#include "zlib.h"
#include "zstd.h"

namespace gyre {
namespace {

#define GYRE_TEXT_OF(x) #x
#define GYRE_TEXT(x) GYRE_TEXT_OF(x)

// For as long as the process lives.
const char* Keep(const std::string& text) { return strdup(text.c_str()); }

const char* BrotliVersion() {
  const uint32_t version = BrotliDecoderVersion();
  return Keep(absl::StrCat(version >> 24, ".", (version >> 12) & 0xfff, ".", version & 0xfff));
}

const char* CldrVersion() {
  UVersionInfo version;
  UErrorCode status = U_ZERO_ERROR;
  ulocdata_getCLDRVersion(version, &status);
  return U_FAILURE(status) ? "" : Keep(absl::StrCat(version[0], ".", version[1]));
}

const char* TimeZoneVersion() {
  UErrorCode status = U_ZERO_ERROR;
  const char* version = ucal_getTZDataVersion(&status);
  return U_FAILURE(status) ? "" : version;
}

}  // namespace

std::span<const ComponentVersion> ComponentVersions() {
  static const ComponentVersion versions[] = {
      {"ada", ADA_VERSION},
      {"amaro", GYRE_AMARO_VERSION},
      {"brotli", BrotliVersion()},
      {"cldr", CldrVersion()},
      {"gyre", kGyreVersion},
      {"icu", U_ICU_VERSION},
      {"llhttp", GYRE_TEXT(LLHTTP_VERSION_MAJOR) "." GYRE_TEXT(LLHTTP_VERSION_MINOR) "." GYRE_TEXT(
                     LLHTTP_VERSION_PATCH)},
      {"modules", kNodeModulesAbi},
      {"nghttp2", NGHTTP2_VERSION},
      {"node", kNodeVersion},
      {"openssl", OPENSSL_VERSION_STR},
      {"simdutf", SIMDUTF_VERSION},
      {"sqlite", GYRE_SQLITE_VERSION},
      {"tz", TimeZoneVersion()},
      {"undici", GYRE_UNDICI_VERSION},
      {"unicode", U_UNICODE_VERSION},
      {"uv", uv_version_string()},
      {"uvwasi", GYRE_UVWASI_VERSION},
      {"v8", v8::V8::GetVersion()},
      {"zlib", ZLIB_VERSION},
      {"zstd", ZSTD_VERSION_STRING},
  };
  return versions;
}

NodeRelease GetNodeRelease() {
  static const char* const source = Keep(absl::StrCat(
      "https://nodejs.org/download/release/v", kNodeVersion, "/node-v", kNodeVersion, ".tar.gz"));
  static const char* const headers =
      Keep(absl::StrCat("https://nodejs.org/download/release/v", kNodeVersion, "/node-v",
                        kNodeVersion, "-headers.tar.gz"));
  return {"node", "Krypton", source, headers};
}

}  // namespace gyre
