#include "cli/child_process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

namespace dsdash::cli {
namespace {

ChildExit run_shell(const std::string& script) {
    StopSignals signals({SIGCHLD, SIGUSR1});
    auto child = ChildProcess::start({"/bin/sh", "-c", script});
    EXPECT_TRUE(child);
    return child->wait(signals);
}

TEST(ChildProcess, ExitCodeIsHandedOn) {
    EXPECT_EQ(run_shell("exit 0").exit_code, 0);
    const auto exit = run_shell("exit 42");
    EXPECT_EQ(exit.exit_code, 42);
    EXPECT_FALSE(exit.killed_by);
}

TEST(ChildProcess, LastLineOfItsErrorsIsKept) {
    testing::internal::CaptureStderr();
    const auto exit = run_shell("echo first >&2; echo 'bad data' >&2; echo >&2; exit 1");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "first\nbad data\n\n");
    EXPECT_EQ(exit.last_error_line, "bad data");
}

TEST(ChildProcess, EndlessErrorLineIsCut) {
    testing::internal::CaptureStderr();
    const auto exit = run_shell("head -c 1000000 /dev/zero | tr '\\0' x >&2");
    EXPECT_EQ(testing::internal::GetCapturedStderr().size(), 1'000'000U);
    EXPECT_EQ(exit.last_error_line, std::string(512, 'x'));
}

TEST(ChildProcess, DeathBySignalIsTold) {
    const auto exit = run_shell("kill -9 $$");
    EXPECT_EQ(exit.killed_by, SIGKILL);
    EXPECT_EQ(exit.exit_code, 128 + SIGKILL);
    EXPECT_FALSE(exit.passed_on);
}

TEST(ChildProcess, OtherSignalsArePassedOnAndAskNobodyToStop) {
    const auto exit =
        run_shell("trap 'exit 6' USR1; kill -USR1 $PPID; while :; do sleep 0.01; done");
    EXPECT_EQ(exit.exit_code, 6);
    EXPECT_FALSE(exit.passed_on);
}

TEST(ChildProcess, LastErrorLineIsUtf8WhateverItWas) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(run_shell("printf 'a\\377\\n' >&2").last_error_line, "a\ufffd");
    const auto exit =
        run_shell("printf a >&2; for i in $(seq 300); do printf '\\303\\251' >&2; done");
    testing::internal::GetCapturedStderr();
    EXPECT_EQ(exit.last_error_line.size(), 511U);  // 1 + 255 * 2
}

TEST(ChildProcess, SignalToUsIsPassedOnToItsWholeGroup) {
    StopSignals signals({SIGCHLD});
    // The child asks for the signal itself, so that nothing depends on timing.
    auto child = ChildProcess::start(
        {"/bin/sh", "-c", "trap 'exit 7' TERM; kill -TERM $PPID; while :; do sleep 0.01; done"});
    ASSERT_TRUE(child);
    const auto exit = child->wait(signals);
    EXPECT_EQ(exit.exit_code, 7);
    EXPECT_EQ(exit.passed_on, SIGTERM);
}

TEST(ChildProcess, InheritsNoOpenFilesButTheThree) {
    const int descriptor = open("/dev/null", O_RDONLY);  // without CLOEXEC, as libraries do
    EXPECT_EQ(
        run_shell("ls /proc/self/fd/" + std::to_string(descriptor) + " 2>/dev/null").exit_code, 2);
    close(descriptor);
}

TEST(ChildProcess, StartsWithNoSignalBlocked) {
    EXPECT_EQ(run_shell("grep -q 'SigBlk:.*0000000000000000' /proc/self/status").exit_code, 0);
}

TEST(ChildProcess, GrandchildThatOutlivesItDoesNotHoldUsUp) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(run_shell("sleep 5 >/dev/null & exit 3").exit_code, 3);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
}

TEST(ChildProcess, ProgramThatIsNotThereIsAnError) {
    const auto missing = ChildProcess::start({"/no/such/program"});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
    EXPECT_EQ(missing.error().message, "cannot start /no/such/program: No such file or directory");
    const auto not_executable = ChildProcess::start({"/etc/passwd"});
    ASSERT_FALSE(not_executable);
    EXPECT_EQ(not_executable.error().kind, ErrorKind::denied);
}

}  // namespace
}  // namespace dsdash::cli
