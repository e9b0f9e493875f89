#include "runtime/child_process/large_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace gyre {
namespace {

// What is looked at beside large strings before the rest is left to the parser.
constexpr size_t kBudget = 64 * 1024;

// The length of the text up to the first byte that does not stand for itself in a JSON string.
size_t PlainPrefix(std::string_view text) {
  constexpr size_t kBlock = 512;
  auto special = [](char byte) {
    return static_cast<uint8_t>((static_cast<uint8_t>(byte) < 0x20) | (byte == '"') |
                                (byte == '\\'));
  };
  size_t done = 0;
  // Without a branch for each byte, so that the compiler looks at many at a time.
  while (done + kBlock <= text.size()) {
    uint8_t any = 0;
    for (char byte : text.substr(done, kBlock)) any |= special(byte);
    if (any != 0) break;
    done += kBlock;
  }
  while (done < text.size() && special(text[done]) == 0) done++;
  return done;
}

// Walks through the outermost object of JSON.
class JsonWalk {
 public:
  explicit JsonWalk(std::string_view json) : json_(json) {}

  std::vector<LargeText> Find() {
    std::vector<LargeText> found;
    SkipSpace();
    if (Peek() == '"') {
      AddIfLarge(false, {}, &found);
      SkipSpace();
      // Then it is no JSON.
      if (at_ < json_.size()) found.clear();
    } else if (Take('{')) {
      while (FindInMember(&found) && Take(',')) SkipSpace();
    }
    return found;
  }

 private:
  char Peek() const { return at_ < json_.size() ? json_[at_] : '\0'; }
  bool Take(char wanted) {
    SkipSpace();
    if (Peek() != wanted) return false;
    at_++;
    SkipSpace();
    return true;
  }
  void SkipSpace() {
    while (Peek() == ' ' || Peek() == '\t' || Peek() == '\r') at_++;
  }

  bool FindInMember(std::vector<LargeText>* found) {
    const size_t key = at_;
    if (!SkipString()) return false;
    const std::string_view literal = json_.substr(key, at_ - key);
    if (!Take(':')) return false;
    return Peek() == '"' ? AddIfLarge(true, literal, found) : SkipValue();
  }

  // At a string.
  bool AddIfLarge(bool is_member, std::string_view key, std::vector<LargeText>* found) {
    const size_t size = PlainPrefix(json_.substr(at_ + 1));
    const size_t end = at_ + 1 + size;
    if (size < kLargeText || end >= json_.size() || json_[end] != '"') return SkipString();
    found->push_back({is_member, key, at_, end + 1, json_.substr(at_ + 1, size)});
    at_ = end + 1;
    return true;
  }

  bool SkipString() {
    if (Peek() != '"') return false;
    const size_t begin = at_++;
    for (;;) {
      at_ += PlainPrefix(json_.substr(at_));
      if (at_ >= json_.size() || at_ - begin > kBudget) return false;
      if (json_[at_] == '"') break;
      at_ = std::min(at_ + 2, json_.size());
    }
    at_++;
    return Spend(at_ - begin);
  }

  // Something that is no string.
  bool SkipValue() {
    int depth = 0;
    while (at_ < json_.size()) {
      const char byte = json_[at_];
      if (byte == '"') {
        if (!SkipString()) return false;
        continue;
      }
      if (depth == 0 && (byte == ',' || byte == '}')) return true;
      if (byte == '{' || byte == '[') depth++;
      if (byte == '}' || byte == ']') depth--;
      at_++;
      if (!Spend(1)) return false;
    }
    return false;
  }

  bool Spend(size_t size) {
    if (size > budget_) return false;
    budget_ -= size;
    return true;
  }

  const std::string_view json_;
  size_t at_ = 0;
  size_t budget_ = kBudget;
};

// Walks through an object in V8's serialisation whose members are simple, as far as they are.
class SerializedWalk {
 public:
  explicit SerializedWalk(std::string_view bytes) : bytes_(bytes) {}

  std::vector<LargeText> Find() {
    std::vector<LargeText> found;
    if (Peek() == '"') {
      AddIfLarge(false, {}, &found);
    } else if (Peek() == 'o') {
      at_++;
      while (found.size() < kMostMembers && FindInMember(&found)) {
      }
    }
    return found;
  }

 private:
  static constexpr size_t kMostMembers = 1000;

  char Peek() {
    while (at_ < bytes_.size() && bytes_[at_] == '\0') at_++;  // padding
    return at_ < bytes_.size() ? bytes_[at_] : '\0';
  }
  bool Skip(size_t size) {
    if (bytes_.size() - at_ < size) return false;
    at_ += size;
    return true;
  }
  std::optional<size_t> TakeVarint() {
    uint64_t number = 0;
    for (int shift = 0; shift < 35 && at_ < bytes_.size(); shift += 7) {
      const auto byte = static_cast<uint8_t>(bytes_[at_++]);
      number |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return number;
    }
    return std::nullopt;
  }

  bool FindInMember(std::vector<LargeText>* found) {
    if (Peek() != '"') return false;
    at_++;
    const std::optional<size_t> size = TakeVarint();
    if (!size || bytes_.size() - at_ < *size) return false;
    const std::string_view key = bytes_.substr(at_, *size);
    at_ += *size;
    return Peek() == '"' ? AddIfLarge(true, key, found) : SkipValue();
  }

  // At a string of one-byte characters.
  bool AddIfLarge(bool is_member, std::string_view key, std::vector<LargeText>* found) {
    const size_t literal = at_++;
    const std::optional<size_t> size = TakeVarint();
    if (!size || !Skip(*size)) return false;
    if (*size < kLargeText) return true;
    found->push_back({is_member, key, literal, at_, bytes_.substr(at_ - *size, *size)});
    return true;
  }

  bool SkipValue() {
    constexpr size_t kDouble = 8;
    const char tag = Peek();
    at_++;
    switch (tag) {
      case '_':
      case '0':
      case 'T':
      case 'F':
        return true;
      case 'I':
      case 'U':
        return TakeVarint().has_value();
      case 'N':
      case 'D':
        return Skip(kDouble);
      case 'c': {
        const std::optional<size_t> size = TakeVarint();
        return size && Skip(*size);
      }
      default:
        return false;
    }
  }

  const std::string_view bytes_;
  size_t at_ = 0;
};

}  // namespace

std::vector<LargeText> FindLargeInJson(std::string_view json) { return JsonWalk(json).Find(); }

std::vector<LargeText> FindLargeInSerialized(std::string_view bytes) {
  return SerializedWalk(bytes).Find();
}

std::string ReplaceLarge(std::string_view message, const std::vector<LargeText>& large,
                         const std::vector<std::string>& literals) {
  std::string result;
  size_t done = 0;
  for (size_t i = 0; i < large.size(); i++) {
    result.append(message.substr(done, large[i].literal - done));
    result.append(literals[i]);
    done = large[i].literal_end;
  }
  result.append(message.substr(done));
  return result;
}

void AppendVarint(size_t number, std::string* out) {
  for (; number >= 0x80; number >>= 7) out->push_back(static_cast<char>(number | 0x80));
  out->push_back(static_cast<char>(number));
}

}  // namespace gyre
