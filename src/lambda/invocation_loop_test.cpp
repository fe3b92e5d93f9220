#include "lambda/invocation_loop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "lambda/testing/runtime_answers.hpp"

namespace dsdash::lambda {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class InvocationLoop : public ::testing::Test {
  protected:
    /// Serves these invocations with `handler`; what it posted for each.
    std::vector<std::string> serve(const std::vector<http::Response>& invocations,
                                   const InvocationHandler& handler) {
        std::vector<http::Response> script;
        for (const auto& invocation : invocations) {
            script.push_back(invocation);
            script.push_back(accepted());
        }
        script.push_back(runtime_is_gone());
        service_.script(script);
        RuntimeApi runtime(address_of(service_));
        FunctionLog log(out_, clock_, LogLevel::info, "f");
        end_ = serve_invocations(runtime, handler, log, clock_).message;
        std::vector<std::string> posts;
        for (const auto& request : service_.requests()) {
            if (request.method == "POST") posts.push_back(request.target + ' ' + request.body);
        }
        return posts;
    }

    aws::ScriptedService service_;
    SystemClock clock_;
    std::ostringstream out_;
    std::string end_;
};

TEST_F(InvocationLoop, AnswersEachInvocationOnce) {
    const auto posts = serve({next_answer("1", "a"), next_answer("2", "b")},
                             [](const Invocation& invocation) -> Result<std::string> {
                                 return '[' + invocation.payload + ']';
                             });
    EXPECT_EQ(posts, (std::vector<std::string>{"/2018-06-01/runtime/invocation/a/response [1]",
                                               "/2018-06-01/runtime/invocation/b/response [2]"}));
    EXPECT_THAT(end_, HasSubstr("HTTP 500"));
    EXPECT_THAT(out_.str(), HasSubstr(R"("level":"INFO","requestId":"a")"));
    EXPECT_THAT(out_.str(), HasSubstr(R"("durationMs":)"));
}

TEST_F(InvocationLoop, LivesOnAfterAnError) {
    int count = 0;
    const auto posts = serve({next_answer("1", "a"), next_answer("2", "b")},
                             [&](const Invocation&) -> Result<std::string> {
                                 if (++count == 2) return "{}";
                                 return fail(ErrorKind::denied, "not you", "AccessDenied");
                             });
    ASSERT_EQ(posts.size(), 2U);
    EXPECT_THAT(posts[0], HasSubstr("/a/error"));
    EXPECT_THAT(posts[1], HasSubstr("/b/response"));
    EXPECT_THAT(out_.str(), HasSubstr(R"("level":"ERROR","requestId":"a")"));
    EXPECT_THAT(out_.str(), HasSubstr(R"("errorMessage":"not you")"));
}

TEST_F(InvocationLoop, MakesAnErrorOfWhatIsThrown) {
    const auto posts = serve({next_answer("1"), next_answer("2")},
                             [](const Invocation& invocation) -> Result<std::string> {
                                 if (invocation.payload == "1") throw std::runtime_error("oh");
                                 throw 5;
                             });
    ASSERT_EQ(posts.size(), 2U);
    EXPECT_THAT(posts[0], HasSubstr("it threw: oh"));
    EXPECT_THAT(posts[1], HasSubstr("it threw something unknown"));
}

TEST_F(InvocationLoop, LogsNeitherPayloadNorAnswer) {
    serve({next_answer("hush")}, [](const Invocation&) -> Result<std::string> { return "hush"; });
    serve({next_answer("{}")}, [](const Invocation&) -> Result<std::string> {
        return fail(ErrorKind::malformed_input, "action must not be \"hush\"");
    });
    EXPECT_THAT(out_.str(), Not(HasSubstr("hush")));
    EXPECT_THAT(out_.str(), HasSubstr(R"("errorType":"Function.Error")"));
}

TEST_F(InvocationLoop, LogsWhatAServiceSaidOfOurRequest) {
    serve({next_answer("{}")}, [](const Invocation&) -> Result<std::string> {
        return std::unexpected(
            Error{ErrorKind::malformed_input, "too long", "ValidationException", "ssm:Get", ""});
    });
    EXPECT_THAT(out_.str(), HasSubstr(R"("errorMessage":"too long","operation":"ssm:Get")"));
}

}  // namespace
}  // namespace dsdash::lambda
