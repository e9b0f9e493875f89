#include "runtime/child_process/ipc_large_message.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "absl/log/check.h"
#include "absl/strings/str_cat.h"
#include "runtime/child_process/ipc_serializer.h"
#include "runtime/child_process/large_text.h"
#include "runtime/glue/convert.h"

namespace gyre {
namespace {

// Memory of malloc's with the strings that are made over it.
using SharedMemory = std::shared_ptr<char>;

class TextOverMemory final : public v8::String::ExternalOneByteStringResource {
 public:
  TextOverMemory(SharedMemory memory, std::string_view text)
      : memory_(std::move(memory)), text_(text) {}
  const char* data() const override { return text_.data(); }
  size_t length() const override { return text_.size(); }

 private:
  const SharedMemory memory_;
  const std::string_view text_;
};

v8::MaybeLocal<v8::String> MakeString(Environment& env, const SharedMemory& memory,
                                      std::string_view text) {
  auto* resource = new TextOverMemory(memory, text);
  v8::MaybeLocal<v8::String> string = v8::String::NewExternalOneByte(env.isolate(), resource);
  if (string.IsEmpty()) {
    delete resource;
    ThrowMessageTooLong(env.isolate());
  }
  return string;
}

// What stands for the n-th large string while the rest of its message is read.
std::string Placeholder(size_t n) { return absl::StrCat("large text ", n); }

bool FitStrings(const std::vector<LargeText>& large) {
  for (const LargeText& text : large) {
    if (text.text.size() > v8::String::kMaxLength) return false;
  }
  return true;
}

// Puts a large string where its placeholder is: not where another member of the same name came
// after it.
bool FillIn(Environment& env, v8::Local<v8::Object> object, v8::Local<v8::String> key,
            std::string_view placeholder, v8::Local<v8::String> text) {
  v8::Local<v8::Value> there;
  if (!object->Get(env.context(), key).ToLocal(&there)) return false;
  if (!there->StrictEquals(ToV8(env, placeholder))) return true;
  return object->CreateDataProperty(env.context(), key, text).FromMaybe(false);
}

v8::MaybeLocal<v8::Value> ParseJson(Environment& env, v8::MaybeLocal<v8::String> json) {
  v8::Local<v8::String> text;
  if (!json.ToLocal(&text)) return {};
  return v8::JSON::Parse(env.context(), text);
}

v8::MaybeLocal<v8::String> OneByte(Environment& env, std::string_view bytes) {
  if (bytes.size() > v8::String::kMaxLength) {
    ThrowMessageTooLong(env.isolate());
    return {};
  }
  return v8::String::NewFromOneByte(env.isolate(), reinterpret_cast<const uint8_t*>(bytes.data()),
                                    v8::NewStringType::kNormal, static_cast<int>(bytes.size()));
}

IpcPiece BytesPiece(std::string_view bytes) {
  IpcPiece piece;
  piece.data = static_cast<char*>(std::malloc(bytes.size()));
  CHECK(piece.data != nullptr) << "out of memory";
  std::memcpy(piece.data, bytes.data(), bytes.size());
  piece.size = bytes.size();
  return piece;
}

// A text that is in no message by chance.
std::string RandomMark() {
  std::random_device random;
  std::string mark;
  for (int i = 0; i < 4; i++) absl::StrAppend(&mark, absl::Hex(random(), absl::kZeroPad8));
  return mark;
}

}  // namespace

void ThrowMessageTooLong(v8::Isolate* isolate) {
  isolate->ThrowException(v8::Exception::RangeError(
      v8::String::NewFromUtf8Literal(isolate, "The message is longer than a string can be")));
}

v8::MaybeLocal<v8::Value> ReadLargeJson(Environment& env, char* data, size_t size) {
  const SharedMemory memory(data, std::free);
  const std::string_view json(data, size);
  const std::vector<LargeText> large = FindLargeInJson(json);
  if (large.empty() || !FitStrings(large)) return ParseJson(env, MakeString(env, memory, json));
  if (!large[0].is_member) return MakeString(env, memory, large[0].text);
  std::vector<std::string> literals;
  for (size_t i = 0; i < large.size(); i++) {
    literals.push_back(absl::StrCat("\"", Placeholder(i), "\""));
  }
  v8::Local<v8::Value> value;
  if (!ParseJson(env, OneByte(env, ReplaceLarge(json, large, literals))).ToLocal(&value)) return {};
  for (size_t i = 0; i < large.size(); i++) {
    v8::Local<v8::Value> key;
    v8::Local<v8::String> text;
    if (!ParseJson(env, OneByte(env, large[i].key)).ToLocal(&key) ||
        !MakeString(env, memory, large[i].text).ToLocal(&text) ||
        !FillIn(env, value.As<v8::Object>(), key.As<v8::String>(), Placeholder(i), text)) {
      return {};
    }
  }
  return value;
}

v8::MaybeLocal<v8::Value> ReadLargeSerialized(Environment& env, char* data, size_t begin,
                                              size_t size) {
  constexpr size_t kHeader = 2;
  const SharedMemory memory(data, std::free);
  const std::string_view bytes(data + begin, size);
  const std::string_view body = bytes.substr(std::min(kHeader, size));
  const std::vector<LargeText> large = FindLargeInSerialized(body);
  if (large.empty() || !FitStrings(large)) return DeserializeIpc(env, bytes);
  if (!large[0].is_member) return MakeString(env, memory, large[0].text);
  std::vector<std::string> literals;
  for (size_t i = 0; i < large.size(); i++) {
    const std::string placeholder = Placeholder(i);
    std::string literal = "\"";
    AppendVarint(placeholder.size(), &literal);
    literals.push_back(literal + placeholder);
  }
  const std::string rest =
      absl::StrCat(bytes.substr(0, kHeader), ReplaceLarge(body, large, literals));
  v8::Local<v8::Value> value;
  if (!DeserializeIpc(env, rest).ToLocal(&value)) return {};
  for (size_t i = 0; i < large.size(); i++) {
    v8::Local<v8::String> key;
    v8::Local<v8::String> text;
    if (!OneByte(env, large[i].key).ToLocal(&key) ||
        !MakeString(env, memory, large[i].text).ToLocal(&text) ||
        !FillIn(env, value.As<v8::Object>(), key, Placeholder(i), text)) {
      return {};
    }
  }
  return value;
}

std::vector<IpcPiece> SerializeLarge(Environment& env, v8::Local<v8::Object> object,
                                     v8::Local<v8::Array> keys) {
  v8::Local<v8::Context> context = env.context();
  const std::string mark = RandomMark();
  std::vector<v8::Local<v8::String>> texts;
  for (uint32_t i = 0; i < keys->Length(); i++) {
    v8::Local<v8::Value> key = keys->Get(context, i).ToLocalChecked();
    v8::Local<v8::String> text = object->Get(context, key).ToLocalChecked().As<v8::String>();
    if (!text->IsOneByte()) continue;
    object->Set(context, key, ToV8(env, absl::StrCat(mark, texts.size()))).Check();
    texts.push_back(text);
  }
  const SerializedIpc serialized = SerializeIpc(env, object, 0);
  if (serialized.data == nullptr) return {};
  const std::string_view bytes(serialized.data, serialized.size);

  std::vector<IpcPiece> pieces;
  std::string head(kFrameLengthBytes, '\0');
  size_t done = 0;
  size_t length = 0;
  for (size_t i = 0; i < texts.size(); i++) {
    const std::string marked = absl::StrCat(mark, i);
    std::string literal = "\"";
    AppendVarint(marked.size(), &literal);
    const size_t place = bytes.find(literal + marked, done);
    CHECK(place != std::string_view::npos);
    absl::StrAppend(&head, bytes.substr(done, place - done), "\"");
    AppendVarint(texts[i]->Length(), &head);
    done = place + literal.size() + marked.size();
    length += head.size() + texts[i]->Length();
    pieces.push_back(BytesPiece(head));
    head.clear();
    pieces.emplace_back();
    pieces.back().text.Reset(env.isolate(), texts[i]);
    pieces.back().encoding = IpcPiece::kLatin1;
  }
  head.append(bytes.substr(done));
  length += head.size();
  pieces.push_back(BytesPiece(head));
  std::free(serialized.data);
  WriteFrameLength(length - kFrameLengthBytes, pieces[0].data);
  return pieces;
}

}  // namespace gyre
