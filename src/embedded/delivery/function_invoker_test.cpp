#include "embedded/delivery/function_invoker.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "embedded/testing/bus_fixture.hpp"

namespace dsdash::embedded {
namespace {

class FunctionInvokerTest : public BusFixture {
  protected:
    Result<Invocation> invoke(DeliveryEngine& engine, int timeout_s = 3) {
        FunctionRecord function;
        function.name = "f";
        function.timeout_s = timeout_s;
        return engine.invoke(hub(), function, R"({"a":1})");
    }
};

TEST_F(FunctionInvokerTest, ReturnsWhatTheFunctionAnswers) {
    runtime_.on_invoke = [](Account& account, const FunctionRecord& function,
                            std::string_view payload) -> Result<std::string> {
        return fmt::format("{} {} {}", account.id().text(), function.name, payload);
    };
    EXPECT_EQ(invoke(*engine_)->answer.value(), R"(111111111111 f {"a":1})");
    EXPECT_EQ(runtime_.deadlines().at(0), clock_.now() + std::chrono::seconds(3));
}

TEST_F(FunctionInvokerTest, ReturnsTheFunctionsOwnErrorAsItsAnswer) {
    runtime_.on_invoke = [](Account&, const FunctionRecord&,
                            std::string_view) -> Result<std::string> {
        return fail(ErrorKind::throttled, "the table is busy");
    };
    const auto invocation = invoke(*engine_);
    ASSERT_TRUE(invocation);
    EXPECT_EQ(invocation->answer.error().message, "the table is busy");
}

TEST_F(FunctionInvokerTest, AFunctionThatThrowsAnswersWithAnError) {
    runtime_.on_invoke = [](Account&, const FunctionRecord&,
                            std::string_view) -> Result<std::string> {
        throw std::runtime_error("a bug");
    };
    EXPECT_EQ(invoke(*engine_)->answer.error().kind, ErrorKind::internal);
}

/// A function that runs until it is let go. Outlives the engine, whose worker may still be on its
/// way out of wait() when the test goes on.
struct Gate {
    std::latch running{1};
    std::latch release{1};

    Result<std::string> pass() {
        running.count_down();
        release.wait();
        return "done";
    }
};

TEST_F(FunctionInvokerTest, AnswersThatTheTaskTimedOut) {
    Gate gate;
    runtime_.on_invoke = [&](Account&, const FunctionRecord&, std::string_view) {
        return gate.pass();
    };
    const auto invocation = invoke(*engine_, 1);
    ASSERT_TRUE(invocation);
    ASSERT_FALSE(invocation->answer);
    EXPECT_EQ(invocation->answer.error().kind, ErrorKind::timed_out);
    EXPECT_EQ(invocation->answer.error().message, "Task timed out after 1.00 seconds");
    gate.release.count_down();
    engine_.reset();
}

TEST_F(FunctionInvokerTest, RefusesWhatCannotStart) {
    DeliveryOptions options;
    options.invocations_max = 1;
    auto engine = make_engine(options);
    Gate gate;
    runtime_.on_invoke = [&](Account&, const FunctionRecord&, std::string_view) {
        return gate.pass();
    };
    std::thread first([&] { EXPECT_EQ(invoke(*engine, 60)->answer.value(), "done"); });
    gate.running.wait();
    const auto refused = invoke(*engine);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "TooManyRequestsException");
    gate.release.count_down();
    first.join();
    engine.reset();
    EXPECT_EQ(runtime_.invocations().size(), 1U);
}

TEST_F(FunctionInvokerTest, CountsWhatTimedOutUntilItHasEnded) {
    DeliveryOptions options;
    options.invocations_max = 1;
    auto engine = make_engine(options);
    Gate gate;
    runtime_.on_invoke = [&](Account&, const FunctionRecord&, std::string_view) {
        return gate.pass();
    };
    EXPECT_EQ(invoke(*engine, 1)->answer.error().kind, ErrorKind::timed_out);
    EXPECT_EQ(invoke(*engine).error().kind, ErrorKind::throttled);
    gate.release.count_down();
    engine.reset();
}

TEST_F(FunctionInvokerTest, WhoHasAnAnswerMayInvokeAgain) {
    DeliveryOptions options;
    options.invocations_max = 1;
    const auto engine = make_engine(options);
    for (int i = 0; i < 200; ++i) ASSERT_TRUE(invoke(*engine)) << i;
}

}  // namespace
}  // namespace dsdash::embedded
