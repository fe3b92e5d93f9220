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

TEST_F(FunctionInvokerTest, RefusesWhatThePoolHasNoRoomFor) {
    DeliveryOptions options;
    options.invocation_workers = 1;
    options.invocations_waiting = 0;
    const auto engine = make_engine(options);
    std::latch running(1);
    std::latch release(1);
    runtime_.on_invoke = [&](Account&, const FunctionRecord&,
                             std::string_view) -> Result<std::string> {
        running.count_down();
        release.wait();
        return "done";
    };
    std::thread first([&] { EXPECT_EQ(invoke(*engine, 60)->answer.value(), "done"); });
    running.wait();
    const auto refused = invoke(*engine);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "TooManyRequestsException");
    release.count_down();
    first.join();
    EXPECT_EQ(runtime_.invocations().size(), 1U);
}

TEST_F(FunctionInvokerTest, DoesNotRunWhatNobodyWaitsForAnyMore) {
    DeliveryOptions options;
    options.invocation_workers = 1;
    auto engine = make_engine(options);
    std::latch running(1);
    std::latch release(1);
    runtime_.on_invoke = [&](Account&, const FunctionRecord&,
                             std::string_view) -> Result<std::string> {
        running.count_down();
        release.wait();
        return "done";
    };
    std::thread first([&] { EXPECT_TRUE(invoke(*engine, 60)); });
    running.wait();
    EXPECT_EQ(invoke(*engine, 1)->answer.error().kind, ErrorKind::timed_out);
    release.count_down();
    first.join();
    engine.reset();  // finishes what was submitted
    EXPECT_EQ(runtime_.invocations().size(), 1U);
}

}  // namespace
}  // namespace dsdash::embedded
