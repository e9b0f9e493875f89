// What is left of an addon of Node's C++ interface when the interface is taken away: it registers itself while it is
// loaded, with the version of the interface first, and it cannot be unloaded.
void node_module_register(void* module);

static int module_version = 137;

__attribute__((constructor)) static void Register(void) { node_module_register(&module_version); }
