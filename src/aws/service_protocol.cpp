#include "aws/service_protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsdash::aws {

namespace {

constexpr std::array kServices = {
    ServiceProtocol{"ssm", "ssm", "SSM", "AmazonSSM", "1.1"},
    ServiceProtocol{"events", "events", "EVENTBRIDGE", "AWSEvents", "1.1"},
    ServiceProtocol{"lambda", "lambda", "LAMBDA", "", ""},
    ServiceProtocol{"dynamodb", "dynamodb", "DYNAMODB", "DynamoDB_20120810", "1.0"},
    ServiceProtocol{"sqs", "sqs", "SQS", "AmazonSQS", "1.0"},
    ServiceProtocol{"sagemaker", "api.sagemaker", "SAGEMAKER", "SageMaker", "1.1"},
    ServiceProtocol{"sts", "sts", "STS", "", ""},
    ServiceProtocol{"dsdash", "dsdash", "DSDASH", "DsDash", "1.1"},
};

}  // namespace

std::span<const ServiceProtocol> service_protocols() {
    return kServices;
}

const ServiceProtocol* find_service_protocol(std::string_view service) {
    const auto found = std::ranges::find(kServices, service, &ServiceProtocol::service);
    return found == kServices.end() ? nullptr : &*found;
}

std::string aws_origin(const ServiceProtocol& protocol, const Region& region) {
    const bool china = region.text().starts_with("cn-");
    return fmt::format("https://{}.{}.amazonaws.com{}", protocol.host, region.text(),
                       china ? ".cn" : "");
}

}  // namespace dsdash::aws
