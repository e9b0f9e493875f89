// Each third-party library links, is the release its pin names, and does its one job: a wrong
// overlay shows here first.
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/ssl.h>

#include <string>
#include <vector>

#include "ada.h"
#include "ares.h"
#include "brotli/decode.h"
#include "brotli/encode.h"
#include "gtest/gtest.h"
#include "llhttp.h"
#include "merve.h"
#include "nghttp2/nghttp2.h"
#include "simdjson.h"
#include "sqlite3.h"
#include "uv.h"
#include "uvwasi.h"
#include "zlib.h"
#include "zstd.h"

namespace {

const std::string kText(10000, 'g');

TEST(Libraries, AdaParsesUrls) {
  EXPECT_EQ(ADA_VERSION, std::string("3.4.4"));
  auto url = ada::parse<ada::url_aggregator>("HTTP://\u00fc.example:80/a/../b?c#d");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->get_href(), "http://xn--tda.example/b?c#d");
}

TEST(Libraries, MerveFindsExports) {
  EXPECT_EQ(MERVE_VERSION, std::string("1.2.2"));
  auto found = lexer::parse_commonjs("exports.a = 1; module.exports = require('b');");
  ASSERT_TRUE(found.has_value());
  ASSERT_EQ(found->re_exports.size(), 1u);
  EXPECT_EQ(lexer::get_string_view(found->re_exports[0]), "b");
  EXPECT_FALSE(lexer::parse_commonjs("export default 1").has_value());
}

TEST(Libraries, SimdjsonReads) {
  EXPECT_EQ(SIMDJSON_STRINGIFY(SIMDJSON_VERSION), std::string("3.0.1"));
  const simdjson::padded_string text(std::string_view("{\"a\": [1, 2]}"));
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  ASSERT_EQ(parser.iterate(text).get(document), simdjson::SUCCESS);
  int64_t number;
  ASSERT_EQ(document["a"].at(1).get(number), simdjson::SUCCESS);
  EXPECT_EQ(number, 2);
}

TEST(Libraries, CompressorsRoundTrip) {
  std::string packed(20000, '\0');
  std::string back(kText.size(), '\0');

  uLongf packed_size = packed.size();
  uLongf back_size = back.size();
  ASSERT_EQ(compress(reinterpret_cast<Bytef*>(packed.data()), &packed_size,
                     reinterpret_cast<const Bytef*>(kText.data()), kText.size()),
            Z_OK);
  ASSERT_EQ(uncompress(reinterpret_cast<Bytef*>(back.data()), &back_size,
                       reinterpret_cast<const Bytef*>(packed.data()), packed_size),
            Z_OK);
  EXPECT_EQ(back, kText);

  size_t size = packed.size();
  ASSERT_TRUE(BrotliEncoderCompress(5, 22, BROTLI_MODE_GENERIC, kText.size(),
                                    reinterpret_cast<const uint8_t*>(kText.data()), &size,
                                    reinterpret_cast<uint8_t*>(packed.data())));
  size_t decoded = back.size();
  ASSERT_EQ(BrotliDecoderDecompress(size, reinterpret_cast<const uint8_t*>(packed.data()), &decoded,
                                    reinterpret_cast<uint8_t*>(back.data())),
            BROTLI_DECODER_RESULT_SUCCESS);
  EXPECT_EQ(back, kText);

  size = ZSTD_compress(packed.data(), packed.size(), kText.data(), kText.size(), 3);
  ASSERT_FALSE(ZSTD_isError(size));
  EXPECT_EQ(ZSTD_decompress(back.data(), back.size(), packed.data(), size), kText.size());
  EXPECT_EQ(back, kText);
}

TEST(Libraries, LlhttpParsesRequests) {
  llhttp_settings_t settings;
  llhttp_settings_init(&settings);
  llhttp_t parser;
  llhttp_init(&parser, HTTP_REQUEST, &settings);
  const std::string request = "GET / HTTP/1.1\r\nHost: gyre\r\n\r\n";
  EXPECT_EQ(llhttp_execute(&parser, request.data(), request.size()), HPE_OK);
  EXPECT_EQ(parser.method, HTTP_GET);
}

TEST(Libraries, OpensslHashesAndHasTlsAndTheLegacyProvider) {
  EXPECT_EQ(OPENSSL_version_major(), 3u);
  EXPECT_EQ(OPENSSL_version_minor(), 5u);
  unsigned char digest[32];
  ASSERT_TRUE(EVP_Digest("abc", 3, digest, nullptr, EVP_sha256(), nullptr));
  EXPECT_EQ(digest[0], 0xba);
  EXPECT_EQ(digest[31], 0xad);
  OSSL_PROVIDER* legacy = OSSL_PROVIDER_load(nullptr, "legacy");
  EXPECT_NE(legacy, nullptr);
  SSL_CTX* tls = SSL_CTX_new(TLS_method());
  ASSERT_NE(tls, nullptr);
  SSL_CTX_free(tls);
  OSSL_PROVIDER_unload(legacy);
}

TEST(Libraries, CAresStarts) {
  EXPECT_STREQ(ares_version(nullptr), "1.34.5");
  ASSERT_EQ(ares_library_init(ARES_LIB_INIT_ALL), ARES_SUCCESS);
  EXPECT_TRUE(ares_threadsafety());
  ares_library_cleanup();
}

TEST(Libraries, Nghttp2SendsThePreface) {
  EXPECT_STREQ(nghttp2_version(0)->version_str, "1.64.0");
  nghttp2_session_callbacks* callbacks;
  ASSERT_EQ(nghttp2_session_callbacks_new(&callbacks), 0);
  nghttp2_session* session;
  ASSERT_EQ(nghttp2_session_client_new(&session, callbacks, nullptr), 0);
  nghttp2_session_callbacks_del(callbacks);
  const uint8_t* data = nullptr;
  ASSERT_EQ(nghttp2_session_mem_send2(session, &data), 24);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(data), 3), "PRI");
  nghttp2_session_del(session);
}

TEST(Libraries, SqliteAnswers) {
  EXPECT_STREQ(sqlite3_libversion(), "3.53.4");
  EXPECT_EQ(sqlite3_threadsafe(), 1);
  sqlite3* connection;
  ASSERT_EQ(sqlite3_open(":memory:", &connection), SQLITE_OK);
  sqlite3_stmt* statement;
  ASSERT_EQ(
      sqlite3_prepare_v2(connection, "select sqrt(49), percentile(1, 50)", -1, &statement, nullptr),
      SQLITE_OK);
  ASSERT_EQ(sqlite3_step(statement), SQLITE_ROW);
  EXPECT_EQ(sqlite3_column_int(statement, 0), 7);
  sqlite3_finalize(statement);
  sqlite3_close(connection);
}

TEST(Libraries, UvwasiStarts) {
  EXPECT_STREQ(UVWASI_VERSION_STRING, "0.0.23");
  uvwasi_options_t options;
  uvwasi_options_init(&options);
  uvwasi_t wasi;
  ASSERT_EQ(uvwasi_init(&wasi, &options), UVWASI_ESUCCESS);
  EXPECT_EQ(uvwasi_sched_yield(&wasi), UVWASI_ESUCCESS);
  uvwasi_destroy(&wasi);
}

TEST(Libraries, Libuv) { EXPECT_STREQ(uv_version_string(), "1.50.0"); }

}  // namespace
