// The executable: everything is in Run().

#include "runtime/main/run.h"

int main(int argc, char** argv) { return gyre::Run(argc, argv); }
