#include <fmt/format.h>

#include <stdexcept>
#include <thread>

#include "aws/dynamodb_hub_state.hpp"
#include "aws/dynamodb_metric_table.hpp"
#include "aws/http_aws_api.hpp"
#include "contract/home.hpp"
#include "services/uuid.hpp"

namespace dsdash::contract_suite {

namespace {

/// Carries out every call, and loses the answer to every fourth.
class LosingAnswers final : public AwsApi {
  public:
    explicit LosingAnswers(AwsApi& api) : api_(api) {}

    Result<json::object> call(std::string_view service, std::string_view operation,
                              const json::object& input) override {
        auto answer = api_.call(service, operation, input);
        if (++calls_ % 4 == 0) return fail(ErrorKind::timed_out, "the answer was lost");
        return answer;
    }
    [[nodiscard]] const AccountId& account() const override { return api_.account(); }
    [[nodiscard]] const Region& region() const override { return api_.region(); }

  private:
    AwsApi& api_;
    int calls_ = 0;
};

json::object table_input(std::string_view name, std::string_view hash, std::string_view range) {
    const auto key = [](std::string_view attribute, std::string_view type) {
        return json::object{{"AttributeName", attribute}, {"KeyType", type}};
    };
    const auto text = [](std::string_view attribute) {
        return json::object{{"AttributeName", attribute}, {"AttributeType", "S"}};
    };
    return {{"TableName", name},
            {"BillingMode", "PAY_PER_REQUEST"},
            {"KeySchema", json::array{key(hash, "HASH"), key(range, "RANGE")}},
            {"AttributeDefinitions", json::array{text(hash), text(range)}}};
}

class RemoteHome final : public Home {
  public:
    RemoteHome() {
        create(table_input(tables_.records, "MetricName", "ExtractionDate"));
        create(table_input(tables_.state, "StateKey", "SortKey"));
    }
    ~RemoteHome() override {
        for (const auto& name : {tables_.records, tables_.state}) {
            (void)api_->call("dynamodb", "DeleteTable", {{"TableName", name}});
        }
    }
    RemoteHome(const RemoteHome&) = delete;
    RemoteHome& operator=(const RemoteHome&) = delete;

    MetricTable& metric_table() override { return metric_table_; }
    MetricTable& metric_table_losing_answers() override { return losing_metric_table_; }
    HubState& hub_state() override { return hub_state_; }
    AwsApi& api() override { return *api_; }
    [[nodiscard]] const aws::HubTableNames& tables() const override { return tables_; }
    [[nodiscard]] bool takes_any_item() const override { return true; }

  private:
    std::unique_ptr<aws::HttpAwsApi> connect() const {
        auto config = aws::load_client_config({}, aws::process_environment());
        if (!config) throw std::runtime_error(config.error().message);
        auto api = aws::HttpAwsApi::connect(*std::move(config), aws::real_surroundings(clock_));
        if (!api) throw std::runtime_error(api.error().message);
        return *std::move(api);
    }

    void create(const json::object& table) {
        const auto created = api_->call("dynamodb", "CreateTable", table);
        if (!created) throw std::runtime_error(created.error().message);
        while (!is_active(table.at("TableName").as_string())) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }
    bool is_active(std::string_view name) {
        const auto described = api_->call("dynamodb", "DescribeTable", {{"TableName", name}});
        return described && described->at("Table").at("TableStatus") == "ACTIVE";
    }

    SystemClock clock_;
    std::unique_ptr<aws::HttpAwsApi> api_ = connect();
    const std::string run_ = RandomUuidSource().next();
    const aws::HubTableNames tables_{fmt::format("ds-dashboard-contract-records-{}", run_),
                                     fmt::format("ds-dashboard-contract-state-{}", run_)};
    LosingAnswers losing_{*api_};
    aws::DynamoDbMetricTable metric_table_{*api_, tables_};
    aws::DynamoDbMetricTable losing_metric_table_{losing_, tables_};
    aws::DynamoDbHubState hub_state_{*api_, tables_};
};

}  // namespace

std::unique_ptr<Home> make_remote_home() {
    return std::make_unique<RemoteHome>();
}

}  // namespace dsdash::contract_suite
