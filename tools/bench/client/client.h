// What the clients have in common: connections to this machine, the time that round trips take, and
// a report when the time is over.
#ifndef GYRE_TOOLS_BENCH_CLIENT_H_
#define GYRE_TOOLS_BENCH_CLIENT_H_

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

// Ends the program with a word to stderr when the status is an error.
void check(int status);

// Zeroed; ends the program when there is no memory.
void* allocate(size_t size);

// Connects to a port of this machine.
void connect_to(uv_tcp_t* tcp, uv_connect_t* connect, const char* port, uv_connect_cb on_connected);

// Counts a round trip that began at this time (uv_hrtime) and is over.
void count_round_trip(uint64_t began_ns);

// Runs the loop for some seconds, prints {"NAME": round trips, "p99Ms": X} as JSON and ends the
// program.
int run_for(const char* seconds, const char* name);

#endif  // GYRE_TOOLS_BENCH_CLIENT_H_
