#ifndef GYRE_HTTP_BINDING_H_
#define GYRE_HTTP_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('http'): the server's connections (http_connection.h) and the parser
// (js_parser.h).
void InitHttp(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_HTTP_BINDING_H_
