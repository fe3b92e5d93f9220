#include <fmt/format.h>

#include "contract/home.hpp"
#include "embedded/accounts/home.hpp"
#include "embedded/delivery/delivery_engine.hpp"
#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/state_table.hpp"
#include "embedded/testing/temporary_folder.hpp"
#include "endpoint/errors.hpp"
#include "endpoint/hosted_functions.hpp"
#include "endpoint/operation.hpp"
#include "services/uuid.hpp"

namespace dsdash::contract_suite {

namespace {

/// The operations that the endpoint serves, called by the account's user.
class LocalOperations final : public AwsApi {
  public:
    explicit LocalOperations(endpoint::CallContext context) : context_(std::move(context)) {}

    Result<json::object> call(std::string_view service, std::string_view operation,
                              const json::object& input) override {
        auto answer = endpoint::find_operation(*endpoint::find_service(service), operation)
                          ->run(context_, input);
        if (!answer) {
            answer.error().code =
                endpoint::to_wire_error(answer.error(), endpoint::Protocol::json).code;
        }
        return answer;
    }
    [[nodiscard]] const AccountId& account() const override { return context_.account.id(); }
    [[nodiscard]] const Region& region() const override { return context_.account.region(); }

  private:
    endpoint::CallContext context_;
};

class EmbeddedHome final : public Home {
  public:
    EmbeddedHome() {
        account().metric_table().create().value();
        account().hub_state().create().value();
    }

    MetricTable& metric_table() override { return account().metric_table(); }
    MetricTable& metric_table_losing_answers() override { return account().metric_table(); }
    HubState& hub_state() override { return account().hub_state(); }
    AwsApi& api() override { return api_; }
    [[nodiscard]] const aws::HubTableNames& tables() const override { return tables_; }
    [[nodiscard]] bool takes_any_item() const override { return false; }

  private:
    embedded::Account& account() { return *home_->find(id_); }
    [[nodiscard]] std::unique_ptr<embedded::Home> open_home() const {
        embedded::Home::create_account(
            folder_.path(),
            {"hub", id_, Region::parse("eu-west-1").value(), "http://127.0.0.1:8080"})
            .value();
        return embedded::Home::open(folder_.path(), clock_).value();
    }

    const AccountId id_ = AccountId::parse("111111111111").value();
    const aws::HubTableNames tables_;
    embedded::TemporaryFolder folder_;
    SystemClock clock_;
    RandomUuidSource uuids_;
    std::unique_ptr<embedded::Home> home_ = open_home();
    endpoint::HostedFunctions functions_{*home_, clock_, uuids_};
    embedded::DeliveryEngine engine_{*home_, functions_, clock_};
    LocalOperations api_{{*home_, account(), functions_, engine_, clock_,
                          fmt::format("arn:aws:iam::{}:root", id_.text())}};
};

}  // namespace

std::unique_ptr<Home> make_embedded_home() {
    return std::make_unique<EmbeddedHome>();
}

}  // namespace dsdash::contract_suite
