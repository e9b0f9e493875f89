#include "runtime/child_process/spawn_sync.h"

#include <csignal>
#include <string>

#include "gtest/gtest.h"

namespace gyre {
namespace {

SyncSpawnOptions Shell(const std::string& command) {
  SyncSpawnOptions options;
  options.process.file = "/bin/sh";
  options.process.args = {"sh", "-c", command};
  options.stdio.resize(3);
  for (SyncStdio& stdio : options.stdio) stdio.kind = SyncStdio::kPipe;
  options.stdio[0].readable = true;
  return options;
}

TEST(SpawnSyncTest, GivesInputAndTakesOutput) {
  SyncSpawnOptions options = Shell("cat; echo oops >&2; exit 3");
  options.stdio[0].input = std::string(1 << 20, 'x');
  SyncSpawnResult result = SpawnSync(std::move(options));
  EXPECT_EQ(result.error, 0);
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.output[1]->size(), 1u << 20);
  EXPECT_EQ(*result.output[2], "oops\n");
  EXPECT_FALSE(result.output[0].has_value());
}

TEST(SpawnSyncTest, InputThatNobodyReadsIsNoError) {
  signal(SIGPIPE, SIG_IGN);  // as the runtime does at its start
  SyncSpawnOptions options = Shell("exec <&-; exit 0");
  options.stdio[0].input = std::string(1 << 20, 'x');
  EXPECT_EQ(SpawnSync(std::move(options)).error, 0);
}

TEST(SpawnSyncTest, TimesOut) {
  SyncSpawnOptions options = Shell("sleep 10");
  options.timeout_ms = 50;
  SyncSpawnResult result = SpawnSync(std::move(options));
  EXPECT_EQ(result.error, UV_ETIMEDOUT);
  EXPECT_EQ(result.signal, SIGTERM);
}

TEST(SpawnSyncTest, LimitsOutput) {
  SyncSpawnOptions options = Shell("yes");
  options.max_buffer = 10;
  SyncSpawnResult result = SpawnSync(std::move(options));
  EXPECT_EQ(result.error, UV_ENOBUFS);
  EXPECT_GT(result.output[1]->size(), 10u);
}

TEST(SpawnSyncTest, SaysWhatCannotBeStarted) {
  SyncSpawnOptions options = Shell("");
  options.process.file = "/nowhere/nothing";
  SyncSpawnResult result = SpawnSync(std::move(options));
  EXPECT_EQ(result.error, UV_ENOENT);
  EXPECT_EQ(result.pid, 0);
}

}  // namespace
}  // namespace gyre
