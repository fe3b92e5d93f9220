#include "services/testing/fake_aws_api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace dsdash {

FakeAwsApi::FakeAwsApi(std::string_view account, std::string_view region)
    : account_(AccountId::parse(account).value()), region_(Region::parse(region).value()) {}

void FakeAwsApi::on(std::string operation, Handler handler) {
    handlers_.insert_or_assign(std::move(operation), std::move(handler));
}

void FakeAwsApi::script(std::string operation, std::vector<Result<json::object>> outputs) {
    on(std::move(operation), [outputs = std::move(outputs), next = std::make_shared<std::size_t>(
                                                                0)](const json::object& /*input*/) {
        const auto index = *next;
        *next = std::min(index + 1, outputs.size() - 1);
        return outputs.at(index);
    });
}

Result<json::object> FakeAwsApi::call(std::string_view service, std::string_view operation,
                                      const json::object& input) {
    auto name = fmt::format("{}:{}", service, operation);
    calls_.push_back({name, input});
    const auto handler = handlers_.find(name);
    if (handler == handlers_.end()) {
        return fail(ErrorKind::internal, fmt::format("the fake has no answer to {}", name));
    }
    return handler->second(input);
}

std::vector<json::object> FakeAwsApi::inputs_of(std::string_view operation) const {
    std::vector<json::object> inputs;
    for (const auto& call : calls_) {
        if (call.operation == operation) {
            inputs.push_back(call.input);
        }
    }
    return inputs;
}

json::object object_of(std::string_view text) {
    return parse_json_object(text).value();
}

}  // namespace dsdash
