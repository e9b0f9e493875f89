#ifndef GYRE_NODE_API_CALLBACKS_H_
#define GYRE_NODE_API_CALLBACKS_H_

#include "node_api.h"
#include "v8.h"

namespace gyre {

// A JavaScript function that calls `callback` of the addon with `data`.
v8::MaybeLocal<v8::Function> NewFunction(napi_env env, napi_callback callback, void* data);

// One property as napi_define_properties() describes it.
napi_status DefineProperty(napi_env env, v8::Local<v8::Object> object,
                           const napi_property_descriptor& descriptor);

}  // namespace gyre

#endif  // GYRE_NODE_API_CALLBACKS_H_
