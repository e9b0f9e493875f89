#include "runtime/buffer/binding.h"

#include <cstring>
#include <span>
#include <string>
#include <utility>

#include "runtime/buffer/codec.h"
#include "runtime/buffer/text.h"
#include "runtime/buffer/view_contents.h"
#include "runtime/glue/array_buffer.h"
#include "simdutf.h"

namespace gyre {
namespace {

// --- Bytes to strings. The result is undefined when the string would be too long: JavaScript
// throws then. ----------

v8::Local<v8::Value> Utf8Slice(Environment& env, v8::Local<v8::Value> view, double start,
                               double end) {
  ViewContents contents(view);
  return OrUndefined(env, DecodeUtf8(env, contents.Slice(start, end)));
}

v8::Local<v8::Value> Latin1Slice(Environment& env, v8::Local<v8::Value> view, double start,
                                 double end) {
  ViewContents contents(view);
  return OrUndefined(env, CopyOneByte(env, contents.Slice(start, end)));
}

v8::Local<v8::Value> AsciiSlice(Environment& env, v8::Local<v8::Value> view, double start,
                                double end) {
  ViewContents contents(view);
  const std::span<const uint8_t> bytes = contents.Slice(start, end);
  if (simdutf::validate_ascii(reinterpret_cast<const char*>(bytes.data()), bytes.size())) {
    return OrUndefined(env, CopyOneByte(env, bytes));
  }
  return OrUndefined(env, MakeOneByte(env, bytes.size(), [&](char* out) { ToAscii(bytes, out); }));
}

v8::Local<v8::Value> Ucs2Slice(Environment& env, v8::Local<v8::Value> view, double start,
                               double end) {
  ViewContents contents(view);
  const std::span<const uint8_t> bytes = contents.Slice(start, end);
  if (bytes.size() / 2 > v8::String::kMaxLength) return v8::Undefined(env.isolate());
  std::u16string text(bytes.size() / 2, u'\0');
  std::memcpy(text.data(), bytes.data(), text.size() * 2);
  return OrUndefined(env, CopyTwoByte(env, std::move(text)));
}

v8::Local<v8::Value> HexSlice(Environment& env, v8::Local<v8::Value> view, double start,
                              double end) {
  ViewContents contents(view);
  const std::span<const uint8_t> bytes = contents.Slice(start, end);
  return OrUndefined(env,
                     MakeOneByte(env, bytes.size() * 2, [&](char* out) { EncodeHex(bytes, out); }));
}

template <Base64Alphabet alphabet>
v8::Local<v8::Value> Base64Slice(Environment& env, v8::Local<v8::Value> view, double start,
                                 double end) {
  ViewContents contents(view);
  const std::span<const uint8_t> bytes = contents.Slice(start, end);
  return OrUndefined(env, MakeOneByte(env, Base64Length(bytes.size(), alphabet),
                                      [&](char* out) { EncodeBase64(bytes, alphabet, out); }));
}

// --- Strings to bytes. JavaScript has clamped offset and length to the view.
// ---------------------------------------

std::span<uint8_t> Target(const Bytes& bytes, double offset, double length) {
  const size_t begin = static_cast<size_t>(offset);
  CHECK_LE(begin, bytes.size());
  return bytes.span().subspan(begin, std::min(static_cast<size_t>(length), bytes.size() - begin));
}

uint32_t Utf8Write(Environment& env, Bytes bytes, v8::Local<v8::String> string, double offset,
                   double length) {
  const std::span<uint8_t> out = Target(bytes, offset, length);
  char* data = reinterpret_cast<char*>(out.data());
  {
    v8::String::ValueView view(env.isolate(), string);
    if (view.is_one_byte()) {
      return simdutf::convert_latin1_to_utf8_safe(reinterpret_cast<const char*>(view.data8()),
                                                  view.length(), data, out.size());
    }
    const auto* text = reinterpret_cast<const char16_t*>(view.data16());
    if (out.size() >= size_t{3} * view.length() ||
        out.size() >= simdutf::utf8_length_from_utf16(text, view.length())) {
      const simdutf::result result =
          simdutf::convert_utf16_to_utf8_with_errors(text, view.length(), data);
      if (result.error == simdutf::SUCCESS) return result.count;
    }
  }
  // Lone surrogates, or too little room.
  return string->WriteUtf8(env.isolate(), data, out.size(),
                           v8::String::WriteFlags::kReplaceInvalidUtf8);
}

uint32_t Latin1Write(Environment& env, Bytes bytes, v8::Local<v8::String> string, double offset,
                     double length) {
  const std::span<uint8_t> out = Target(bytes, offset, length);
  const uint32_t count = std::min<size_t>(string->Length(), out.size());
  string->WriteOneByte(env.isolate(), 0, count, out.data());
  return count;
}

uint32_t Ucs2Write(Environment& env, Bytes bytes, v8::Local<v8::String> string, double offset,
                   double length) {
  const std::span<uint8_t> out = Target(bytes, offset, length);
  const uint32_t count = std::min<size_t>(string->Length(), out.size() / 2);
  if (reinterpret_cast<uintptr_t>(out.data()) % 2 == 0) {
    string->Write(env.isolate(), 0, count, reinterpret_cast<uint16_t*>(out.data()));
  } else {
    std::u16string text(count, u'\0');
    string->Write(env.isolate(), 0, count, reinterpret_cast<uint16_t*>(text.data()));
    std::memcpy(out.data(), text.data(), size_t{2} * count);
  }
  return count * 2;
}

// Calls `decode` with the string's characters, one or two bytes each.
template <class Decode>
uint32_t DecodeString(Environment& env, v8::Local<v8::String> string, Decode&& decode) {
  v8::String::ValueView view(env.isolate(), string);
  if (view.is_one_byte()) return decode(std::span<const uint8_t>(view.data8(), view.length()));
  return decode(
      std::span<const char16_t>(reinterpret_cast<const char16_t*>(view.data16()), view.length()));
}

uint32_t HexWrite(Environment& env, Bytes bytes, v8::Local<v8::String> string, double offset,
                  double length) {
  const std::span<uint8_t> out = Target(bytes, offset, length);
  return DecodeString(env, string, [&](auto text) { return DecodeHex(text, out); });
}

uint32_t Base64Write(Environment& env, Bytes bytes, v8::Local<v8::String> string, double offset,
                     double length) {
  const std::span<uint8_t> out = Target(bytes, offset, length);
  return DecodeString(env, string, [&](auto text) { return DecodeBase64(text, out); });
}

double ByteLengthUtf8(Environment& env, v8::Local<v8::String> string) {
  return static_cast<double>(string->Utf8Length(env.isolate()));
}

uint32_t FastByteLengthUtf8(v8::Local<v8::Value> receiver, const v8::FastOneByteString& string) {
  return simdutf::utf8_length_from_latin1(string.data, string.length);
}

// --- Memory
// ---------------------------------------------------------------------------------------------------------

v8::MaybeLocal<v8::ArrayBuffer> CreateUnsafeArrayBuffer(Environment& env, double size) {
  std::unique_ptr<v8::BackingStore> store = v8::ArrayBuffer::NewBackingStore(
      env.isolate(), static_cast<size_t>(size), v8::BackingStoreInitializationMode::kUninitialized,
      v8::BackingStoreOnFailureMode::kReturnNull);
  if (store == nullptr) {
    env.isolate()->ThrowException(v8::Exception::RangeError(
        v8::String::NewFromUtf8Literal(env.isolate(), "Array buffer allocation failed")));
    return {};
  }
  return v8::ArrayBuffer::New(env.isolate(), std::move(store));
}

// structuredClone and postMessage refuse to transfer it (runtime/messaging asks for the same
// private name), and so does ArrayBuffer.prototype.transfer for want of the key.
void MarkUntransferable(Environment& env, v8::Local<v8::ArrayBuffer> buffer) {
  v8::Local<v8::String> name = v8::String::NewFromUtf8Literal(env.isolate(), "gyre:untransferable");
  buffer
      ->SetPrivate(env.context(), v8::Private::ForApi(env.isolate(), name), v8::True(env.isolate()))
      .Check();
  buffer->SetDetachKey(name);
}

int32_t CompareViews(v8::Local<v8::Value> a, v8::Local<v8::Value> b) {
  return Compare(ViewContents(a).bytes(), ViewContents(b).bytes());
}

int32_t FastCompareViews(v8::Local<v8::Value> receiver, v8::Local<v8::Value> a,
                         v8::Local<v8::Value> b) {
  return CompareViews(a, b);
}

int32_t CompareRange(v8::Local<v8::Value> a, double a_start, double a_length,
                     v8::Local<v8::Value> b, double b_start, double b_length) {
  ViewContents a_contents(a);
  ViewContents b_contents(b);
  return Compare(a_contents.Slice(a_start, a_start + a_length),
                 b_contents.Slice(b_start, b_start + b_length));
}

void Copy(v8::Local<v8::Value> source, Bytes target, double target_start, double source_start,
          double count) {
  ViewContents from(source);
  const std::span<const uint8_t> bytes = from.Slice(source_start, source_start + count);
  const std::span<uint8_t> out = Target(target, target_start, count);
  std::memmove(out.data(), bytes.data(), std::min(bytes.size(), out.size()));
}

void Fill(Bytes target, v8::Local<v8::Value> pattern, double start, double end) {
  ViewContents contents(pattern);
  FillPattern(Target(target, start, end - start), contents.bytes());
}

double IndexOfNumber(v8::Local<v8::Value> view, uint32_t byte, double offset, bool forward) {
  ViewContents contents(view);
  const uint8_t needle = static_cast<uint8_t>(byte);
  return static_cast<double>(
      Find(contents.bytes(), {&needle, 1}, static_cast<int64_t>(offset), 1, forward));
}

double FastIndexOfNumber(v8::Local<v8::Value> receiver, v8::Local<v8::Value> view, uint32_t byte,
                         double offset, bool forward) {
  return IndexOfNumber(view, byte, offset, forward);
}

double IndexOfBytes(v8::Local<v8::Value> view, v8::Local<v8::Value> needle, double offset,
                    bool utf16, bool forward) {
  ViewContents contents(view);
  ViewContents needle_contents(needle);
  return static_cast<double>(Find(contents.bytes(), needle_contents.bytes(),
                                  static_cast<int64_t>(offset), utf16 ? 2 : 1, forward));
}

template <size_t width>
void Swap(Bytes bytes) {
  SwapElements(bytes.span(), width);
}

// --- Text functions of the module
// -------------------------------------------------------------------------------------

bool IsUtf8(Bytes bytes) {
  return simdutf::validate_utf8(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}
bool IsAscii(Bytes bytes) {
  return simdutf::validate_ascii(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

// -1 when a character does not fit one byte.
v8::Local<v8::Value> Btoa(Environment& env, v8::Local<v8::String> string) {
  std::string latin1(string->Length(), '\0');
  if (!string->ContainsOnlyOneByte()) return v8::Integer::New(env.isolate(), -1);
  string->WriteOneByte(env.isolate(), 0, string->Length(),
                       reinterpret_cast<uint8_t*>(latin1.data()));
  const std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(latin1.data()),
                                       latin1.size());
  return OrUndefined(
      env, MakeOneByte(env, Base64Length(bytes.size(), Base64Alphabet::kStandard),
                       [&](char* out) { EncodeBase64(bytes, Base64Alphabet::kStandard, out); }));
}

// The decoded string, -1 for a character out of place, -2 for a length that no encoder produces.
v8::Local<v8::Value> Atob(Environment& env, v8::Local<v8::String> string) {
  std::string decoded;
  simdutf::result result;
  {
    v8::String::ValueView view(env.isolate(), string);
    auto decode = [&](const auto* text) {
      decoded.resize(simdutf::maximal_binary_length_from_base64(text, view.length()));
      result =
          simdutf::base64_to_binary(text, view.length(), decoded.data(), simdutf::base64_default);
    };
    if (view.is_one_byte()) {
      decode(reinterpret_cast<const char*>(view.data8()));
    } else {
      decode(reinterpret_cast<const char16_t*>(view.data16()));
    }
  }
  if (result.error == simdutf::SUCCESS) {
    return OrUndefined(
        env, CopyOneByte(env, {reinterpret_cast<const uint8_t*>(decoded.data()), result.count}));
  }
  return v8::Integer::New(env.isolate(),
                          result.error == simdutf::INVALID_BASE64_CHARACTER ? -1 : -2);
}

std::u16string ToUtf16(Environment& env, std::span<const uint8_t> bytes, TextEncoding from) {
  if (from == TextEncoding::kUtf16) {
    std::u16string text(bytes.size() / 2, u'\0');
    std::memcpy(text.data(), bytes.data(), text.size() * 2);
    return text;
  }
  if (from != TextEncoding::kUtf8) return DecodeOneByte(bytes, from);
  v8::Local<v8::String> string;
  if (!DecodeUtf8(env, bytes).ToLocal(&string)) return {};
  std::u16string text(string->Length(), u'\0');
  string->Write(env.isolate(), 0, string->Length(), reinterpret_cast<uint16_t*>(text.data()));
  return text;
}

// Between UTF-8 and UTF-16 bad input is an error (undefined); everything else substitutes, as ICU's
// converters do.
v8::Local<v8::Value> Transcode(Environment& env, Bytes source, int32_t from_id, int32_t to_id) {
  const TextEncoding from = static_cast<TextEncoding>(from_id);
  const TextEncoding to = static_cast<TextEncoding>(to_id);
  const std::string bytes(source.view());
  const std::span<const uint8_t> span(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  if (from == TextEncoding::kUtf8 && to == TextEncoding::kUtf16 &&
      !simdutf::validate_utf8(bytes.data(), bytes.size())) {
    return v8::Undefined(env.isolate());
  }
  const std::u16string text = ToUtf16(env, span, from);
  if (to == TextEncoding::kUtf16)
    return CopyToArrayBuffer(env.isolate(), text.data(), text.size() * 2);
  if (from == TextEncoding::kUtf16 && to == TextEncoding::kUtf8 &&
      !simdutf::validate_utf16(text.data(), text.size())) {
    return v8::Undefined(env.isolate());
  }
  const std::string encoded = EncodeUtf16(text, to);
  return CopyToArrayBuffer(env.isolate(), encoded.data(), encoded.size());
}

}  // namespace

void InitBuffer(BindingBuilder& b) {
  b.Constant("kMaxLength", static_cast<double>(v8::TypedArray::kMaxByteLength));
  b.Constant("kStringMaxLength", static_cast<int32_t>(v8::String::kMaxLength));

  b.Function<Utf8Slice>("utf8Slice");
  b.Function<Latin1Slice>("latin1Slice");
  b.Function<AsciiSlice>("asciiSlice");
  b.Function<Ucs2Slice>("ucs2Slice");
  b.Function<HexSlice>("hexSlice");
  b.Function<Base64Slice<Base64Alphabet::kStandard>>("base64Slice");
  b.Function<Base64Slice<Base64Alphabet::kUrl>>("base64urlSlice");

  b.Function<Utf8Write>("utf8Write");
  b.Function<Latin1Write>("latin1Write");
  b.Function<Ucs2Write>("ucs2Write");
  b.Function<HexWrite>("hexWrite");
  b.Function<Base64Write>("base64Write");
  b.FastFunction<ByteLengthUtf8, FastByteLengthUtf8>("byteLengthUtf8");

  b.Function<CreateUnsafeArrayBuffer>("createUnsafeArrayBuffer");
  b.Function<MarkUntransferable>("markUntransferable");
  b.FastFunction<CompareViews, FastCompareViews>("compare");
  b.Function<CompareRange>("compareRange");
  b.Function<Copy>("copy");
  b.Function<Fill>("fillPattern");
  b.FastFunction<IndexOfNumber, FastIndexOfNumber>("indexOfNumber");
  b.Function<IndexOfBytes>("indexOfBytes");
  b.Function<Swap<2>>("swap16");
  b.Function<Swap<4>>("swap32");
  b.Function<Swap<8>>("swap64");

  b.Function<IsUtf8>("isUtf8");
  b.Function<IsAscii>("isAscii");
  b.Function<Btoa>("btoa");
  b.Function<Atob>("atob");
  b.Function<Transcode>("transcode");
}

}  // namespace gyre
