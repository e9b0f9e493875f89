#ifndef GYRE_NODE_API_BINDING_H_
#define GYRE_NODE_API_BINDING_H_

namespace gyre {

class BindingBuilder;

// What process.dlopen() needs; the rest of Node-API is called by addons, not by JavaScript.
void InitNodeApi(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_NODE_API_BINDING_H_
