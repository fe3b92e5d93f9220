#pragma once

#include <fmt/format.h>

#include "domain/contract.hpp"
#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/state_table.hpp"
#include "embedded/testing/bus_fixture.hpp"
#include "endpoint/hosted_functions.hpp"
#include "endpoint/operation.hpp"
#include "services/testing/fake_aws_api.hpp"

namespace dsdash::endpoint {

/// A data folder with hub 111111111111 and spokes 222222222222 and 333333333333, and the program's
/// own functions in them. Nothing runs by itself: deliver() makes what is due happen.
class HostedFixture : public ::testing::Test {
  protected:
    HostedFixture() {
        for (const auto& [name, id] : {std::pair{"hub", "111111111111"},
                                       {"dev", "222222222222"},
                                       {"prod", "333333333333"}}) {
            EXPECT_TRUE(embedded::Home::create_account(
                folder_.path(), {name, AccountId::parse(id).value(),
                                 Region::parse("eu-west-1").value(), "http://127.0.0.1:8080"}));
        }
        home_ = embedded::Home::open(folder_.path(), clock_).value();
        functions_ = std::make_unique<HostedFunctions>(*home_, clock_, uuids_);
        engine_ = std::make_unique<embedded::DeliveryEngine>(*home_, *functions_, clock_,
                                                             embedded::DeliveryOptions{});
        functions_->attach(*engine_);
    }

    embedded::Account& account(std::string_view id) {
        return *home_->find(AccountId::parse(id).value());
    }
    embedded::Account& hub() { return account("111111111111"); }
    embedded::Account& dev() { return account("222222222222"); }
    embedded::Account& prod() { return account("333333333333"); }

    CallContext context(embedded::Account& account) {
        return {*home_,   account, *functions_,
                *engine_, clock_,  fmt::format("arn:aws:iam::{}:root", account.id().text())};
    }
    /// Calls an operation as the account's owner.
    Result<json::object> call(embedded::Account& account, std::string_view service,
                              std::string_view operation, const json::object& input) {
        auto caller = context(account);
        return find_operation(*find_service(service), operation)->run(caller, input);
    }
    Result<json::object> deploy(embedded::Account& account, std::string_view stack,
                                const json::object& values = {}) {
        return call(account, "dsdash", "DeployStack", {{"Stack", stack}, {"Context", values}});
    }
    void put_parameter(embedded::Account& account, std::string_view name, std::string_view value) {
        ASSERT_TRUE(
            call(account, "ssm", "PutParameter",
                 {{"Name", name}, {"Value", value}, {"Type", "String"}, {"Overwrite", true}}));
    }
    Result<json::object> invoke(embedded::Account& account, std::string_view function,
                                std::string_view payload) {
        const auto record = account.functions().find(function).value();
        if (!record) return fail(ErrorKind::not_found, "no such function");
        const auto answer =
            functions_->invoke(account, *record, payload, clock_.now() + std::chrono::seconds(30));
        if (!answer) return std::unexpected(answer.error());
        return object_of(*answer);
    }
    /// Runs the connection function; the accounts for which something failed, with the reason.
    std::string connect(embedded::Account& account, std::string_view action) {
        const auto answer = invoke(account, contract::kConnectionFunction,
                                   fmt::format(R"({{"action":"{}"}})", action));
        if (!answer) return answer.error().message;
        std::string failures;
        for (const auto& outcome : answer->at("Accounts").as_array()) {
            if (outcome.at("Result") == "failed") failures += json::serialize(outcome);
        }
        return failures;
    }
    void deliver() {
        while (engine_->run_due() > 0) {
        }
    }
    void run_job(embedded::Account& account, std::string_view name, std::string_view status) {
        ASSERT_TRUE(call(account, "dsdash", "StartJob",
                         {{"JobName", name}, {"Command", json::array{"train"}}}));
        ASSERT_TRUE(call(account, "dsdash", "FinishJob", {{"JobName", name}, {"Status", status}}));
    }

    embedded::TemporaryFolder folder_;
    embedded::ManualClock clock_;
    RandomUuidSource uuids_;
    std::unique_ptr<embedded::Home> home_;
    std::unique_ptr<HostedFunctions> functions_;
    std::unique_ptr<embedded::DeliveryEngine> engine_;
};

inline const json::object kSpokeContext{
    {"metrics", "TotalCompletedTrainingJobs,NumberEndPointsInService,CompletedTrainingJobs24h"},
    {"environment", "dev"},
    {"project_name", "Project1"}};

}  // namespace dsdash::endpoint
