#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "embedded/testing/bus_fixture.hpp"
#include "endpoint/operation.hpp"

/// Calls operations of a service as the user of an account. For tests only.
namespace dsdash::endpoint {

class OperationFixture : public embedded::BusFixture {
  protected:
    explicit OperationFixture(const Service& service) : service_(service) {}

    Result<json::object> call_as(embedded::Account& caller, std::string_view operation,
                                 std::string_view input) {
        return run_as(caller, operation, parse_json_object(input).value());
    }
    Result<json::object> run_as(embedded::Account& caller, std::string_view operation,
                                const json::object& input) {
        auto context = context_of(caller);
        return entry_of(operation).run(context, input);
    }
    Result<json::object> call(std::string_view operation, std::string_view input) {
        return call_as(hub(), operation, input);
    }
    /// The output as JSON text, or the error's code (its message where it has none).
    std::string answer(std::string_view operation, std::string_view input) {
        const auto output = call(operation, input);
        if (output) return json::serialize(*output);
        return output.error().code.empty() ? output.error().message : output.error().code;
    }
    /// The error of a call that must fail.
    Error refusal(std::string_view operation, std::string_view input) {
        const auto output = call(operation, input);
        EXPECT_FALSE(output) << operation << " " << input;
        return output ? Error{} : output.error();
    }
    /// What a policy of the caller's is asked about, with spaces between.
    std::string resource(std::string_view operation, std::string_view input) {
        const auto context = context_of(hub());
        const auto& entry = entry_of(operation);
        if (entry.resources == nullptr) return "*";
        const auto resources = entry.resources(context, parse_json_object(input).value());
        return fmt::format("{}", fmt::join(resources, " "));
    }

    CallContext context_of(embedded::Account& caller) {
        return {*home_,   caller, runtime_,
                *engine_, clock_, fmt::format("arn:aws:iam::{}:root", caller.id().text())};
    }

  private:
    const OperationEntry& entry_of(std::string_view operation) const {
        const auto entry = std::ranges::find(service_.operations, operation, &OperationEntry::name);
        EXPECT_NE(entry, service_.operations.end()) << operation;
        return *entry;
    }

    const Service& service_;
};

}  // namespace dsdash::endpoint
