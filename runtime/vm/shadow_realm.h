#ifndef GYRE_VM_SHADOW_REALM_H_
#define GYRE_VM_SHADOW_REALM_H_

#include "runtime/engine/environment.h"

namespace gyre {

// --experimental-shadow-realm: lets new ShadowRealm() ask the realm's `makeShadowRealm` for a
// global object, which must be of a context that makeContext() has made.
void InstallShadowRealms(Environment& env);

}  // namespace gyre

#endif  // GYRE_VM_SHADOW_REALM_H_
