#ifndef GYRE_NODE_API_EXPERIMENTAL_H_
#define GYRE_NODE_API_EXPERIMENTAL_H_

#include "node_api.h"

// Functions that Node 24 has and documents as experimental; node-api-headers has no declarations of
// them yet (https://nodejs.org/docs/latest-v24.x/api/n-api.html).

EXTERN_C_START

NAPI_EXTERN napi_status NAPI_CDECL node_api_post_finalizer(node_api_basic_env env,
                                                           napi_finalize finalize_cb,
                                                           void* finalize_data,
                                                           void* finalize_hint);
NAPI_EXTERN napi_status NAPI_CDECL node_api_set_prototype(napi_env env, napi_value object,
                                                          napi_value value);
NAPI_EXTERN napi_status NAPI_CDECL node_api_create_object_with_properties(
    napi_env env, napi_value prototype_or_null, const napi_value* property_names,
    const napi_value* property_values, size_t property_count, napi_value* result);
NAPI_EXTERN napi_status NAPI_CDECL node_api_is_sharedarraybuffer(napi_env env, napi_value value,
                                                                 bool* result);
NAPI_EXTERN napi_status NAPI_CDECL node_api_create_sharedarraybuffer(napi_env env,
                                                                     size_t byte_length,
                                                                     void** data,
                                                                     napi_value* result);
NAPI_EXTERN napi_status NAPI_CDECL node_api_create_external_sharedarraybuffer(
    napi_env env, void* external_data, size_t byte_length, node_api_noenv_finalize finalize_cb,
    void* finalize_hint, napi_value* result);

EXTERN_C_END

#endif  // GYRE_NODE_API_EXPERIMENTAL_H_
