#ifndef GYRE_MODULES_CACHE_FILES_H_
#define GYRE_MODULES_CACHE_FILES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "v8.h"

namespace gyre {

// What both compile caches do with files and hashes.

// Of a string's characters.
uint64_t HashOf(v8::Isolate* isolate, v8::Local<v8::String> string, uint64_t seed);

// What must agree between the process that writes code caches and the one that reads them.
uint64_t CodeVersionTag();

// mkdir -p, readable by the user only. The errno.
int MakeFolders(const std::string& folder);

// Puts a file in place at once, by way of a temporary one beside it; no half of it is ever seen.
// The errno.
int ReplaceFile(const std::string& path, std::string_view contents);

}  // namespace gyre

#endif  // GYRE_MODULES_CACHE_FILES_H_
