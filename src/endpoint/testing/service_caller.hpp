#pragma once

#include <fmt/format.h>

#include "embedded/accounts/home.hpp"
#include "embedded/delivery/delivery_engine.hpp"
#include "embedded/delivery/function_runtime.hpp"
#include "embedded/testing/temporary_folder.hpp"
#include "endpoint/errors.hpp"
#include "endpoint/operation.hpp"
#include "services/testing/fake_services.hpp"

/// Calls operations of one service as the user of the only account there is. For tests only.
namespace dsdash::endpoint {

/// A runtime for operations that run no function.
class NoFunctions final : public embedded::FunctionRuntime {
  public:
    Result<std::string> invoke(embedded::Account&, const embedded::FunctionRecord&,
                               std::string_view, TimePoint) override {
        return fail(ErrorKind::internal, "no function runs in this test");
    }
    [[nodiscard]] bool takes_batches(const embedded::FunctionRecord&) const override {
        return false;
    }
    std::vector<Result<void>> deliver(embedded::Account&, const embedded::FunctionRecord&,
                                      std::span<const Event> events, TimePoint) override {
        return {events.size(), fail(ErrorKind::internal, "no function runs in this test")};
    }
};

class ServiceCaller {
  public:
    explicit ServiceCaller(const Service& service) : service_(service) {}

    embedded::Home& home() { return *home_; }
    embedded::Account& account() { return *home_->find(id_); }
    FakeClock& clock() { return clock_; }

    Result<json::object> call(std::string_view operation, std::string_view input) {
        return call(operation, parse_json_object(input).value());
    }
    Result<json::object> call(std::string_view operation, const json::object& input) {
        auto context = make_context();
        return find_operation(service_, operation)->run(context, input);
    }
    /// The code of the error as it goes over the wire; "" when the call passes.
    std::string refusal(std::string_view operation, std::string_view input) {
        const auto output = call(operation, input);
        return output ? "" : to_wire_error(output.error(), Protocol::json).code;
    }
    /// What a policy of the caller's is asked about, with spaces between.
    std::string resource(std::string_view operation, std::string_view input) {
        const auto context = make_context();
        const auto resources_of = find_operation(service_, operation)->resources;
        if (resources_of == nullptr) return "*";
        const auto resources = resources_of(context, parse_json_object(input).value());
        return fmt::format("{}", fmt::join(resources, " "));
    }

  private:
    CallContext make_context() {
        return {*home_,  account(), functions_,
                engine_, clock_,    fmt::format("arn:aws:iam::{}:root", id_.text())};
    }
    std::unique_ptr<embedded::Home> open_home() const {
        const embedded::Home::NewAccount account{"test", id_, Region::parse("eu-west-1").value(),
                                                 "http://127.0.0.1:8080"};
        embedded::Home::create_account(folder_.path(), account).value();
        return embedded::Home::open(folder_.path(), clock_).value();
    }

    const Service& service_;
    const AccountId id_ = AccountId::parse("111111111111").value();
    embedded::TemporaryFolder folder_;
    FakeClock clock_;
    NoFunctions functions_;
    std::unique_ptr<embedded::Home> home_ = open_home();
    embedded::DeliveryEngine engine_{*home_, functions_, clock_};
};

}  // namespace dsdash::endpoint
