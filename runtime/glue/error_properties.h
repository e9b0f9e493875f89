#ifndef GYRE_GLUE_ERROR_PROPERTIES_H_
#define GYRE_GLUE_ERROR_PROPERTIES_H_

#include <initializer_list>
#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace gyre {

// Own string properties of the JavaScript error that a NodeError() becomes, behind `code`. None of
// the strings may have a NUL in it; what follows one is left out.
void SetErrorProperties(
    std::initializer_list<std::pair<std::string_view, std::string_view>> properties,
    absl::Status* status);

}  // namespace gyre

#endif  // GYRE_GLUE_ERROR_PROPERTIES_H_
