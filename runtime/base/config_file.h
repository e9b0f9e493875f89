// node.config.json: options in a file, https://nodejs.org/api/cli.html#--experimental-config-file.

#ifndef GYRE_BASE_CONFIG_FILE_H_
#define GYRE_BASE_CONFIG_FILE_H_

#include <string>
#include <string_view>
#include <vector>

namespace gyre {

struct ConfigFile {
  std::vector<std::string> node_options;  // words that come before those of NODE_OPTIONS
  std::vector<std::string> arguments;     // words that come before those of the command line
  std::string error;                      // what is wrong; then there is nothing else
};

// `name` is the file's, for errors.
ConfigFile ParseConfigFile(std::string_view name, std::string_view text);

}  // namespace gyre

#endif  // GYRE_BASE_CONFIG_FILE_H_
