// Does the V8 that was built work? One program, no Gyre in it: JavaScript, Intl with the ICU data
// in the executable, WebAssembly, a regular expression, and a snapshot made and read back.

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>

#include "libplatform/libplatform.h"
#include "unicode/ucnv.h"
#include "v8.h"

namespace {

class V8Test : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    platform_ = v8::platform::NewDefaultPlatform(/*thread_pool_size=*/1).release();
    v8::V8::InitializePlatform(platform_);
    ASSERT_TRUE(v8::V8::Initialize());
  }

  static void TearDownTestSuite() {
    v8::V8::Dispose();
    v8::V8::DisposePlatform();
    delete platform_;
  }

  v8::Isolate::CreateParams Params() {
    v8::Isolate::CreateParams params;
    params.array_buffer_allocator_shared = allocator_;
    return params;
  }

  // The result of `source` as a string, or the exception's text.
  static std::string Run(v8::Isolate* isolate, v8::Local<v8::Context> context, const char* source) {
    v8::TryCatch caught(isolate);
    v8::Local<v8::String> text = v8::String::NewFromUtf8(isolate, source).ToLocalChecked();
    v8::Local<v8::Script> script;
    v8::Local<v8::Value> result;
    if (!v8::Script::Compile(context, text).ToLocal(&script) ||
        !script->Run(context).ToLocal(&result)) {
      return *v8::String::Utf8Value(isolate, caught.Exception());
    }
    return *v8::String::Utf8Value(isolate, result);
  }

  // Runs `source` in an isolate of its own.
  std::string RunAlone(const char* source) {
    v8::Isolate* isolate = v8::Isolate::New(Params());
    std::string result;
    {
      v8::Isolate::Scope isolate_scope(isolate);
      v8::HandleScope handles(isolate);
      v8::Local<v8::Context> context = v8::Context::New(isolate);
      v8::Context::Scope context_scope(context);
      result = Run(isolate, context, source);
    }
    isolate->Dispose();
    return result;
  }

  std::shared_ptr<v8::ArrayBuffer::Allocator> allocator_{
      v8::ArrayBuffer::Allocator::NewDefaultAllocator()};
  static v8::Platform* platform_;
};

v8::Platform* V8Test::platform_ = nullptr;

TEST_F(V8Test, RunsJavaScript) {
  EXPECT_EQ(RunAlone("[1, 2, 3].map(x => x ** 2).join()"), "1,4,9");
  EXPECT_EQ(RunAlone("let s = 0n; for (let i = 0; i < 1e5; i++) s += BigInt(i); s"), "4999950000");
  EXPECT_EQ(RunAlone("Math.sin(1)"), "0.8414709848078965");
  EXPECT_EQ(RunAlone("throw new Error('x')"), "Error: x");
}

TEST_F(V8Test, HasIntl) {
  EXPECT_EQ(RunAlone("new Intl.NumberFormat('de').format(1234567.891)"), "1.234.567,891");
  EXPECT_EQ(
      RunAlone("new Intl.DateTimeFormat('ja', {dateStyle: 'long', timeZone: 'UTC'}).format(0)"),
      "1970年1月1日");
  EXPECT_EQ(RunAlone("new Intl.ListFormat('en').format(['a', 'b', 'c'])"), "a, b, and c");
  EXPECT_EQ(RunAlone("new Intl.PluralRules('pl').select(3)"), "few");
  EXPECT_EQ(
      RunAlone(
          "[...new Intl.Segmenter('th', {granularity: 'word'}).segment('สวัสดีชาวโลก')].length > 1"),
      "true");
  EXPECT_EQ(RunAlone("['z', 'ä', 'a'].sort(new Intl.Collator('sv').compare).join()"), "a,z,ä");
}

TEST_F(V8Test, HasRegularExpressions) {
  EXPECT_EQ(RunAlone("'2026-11-22'.replace(/(?<y>\\d+)-(?<m>\\d+)-(?<d>\\d+)/u, '$<d>.$<m>.$<y>')"),
            "22.11.2026");
  EXPECT_EQ(RunAlone("/^\\p{Lu}\\p{Ll}+$/u.test('Ångström')"), "true");
  EXPECT_EQ(RunAlone("/[\\p{L}--[a-z]]/v.test('q')"), "false");
  EXPECT_EQ(RunAlone("/\\u212a/iu.test('k')"), "true");  // the special-case table of the build
}

TEST_F(V8Test, HasWebAssembly) {
  // (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  EXPECT_EQ(RunAlone("new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(["
                     "0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 127, 127, 1, 127, 3, 2, 1, 0, "
                     "7, 7, 1, 3, 97, 100, 100, 0, 0,"
                     "10, 9, 1, 7, 0, 32, 0, 32, 1, 106, 11]))).exports.add(40, 2)"),
            "42");
}

TEST_F(V8Test, OptimizesHotCode) {
  EXPECT_EQ(
      RunAlone(
          "function f(a) { let s = 0; for (let i = 0; i < a.length; i++) s += a[i]; return s; }"
          "const a = Array.from({length: 1000}, (_, i) => i); let r = 0;"
          "for (let i = 0; i < 20000; i++) r = f(a); r"),
      "499500");
}

TEST_F(V8Test, SnapshotsRoundTrip) {
  v8::StartupData blob;
  {
    v8::SnapshotCreator creator(Params());
    v8::Isolate* isolate = creator.GetIsolate();
    {
      v8::HandleScope handles(isolate);
      v8::Local<v8::Context> context = v8::Context::New(isolate);
      v8::Context::Scope scope(context);
      Run(isolate, context,
          "var greeting = 'hello'; function greet(x) { return `${greeting}, ${x}`; }");
      creator.SetDefaultContext(context);
    }
    blob = creator.CreateBlob(v8::SnapshotCreator::FunctionCodeHandling::kKeep);
  }
  ASSERT_GT(blob.raw_size, 0);
  v8::Isolate::CreateParams params = Params();
  params.snapshot_blob = &blob;
  v8::Isolate* isolate = v8::Isolate::New(params);
  {
    v8::Isolate::Scope isolate_scope(isolate);
    v8::HandleScope handles(isolate);
    v8::Local<v8::Context> context = v8::Context::New(isolate);
    v8::Context::Scope context_scope(context);
    EXPECT_EQ(Run(isolate, context, "greet('world')"), "hello, world");
  }
  isolate->Dispose();
  delete[] blob.data;
}

TEST(IcuTest, ConvertsTheEncodingsOfTheWeb) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("shift_jis", &status);
  ASSERT_TRUE(U_SUCCESS(status)) << u_errorName(status);
  char16_t out[4];
  int32_t length = ucnv_toUChars(converter, out, 4, "\x83\x65", 2, &status);  // KATAKANA LETTER TE
  EXPECT_EQ(length, 1);
  EXPECT_EQ(out[0], u'\u30c6');
  ucnv_close(converter);
}

}  // namespace
