#ifndef GYRE_SQLITE_BINDING_H_
#define GYRE_SQLITE_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('sqlite'): SQLite's connections, statements, sessions and backups, and its
// constants. What is public of it is made by JavaScript (internal/*.js), which validates arguments.
void InitSqlite(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_SQLITE_BINDING_H_
