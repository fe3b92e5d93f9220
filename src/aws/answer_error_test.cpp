#include "aws/answer_error.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace dsdash::aws {
namespace {

Error read(int status, std::string body, const std::string& type_header = {}) {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    if (!type_header.empty()) response.headers.add("X-Amzn-Errortype", type_header);
    return read_error(response);
}

TEST(AnswerError, ReadsJson) {
    const auto error = read(400, R"({"__type": "ParameterNotFound", "message": "gone"})");
    EXPECT_EQ(error.code, "ParameterNotFound");
    EXPECT_EQ(error.message, "gone");
    EXPECT_EQ(error.kind, ErrorKind::not_found);
}

TEST(AnswerError, CutsThePrefixOfTheType) {
    const auto error = read(400, R"({"__type":"com.amazonaws.dynamodb.v20120810#)"
                                 R"(ConditionalCheckFailedException","Message":"failed"})");
    EXPECT_EQ(error.code, "ConditionalCheckFailedException");
    EXPECT_EQ(error.message, "failed");
    EXPECT_EQ(error.kind, ErrorKind::conflict);
}

TEST(AnswerError, ReadsTheHeaderOfRestServices) {
    const auto error =
        read(404, R"({"Type":"User","Message":"Function not found"})",
             "ResourceNotFoundException:http://internal.amazon.com/coral/com.amazonaws/");
    EXPECT_EQ(error.code, "ResourceNotFoundException");
    EXPECT_EQ(error.message, "Function not found");
    EXPECT_EQ(error.kind, ErrorKind::not_found);
}

TEST(AnswerError, ReadsXml) {
    const auto error = read(403,
                            "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>a "
                            "&lt;b&gt; &amp;amp;</Message></Error></ErrorResponse>");
    EXPECT_EQ(error.code, "SignatureDoesNotMatch");
    EXPECT_EQ(error.message, "a <b> &amp;");
    EXPECT_EQ(error.kind, ErrorKind::denied);
}

TEST(AnswerError, KnowsAQueueThatIsNotThereByAnyOfItsNames) {
    for (const auto* code :
         {"com.amazonaws.sqs#QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"}) {
        const auto body = fmt::format(R"({{"__type":"{}","message":"no such queue"}})", code);
        EXPECT_EQ(read(400, body).kind, ErrorKind::not_found) << code;
    }
}

TEST(AnswerError, MakesDoWithTheStatus) {
    EXPECT_EQ(read(502, "<html>Bad Gateway</html>").kind, ErrorKind::internal);
    EXPECT_EQ(read(503, "").kind, ErrorKind::unreachable);
    EXPECT_EQ(read(429, "[]").kind, ErrorKind::throttled);
    EXPECT_EQ(read(403, "null").kind, ErrorKind::denied);
    EXPECT_EQ(read(404, "{").kind, ErrorKind::not_found);
    EXPECT_EQ(read(418, R"({"__type": 5, "message": {}})").kind, ErrorKind::malformed_input);
    EXPECT_EQ(read(502, "<html>Bad Gateway</html>").message, "the service answered HTTP 502");
}

TEST(AnswerError, KnowsThrottlingByAnyOfItsNames) {
    for (const auto* code :
         {"ThrottlingException", "Throttling", "RequestThrottledException", "SlowDown",
          "TooManyRequestsException", "ProvisionedThroughputExceededException"}) {
        EXPECT_EQ(read(400, std::string(R"({"__type":")") + code + "\"}").kind,
                  ErrorKind::throttled)
            << code;
    }
}

TEST(XmlElement, TakesTheFirstAndToleratesWhatIsNoXml) {
    EXPECT_EQ(xml_element("<a><b>1</b><b>2</b></a>", "b"), "1");
    EXPECT_EQ(xml_element("<b>", "b"), "");
    EXPECT_EQ(xml_element("</b><b>", "b"), "");
    EXPECT_EQ(xml_element("", "b"), "");
    EXPECT_EQ(xml_element("<b>&unknown; &</b>", "b"), "&unknown; &");
}

}  // namespace
}  // namespace dsdash::aws
