// The grammar of .env files as Node 24 reads them.

#ifndef GYRE_UTIL_DOTENV_H_
#define GYRE_UTIL_DOTENV_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre {

// Assignments in the order they are written; a later one of the same name wins.
std::vector<std::pair<std::string, std::string>> ParseDotenv(std::string_view content);

}  // namespace gyre

#endif  // GYRE_UTIL_DOTENV_H_
