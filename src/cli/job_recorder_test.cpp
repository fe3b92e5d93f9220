#include "cli/job_recorder.hpp"

#include <gtest/gtest.h>

#include <latch>

#include "services/testing/fake_aws_api.hpp"

namespace dsdash::cli {
namespace {

using namespace std::chrono_literals;

JobRecorder::Options fast() {
    JobRecorder::Options options;
    options.heartbeat_every = 1h;
    options.finish_for = 1s;
    options.first_pause = 1ms;
    return options;
}

void ignore_warning(const std::string&) {}

Result<json::object> unreachable() {
    return fail(ErrorKind::unreachable, "nobody listens");
}

TEST(JobRecorder, StartAndFinishNameTheJob) {
    FakeAwsApi api;
    api.on("dsdash:StartJob", [](const auto&) { return json::object{}; });
    api.on("dsdash:FinishJob", [](const auto&) { return json::object{}; });
    JobRecorder recorder(api, "train-1", ignore_warning, fast());
    ASSERT_TRUE(recorder.start({"./train", "--epochs", "3"}));
    ASSERT_TRUE(recorder.finish("Failed", "exit code 1"));
    ASSERT_EQ(api.calls().size(), 2U);
    auto started = api.calls()[0].input;
    EXPECT_EQ(started.at("ClientToken").as_string().size(), 36U);
    started.erase("ClientToken");
    EXPECT_EQ(started, object_of(R"({"JobName":"train-1","Command":["./train","--epochs","3"]})"));
    EXPECT_EQ(
        api.calls()[1].input,
        object_of(R"({"JobName":"train-1","Status":"Failed","FailureReason":"exit code 1"})"));
}

TEST(JobRecorder, RefusedStartIsHandedOn) {
    FakeAwsApi api;
    api.on("dsdash:StartJob", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::conflict, "there is a job train-1", "ResourceInUse");
    });
    JobRecorder recorder(api, "train-1", ignore_warning, fast());
    const auto started = recorder.start({"true"});
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().kind, ErrorKind::conflict);
}

TEST(JobRecorder, HeartbeatIsToldAgainAndAgain) {
    FakeAwsApi api;
    std::latch three_beats(3);
    api.on("dsdash:StartJob", [](const auto&) { return json::object{}; });
    api.on("dsdash:FinishJob", [](const auto&) { return json::object{}; });
    api.on("dsdash:HeartbeatJob", [&](const auto&) {
        if (!three_beats.try_wait()) {
            three_beats.count_down();
        }
        return json::object{};
    });
    auto options = fast();
    options.heartbeat_every = 1ms;
    JobRecorder recorder(api, "train-1", ignore_warning, options);
    ASSERT_TRUE(recorder.start({"true"}));
    three_beats.wait();
    EXPECT_TRUE(recorder.finish("Completed", ""));
    EXPECT_EQ(api.calls().back().operation, "dsdash:FinishJob");
}

TEST(JobRecorder, LostServerIsWarnedOfOnceAndFinishIsToldAgain) {
    FakeAwsApi api;
    std::vector<std::string> warnings;
    api.on("dsdash:StartJob", [](const auto&) { return json::object{}; });
    api.script("dsdash:FinishJob", {unreachable(), unreachable(), json::object{}});
    JobRecorder recorder(
        api, "train-1", [&](const auto& text) { warnings.push_back(text); }, fast());
    ASSERT_TRUE(recorder.start({"true"}));
    EXPECT_TRUE(recorder.finish("Completed", ""));
    EXPECT_EQ(api.inputs_of("dsdash:FinishJob").size(), 3U);
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(warnings[0], "the job has ended, but that cannot be recorded yet: nobody listens");
}

TEST(JobRecorder, FinishGivesUpInTheEnd) {
    FakeAwsApi api;
    api.on("dsdash:StartJob", [](const auto&) { return json::object{}; });
    api.on("dsdash:FinishJob", [](const auto&) { return unreachable(); });
    auto options = fast();
    options.finish_for = 5ms;
    JobRecorder recorder(api, "train-1", ignore_warning, options);
    ASSERT_TRUE(recorder.start({"true"}));
    const auto finished = recorder.finish("Completed", "");
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().kind, ErrorKind::unreachable);
}

TEST(JobRecorder, FinishGivesUpWhenItIsInterrupted) {
    FakeAwsApi api;
    api.on("dsdash:StartJob", [](const auto&) { return json::object{}; });
    api.on("dsdash:FinishJob", [](const auto&) { return unreachable(); });
    auto options = fast();
    options.interrupted_within = [](auto) { return true; };
    JobRecorder recorder(api, "train-1", ignore_warning, options);
    ASSERT_TRUE(recorder.start({"true"}));
    EXPECT_FALSE(recorder.finish("Completed", ""));
    EXPECT_EQ(api.inputs_of("dsdash:FinishJob").size(), 1U);
}

TEST(JobRecorder, WordsAndReasonThatAreNotUtf8AreMended) {
    FakeAwsApi api;
    api.on("dsdash:StartJob", [](const auto&) { return json::object{}; });
    api.on("dsdash:FinishJob", [](const auto&) { return json::object{}; });
    JobRecorder recorder(api, "train-1", ignore_warning, fast());
    ASSERT_TRUE(recorder.start({"./train", "\xff"}));
    ASSERT_TRUE(recorder.finish("Failed", "b\xc3"));
    EXPECT_EQ(api.calls()[0].input.at("Command").at(1).as_string(), "\ufffd");
    EXPECT_EQ(api.calls()[1].input.at("FailureReason").as_string(), "b\ufffd");
}

TEST(JobRecorder, RefusalIsNotRepeated) {
    FakeAwsApi api;
    api.on("dsdash:StartJob", [](const auto&) { return json::object{}; });
    api.on("dsdash:FinishJob", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::not_found, "no such job");
    });
    JobRecorder recorder(api, "train-1", ignore_warning, fast());
    ASSERT_TRUE(recorder.start({"true"}));
    EXPECT_FALSE(recorder.finish("Completed", ""));
    EXPECT_EQ(api.inputs_of("dsdash:FinishJob").size(), 1U);
}

TEST(JobRecorder, LongReasonIsCutBetweenCharacters) {
    FakeAwsApi api;
    api.on("dsdash:StartJob", [](const auto&) { return json::object{}; });
    api.on("dsdash:FinishJob", [](const auto&) { return json::object{}; });
    JobRecorder recorder(api, "train-1", ignore_warning, fast());
    ASSERT_TRUE(recorder.start({"true"}));
    std::string reason(1023, 'x');
    reason += "ä and more";
    ASSERT_TRUE(recorder.finish("Failed", reason));
    EXPECT_EQ(api.calls()[1].input.at("FailureReason").as_string(), std::string(1023, 'x'));
}

}  // namespace
}  // namespace dsdash::cli
