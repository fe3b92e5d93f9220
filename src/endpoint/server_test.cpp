#include "endpoint/server.hpp"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

#include "aws/answer_error.hpp"
#include "aws/sigv4.hpp"
#include "endpoint/testing/service_caller.hpp"

namespace dsdash::endpoint {
namespace {

class EndpointServer : public testing::Test {
  public:
    ~EndpointServer() override { spdlog::set_default_logger(former_logger_); }

  protected:
    EndpointServer() { spdlog::set_default_logger(std::make_shared<spdlog::logger>("", sink_)); }

    static http::Request json_request(std::string_view target, std::string body) {
        http::Request request;
        request.method = "POST";
        request.headers.add("Host", "127.0.0.1:8080");
        request.headers.add("Content-Type", "application/x-amz-json-1.1");
        request.headers.add("X-Amz-Target", std::string(target));
        request.body = std::move(body);
        return request;
    }
    http::Response send_signed(http::Request request, std::string_view service) {
        const auto& identity = fixture_.account().identity();
        aws::sign_request(request,
                          {identity.access_key_id, aws::SecretKey(identity.secret_access_key), ""},
                          identity.region.text(), service, fixture_.clock().now(), keys_);
        return server_.handle(request);
    }
    http::Response call(std::string_view target, std::string body, std::string_view service) {
        return send_signed(json_request(target, std::move(body)), service);
    }
    std::string refusal(std::string_view target, std::string body, std::string_view service) {
        const auto response = call(target, std::move(body), service);
        return response.status == 200 ? "" : aws::read_error(response).code;
    }
    std::string take_log() {
        auto text = log_.str();
        log_.str("");
        return text;
    }

    std::ostringstream log_;
    std::shared_ptr<spdlog::sinks::ostream_sink_mt> sink_ =
        std::make_shared<spdlog::sinks::ostream_sink_mt>(log_);
    std::shared_ptr<spdlog::logger> former_logger_ = spdlog::default_logger();
    ServiceCaller fixture_{sts_service()};
    NoFunctions functions_;
    embedded::DeliveryEngine deliveries_{fixture_.home(), functions_, fixture_.clock()};
    RandomUuidSource uuids_;
    aws::SigningKeyCache keys_;
    Server server_{{fixture_.home(), functions_, deliveries_, fixture_.clock(), uuids_},
                   [](const http::Request&) {
                       http::Response response;
                       response.body = "the page";
                       return response;
                   }};
};

constexpr std::string_view kGetParameter = "AmazonSSM.GetParametersByPath";
const std::string kPath = R"({"Path":"/a"})";

TEST_F(EndpointServer, AnswersAJsonOperation) {
    const auto response = call(kGetParameter, kPath, "ssm");
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(response.headers.find("Content-Type"), "application/x-amz-json-1.1");
    EXPECT_EQ(response.headers.find("x-amzn-RequestId")->size(), 36U);
    EXPECT_TRUE(parse_json_object(response.body)->contains("Parameters")) << response.body;
    EXPECT_EQ(take_log(), "");
}

TEST_F(EndpointServer, GivesDynamodbsAnswersAChecksum) {
    auto request = json_request("DynamoDB_20120810.ListTables", "{}");
    const auto response = send_signed(request, "dynamodb");
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_TRUE(response.headers.find("x-amz-crc32"));
    const auto error =
        call("DynamoDB_20120810.DescribeTable", R"({"TableName":"none"})", "dynamodb");
    const auto type = parse_json_object(error.body)->at("__type");
    EXPECT_EQ(type, "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException");
}

TEST_F(EndpointServer, NamesDynamodbsErrorsByWhereTheyComeFrom) {
    const auto type = [&](const http::Response& response) {
        return std::string(parse_json_object(response.body)->at("__type").get_string());
    };
    EXPECT_EQ(type(call("DynamoDB_20120810.Query", R"({"TableName":1})", "dynamodb")),
              "com.amazon.coral.service#SerializationException");
    EXPECT_EQ(type(call("DynamoDB_20120810.Query", R"({"TableName":"x"})", "dynamodb")),
              "com.amazon.coral.validate#ValidationException");
    EXPECT_EQ(type(call("DynamoDB_20120810.CreateTable", "{}", "dynamodb")),
              "com.amazon.coral.service#UnknownOperationException");
    EXPECT_EQ(type(server_.handle(json_request("DynamoDB_20120810.ListTables", "{}"))),
              "com.amazon.coral.service#MissingAuthenticationTokenException");
    EXPECT_EQ(type(call("AmazonSSM.GetParameter", "{}", "ssm")), "ValidationException");
}

TEST_F(EndpointServer, AnswersInTheJsonVersionThatWasAsked) {
    http::Request request;
    request.method = "POST";
    request.headers.add("Host", "h");
    request.headers.add("Content-Type", "application/x-amz-json-1.0");
    request.headers.add("X-Amz-Target", std::string(kGetParameter));
    request.body = kPath;
    EXPECT_EQ(send_signed(request, "ssm").headers.find("Content-Type"),
              "application/x-amz-json-1.0");
}

TEST_F(EndpointServer, AnswersGetCallerIdentityInXml) {
    http::Request request;
    request.method = "POST";
    request.headers.add("Host", "h");
    request.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    request.body = "Action=GetCallerIdentity&Version=2011-06-15";
    const auto response = send_signed(request, "sts");
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(response.headers.find("Content-Type"), "text/xml");
    EXPECT_EQ(aws::xml_element(response.body, "Account"), "111111111111");
    EXPECT_EQ(aws::xml_element(response.body, "Arn"), "arn:aws:iam::111111111111:user/test");
    EXPECT_EQ(aws::xml_element(response.body, "UserId"),
              fixture_.account().identity().access_key_id);
    EXPECT_EQ(aws::xml_element(response.body, "RequestId"),
              response.headers.find("x-amzn-RequestId"));
    request.body = "Action=AssumeRole&Version=2011-06-15";
    const auto unknown = send_signed(request, "sts");
    EXPECT_EQ(aws::xml_element(unknown.body, "Code"), "InvalidAction");
}

TEST_F(EndpointServer, AnswersLambdasRestCalls) {
    http::Request request;
    request.headers.add("Host", "h");
    request.target = "/2015-03-31/functions/";
    const auto list = send_signed(request, "lambda");
    EXPECT_EQ(list.status, 200) << list.body;
    request.method = "POST";
    request.target = "/2015-03-31/functions/nope/invocations";
    const auto missing = send_signed(request, "lambda");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(missing.headers.find("x-amzn-ErrorType"), "ResourceNotFoundException");
    EXPECT_EQ(parse_json_object(missing.body)->at("Type"), "User");
    EXPECT_EQ(server_.handle(request).headers.find("x-amzn-ErrorType"),
              "MissingAuthenticationTokenException");
}

TEST_F(EndpointServer, HandsOnWhatIsNoAwsRequest) {
    for (const auto* target : {"/", "/api/latest", "/healthz", "/2015-03-31/else"}) {
        http::Request request;
        request.target = target;
        EXPECT_EQ(server_.handle(request).body, "the page") << target;
    }
    http::Request form;
    form.method = "POST";
    form.target = "/api/session";
    form.headers.add("Content-Type", "application/x-www-form-urlencoded");
    EXPECT_EQ(server_.handle(form).body, "the page");
}

TEST_F(EndpointServer, RefusesUnsignedRequestsInEachServicesWay) {
    const auto ssm = server_.handle(json_request(kGetParameter, kPath));
    EXPECT_EQ(ssm.status, 400);
    EXPECT_EQ(parse_json_object(ssm.body)->at("__type"), "MissingAuthenticationTokenException");
    const auto dynamodb = server_.handle(json_request("DynamoDB_20120810.ListTables", "{}"));
    EXPECT_EQ(parse_json_object(dynamodb.body)->at("__type"),
              "com.amazon.coral.service#MissingAuthenticationTokenException");
    http::Request form;
    form.method = "POST";
    form.headers.add("Content-Type", "application/x-www-form-urlencoded");
    form.body = "Action=GetCallerIdentity&Version=2011-06-15";
    const auto sts = server_.handle(form);
    EXPECT_EQ(sts.status, 403);
    EXPECT_EQ(aws::xml_element(sts.body, "Code"), "MissingAuthenticationToken");
}

TEST_F(EndpointServer, RefusesASignatureForAnotherService) {
    EXPECT_EQ(refusal(kGetParameter, kPath, "events"), "InvalidSignatureException");
}

TEST_F(EndpointServer, KnowsNoOtherOperations) {
    EXPECT_EQ(refusal("AmazonSSM.SendCommand", "{}", "ssm"), "UnknownOperationException");
    EXPECT_EQ(refusal("AmazonSSM.", "{}", "ssm"), "UnknownOperationException");
    EXPECT_EQ(refusal("AmazonSSM", "{}", "ssm"), "UnknownOperationException");
    EXPECT_EQ(refusal("amazonssm.GetParameter", "{}", "ssm"), "UnknownOperationException");
    EXPECT_EQ(refusal("AmazonSSM.GetParameter.x", "{}", "ssm"), "UnknownOperationException");
    EXPECT_EQ(refusal("Kinesis_20131202.ListStreams", "{}", "kinesis"),
              "UnknownOperationException");
}

TEST_F(EndpointServer, AnswersAnUnknownRestPathWith404) {
    http::Request request;
    request.headers.add("Host", "h");
    request.target = "/2015-03-31/event-source-mappings/";
    const auto response = send_signed(request, "lambda");
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.headers.find("x-amzn-ErrorType"), "UnknownOperationException");
}

TEST_F(EndpointServer, RefusesBodiesThatAreNoJsonObject) {
    for (const auto& body :
         {std::string(), std::string("null"), std::string("[]"), std::string("1"),
          std::string("{\"Path\":NaN}"), std::string("{\"Path\":\"\xff\"}"), std::string("{}{}"),
          std::string("{\"Path\":\"/a\",}"), std::string("\0", 1), std::string(100000, '['),
          std::string(200000, '{'),
          "{\"Path\":" + std::string(100000, '[') + std::string(100000, ']') + "}"}) {
        EXPECT_EQ(refusal(kGetParameter, body, "ssm"), "SerializationException")
            << body.substr(0, 20);
    }
    for (std::size_t cut = 0; cut < kPath.size(); ++cut) {
        EXPECT_EQ(refusal(kGetParameter, kPath.substr(0, cut), "ssm"), "SerializationException");
    }
}

TEST_F(EndpointServer, AnswersAPayloadThatIsTooLargeWith413) {
    http::Request request;
    request.method = "POST";
    request.target = "/2015-03-31/functions/f/invocations";
    request.headers.add("Host", "h");
    request.body = std::string(6 * 1024 * 1024 + 1, ' ');
    embedded::FunctionRecord function;
    function.name = "f";
    ASSERT_TRUE(fixture_.account().functions().put(function));
    const auto response = send_signed(std::move(request), "lambda");
    EXPECT_EQ(response.status, 413);
    EXPECT_EQ(response.headers.find("x-amzn-ErrorType"), "RequestTooLargeException");
}

TEST_F(EndpointServer, LogsOneLineForEntriesThatAreRefused) {
    take_log();
    const auto response = call("AWSEvents.PutEvents", R"({"Entries":[
        {"Source":"s","DetailType":"d","Detail":"{}"},
        {"Source":"s","DetailType":"d","Detail":"{\"TOPSECRET\":NaN}"},
        {"DetailType":"d","Detail":"{}"}]})",
                               "events");
    EXPECT_EQ(response.status, 200);
    const auto refused = take_log();
    EXPECT_EQ(std::ranges::count(refused, '\n'), 1) << refused;
    EXPECT_NE(
        refused.find("refused 2 entries of events.PutEvents of 111111111111: MalformedDetail"),
        std::string::npos)
        << refused;
    EXPECT_EQ(refused.find("TOPSECRET"), std::string::npos);
    call("AWSEvents.PutEvents", R"({"Entries":[{"Source":"s","DetailType":"d","Detail":"{}"}]})",
         "events");
    EXPECT_EQ(take_log(), "");
}

TEST_F(EndpointServer, LogsWhatNeverReachesItAndShapesWhatIsTooLarge) {
    take_log();
    auto head = json_request("AmazonSSM.PutParameter", "");
    const auto shaped = server_.refuse(head, 413, "body too large");
    EXPECT_EQ(shaped.status, 413);
    EXPECT_EQ(aws::read_error(shaped).code, "RequestEntityTooLarge");
    const auto plain = server_.refuse({}, 431, "header too large");
    EXPECT_EQ(plain.status, 431);
    EXPECT_EQ(plain.body, "header too large\n");
    const auto lines = take_log();
    EXPECT_EQ(std::ranges::count(lines, '\n'), 2) << lines;
    EXPECT_NE(lines.find("refused a request: 413 body too large"), std::string::npos) << lines;
    EXPECT_NE(lines.find("refused a request: 431 header too large"), std::string::npos) << lines;
}

TEST_F(EndpointServer, LogsOneLineForEachRefusalWithoutWhatTheClientSent) {
    take_log();
    EXPECT_EQ(refusal(kGetParameter, R"({"Path":"TOPSECRET"})", "ssm"), "ValidationException");
    const auto refused = take_log();
    EXPECT_EQ(std::ranges::count(refused, '\n'), 1) << refused;
    EXPECT_NE(refused.find("refused ssm.GetParametersByPath of 111111111111: ValidationException"),
              std::string::npos)
        << refused;
    EXPECT_EQ(refused.find("TOPSECRET"), std::string::npos);

    auto unsigned_request = json_request("AmazonSSM.TOPSECRET", "TOPSECRET");
    unsigned_request.headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=TOPSECRET");
    EXPECT_NE(server_.handle(unsigned_request).status, 200);
    const auto unknown = take_log();
    EXPECT_EQ(std::ranges::count(unknown, '\n'), 1) << unknown;
    EXPECT_NE(unknown.find("refused ssm.? of ?: IncompleteSignatureException"), std::string::npos)
        << unknown;
    EXPECT_EQ(unknown.find("TOPSECRET"), std::string::npos);
}

}  // namespace
}  // namespace dsdash::endpoint
