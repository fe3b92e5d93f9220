#include "domain/arn.hpp"

#include <fmt/format.h>

#include <array>

namespace dsdash {

namespace {

std::string resource_arn(std::string_view service, const Region& region, const AccountId& account,
                         std::string_view kind_and_separator, std::string_view name) {
    return fmt::format("arn:{}:{}:{}:{}:{}{}", partition_of(region), service, region.text(),
                       account.text(), kind_and_separator, name);
}

}  // namespace

Result<Arn> Arn::parse(std::string_view text) {
    constexpr std::size_t kPartsBeforeResource = 5;
    std::array<std::string_view, kPartsBeforeResource> parts;
    for (auto& part : parts) {
        const auto colon = text.find(':');
        if (colon == std::string_view::npos) {
            return fail(ErrorKind::malformed_input, "an ARN has six parts, separated by colons");
        }
        part = text.substr(0, colon);
        text.remove_prefix(colon + 1);
    }
    const auto& [prefix, partition, service, region, account] = parts;
    if (prefix != "arn") {
        return fail(ErrorKind::malformed_input, "an ARN starts with \"arn:\"");
    }
    if (partition.empty() || service.empty() || text.empty()) {
        return fail(ErrorKind::malformed_input,
                    "an ARN's partition, service and resource must not be empty");
    }
    return Arn{std::string(partition), std::string(service), std::string(region),
               std::string(account), std::string(text)};
}

std::string Arn::to_string() const {
    return fmt::format("arn:{}:{}:{}:{}:{}", partition, service, region, account, resource);
}

std::string_view partition_of(const Region& region) {
    if (region.text().starts_with("cn-")) {
        return "aws-cn";
    }
    if (region.text().starts_with("us-gov-")) {
        return "aws-us-gov";
    }
    return "aws";
}

std::string event_bus_arn(const Region& region, const AccountId& account, std::string_view bus) {
    return resource_arn("events", region, account, "event-bus/", bus);
}

std::string rule_arn(const Region& region, const AccountId& account, std::string_view rule) {
    return resource_arn("events", region, account, "rule/", rule);
}

std::string function_arn(const Region& region, const AccountId& account,
                         std::string_view function) {
    return resource_arn("lambda", region, account, "function:", function);
}

std::string parameter_arn(const Region& region, const AccountId& account, std::string_view name) {
    // A hierarchical name brings its own slash: parameter/monitors/TestHub, never parameter//….
    return resource_arn("ssm", region, account, name.starts_with('/') ? "parameter" : "parameter/",
                        name);
}

std::string table_arn(const Region& region, const AccountId& account, std::string_view table) {
    return resource_arn("dynamodb", region, account, "table/", table);
}

std::string training_job_arn(const Region& region, const AccountId& account,
                             std::string_view name) {
    return resource_arn("sagemaker", region, account, "training-job/", name);
}

std::string endpoint_arn(const Region& region, const AccountId& account, std::string_view name) {
    return resource_arn("sagemaker", region, account, "endpoint/", name);
}

std::string queue_arn(const Region& region, const AccountId& account, std::string_view queue) {
    return resource_arn("sqs", region, account, "", queue);
}

std::string role_arn(const Region& region, const AccountId& account, std::string_view role) {
    return fmt::format("arn:{}:iam::{}:role/{}", partition_of(region), account.text(), role);
}

}  // namespace dsdash
