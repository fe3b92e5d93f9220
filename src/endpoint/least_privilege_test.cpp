#include <gmock/gmock.h>

#include "endpoint/testing/hosted_fixture.hpp"
#include "metrics/catalogue.hpp"

// Each function runs through everything it can do, once with its whole policy and once without each
// action and each resource in it. With the whole policy all goes well; without any part something
// must fail, or the part should not be there.
namespace dsdash::endpoint {
namespace {

using Statement = std::pair<std::vector<std::string>, std::vector<std::string>>;

std::vector<std::string> strings(const json::value& array) {
    return json::value_to<std::vector<std::string>>(array);
}

std::vector<Statement> statements_of(const embedded::FunctionRecord& function) {
    std::vector<Statement> statements;
    const auto policy = object_of(function.role_policy);
    for (const auto& statement : policy.at("Statement").as_array()) {
        statements.emplace_back(strings(statement.at("Action")), strings(statement.at("Resource")));
    }
    return statements;
}

std::string to_policy(const std::vector<Statement>& statements) {
    json::array rendered;
    for (const auto& [actions, resources] : statements) {
        if (actions.empty() || resources.empty()) continue;
        rendered.emplace_back(json::object{{"Effect", "Allow"},
                                           {"Action", json::value_from(actions)},
                                           {"Resource", json::value_from(resources)}});
    }
    return json::serialize(json::object{{"Version", "2012-10-17"}, {"Statement", rendered}});
}

struct Reduced {
    std::string without;
    std::string policy;
};

/// What Lambda itself does as the function's role is not done here.
bool is_lambdas(const Statement& statement) {
    const auto& action = statement.first.front();
    return action.starts_with("logs:") || action.starts_with("sqs:");
}

/// The policy without each of its actions and without each of its resources.
std::vector<Reduced> reductions(const embedded::FunctionRecord& function) {
    std::vector<Reduced> reduced;
    const auto whole = statements_of(function);
    for (std::size_t s = 0; s < whole.size(); ++s) {
        if (is_lambdas(whole[s])) continue;
        for (const auto& action : whole[s].first) {
            auto less = whole;
            std::erase(less[s].first, action);
            reduced.push_back({action, to_policy(less)});
        }
        for (const auto& resource : whole[s].second) {
            auto less = whole;
            std::erase(less[s].second, resource);
            reduced.push_back({resource, to_policy(less)});
        }
    }
    return reduced;
}

class LeastPrivilege : public HostedFixture {
  protected:
    /// `scenario` answers what went wrong; nothing when all went well.
    void expect_minimal(embedded::Account& account, std::string_view name,
                        const std::function<std::string()>& scenario) {
        const auto function = account.functions().find(name).value().value();
        EXPECT_EQ(scenario(), "") << "with the whole policy";
        for (const auto& reduced : reductions(function)) {
            auto weaker = function;
            weaker.role_policy = reduced.policy;
            ASSERT_TRUE(account.functions().put(weaker));
            EXPECT_NE(scenario(), "") << "without " << reduced.without;
            // What failed left nothing behind that would make the next one fail.
            ASSERT_TRUE(account.functions().put(function));
            ASSERT_EQ(scenario(), "") << "after it was without " << reduced.without;
        }
    }
    /// Puts an event into the hub's archive; why it did not end as it should.
    std::string archive(std::string_view source, std::string_view detail_type,
                        std::string_view detail, std::string_view sender,
                        std::string_view outcome) {
        const Event event{uuids_.next(),
                          std::string(source),
                          std::string(detail_type),
                          AccountId::parse(sender).value(),
                          Region::parse("eu-west-1").value(),
                          clock_.now(),
                          {},
                          std::string(detail)};
        const auto answer = invoke(hub(), contract::kArchiveFunction, event.to_json());
        if (!answer) return answer.error().message;
        return answer->at("Outcome").as_string() == outcome ? "" : json::serialize(*answer);
    }
    /// Connects the hub with two spokes, then with one, then with none; why it did not go well.
    std::string connect_and_disconnect() {
        put_parameter(hub(), "/monitored_projects/Project1/dev", "222222222222");
        put_parameter(hub(), "/monitored_projects/Project1/prod", "333333333333");
        auto failures = connect(hub(), "EBPut") + connect(hub(), "EBRule");
        EXPECT_TRUE(
            call(hub(), "ssm", "DeleteParameter", {{"Name", "/monitored_projects/Project1/prod"}}));
        return failures + connect(hub(), "EBPut") + connect(hub(), "EBRule") +
               connect(hub(), "Disconnect");
    }
    /// Somebody else's statement takes so much of the policy that the spokes do not fit into it one
    /// by one, but as an organization; why that did not go well.
    std::string connect_in_a_full_policy() {
        constexpr int kTheirs = 270;
        constexpr int kOurs = 40;
        EXPECT_TRUE(call(hub(), "events", "PutPermission", {{"Policy", policy_of(kTheirs)}}));
        const auto name = [](int i) { return fmt::format("/monitored_projects/Many/{}", i); };
        for (int i = 0; i < kOurs; ++i) {
            put_parameter(hub(), name(i), fmt::format("{}", 600'000'000'000 + i));
        }
        auto failures = connect(hub(), "EBPut") + connect(hub(), "Disconnect");
        EXPECT_TRUE(call(hub(), "events", "RemovePermission", {{"RemoveAllPermissions", true}}));
        for (int i = 0; i < kOurs; ++i) {
            EXPECT_TRUE(call(hub(), "ssm", "DeleteParameter", {{"Name", name(i)}}));
        }
        return failures;
    }
    /// A bus policy that allows so many accounts.
    std::string policy_of(int accounts) {
        json::array principals;
        for (int i = 0; i < accounts; ++i) {
            principals.emplace_back(fmt::format("arn:aws:iam::{}:root", 500'000'000'000 + i));
        }
        const json::object statement{
            {"Sid", "theirs"},
            {"Effect", "Allow"},
            {"Principal", {{"AWS", principals}}},
            {"Action", "events:PutEvents"},
            {"Resource", event_bus_arn(hub().region(), hub().id(), contract::kDefaultBus)}};
        return json::serialize(
            json::object{{"Version", "2012-10-17"}, {"Statement", json::array{statement}}});
    }
    std::string metric_detail() {
        clock_.advance(std::chrono::seconds(1));
        return fmt::format(R"({{"MetricName":"M","MetricValue":1,"ExtractionDate":"{}",)"
                           R"("Environment":"dev","ProjectName":"Project1"}})",
                           format_extraction_date(clock_.now()));
    }
};

TEST_F(LeastPrivilege, OfTheConnection) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    for (auto* spoke : {&dev(), &prod()}) {
        ASSERT_TRUE(deploy(*spoke, "spoke", kSpokeContext));
        put_parameter(*spoke, "/monitors/TestHub", "111111111111");
        ASSERT_EQ(connect(*spoke, "EBPut"), "");
    }
    put_parameter(hub(), "/monitors/Other", "222222222222");
    put_parameter(hub(), "/ds-dashboard/organization_id", std::string(embedded::kOrganizationId));
    expect_minimal(hub(), contract::kConnectionFunction,
                   [&] { return connect_and_disconnect() + connect_in_a_full_policy(); });
}

TEST_F(LeastPrivilege, OfTheRefresh) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    expect_minimal(hub(), contract::kRefreshFunction, [&]() -> std::string {
        const auto answer = invoke(hub(), contract::kRefreshFunction, "{}");
        return answer ? "" : answer.error().message;
    });
}

TEST_F(LeastPrivilege, OfTheArchive) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    put_parameter(hub(), "/monitored_projects/Project1/dev", "222222222222");
    expect_minimal(hub(), contract::kArchiveFunction, [&] {
        return archive("metric_extractor", "metric_extractor", metric_detail(), "222222222222",
                       "stored") +
               archive("metric_extractor", "metric_extractor", metric_detail(), "333333333333",
                       "quarantined") +
               archive("ds-dashboard", "extraction_report",
                       R"({"ProjectName":"Project1","Environment":"dev"})", "222222222222",
                       "report_kept");
    });
}

TEST_F(LeastPrivilege, OfTheExtractionWithEveryMetricThereIs) {
    json::object values = kSpokeContext;
    std::string names;
    for (const auto& metric : metrics::catalogue()) {
        names += (names.empty() ? "" : ",") + metric->name();
        for (const auto& setting : metric->settings()) values[setting.name] = "/test/setting";
    }
    values["metrics"] = names;
    ASSERT_TRUE(deploy(dev(), "spoke", values));
    put_parameter(dev(), "/test/setting", "0.5");
    expect_minimal(dev(), contract::kExtractionFunction, [&]() -> std::string {
        const auto answer = invoke(dev(), contract::kExtractionFunction, "{}");
        if (!answer) return answer.error().message;
        const auto& failures = answer->at("Failures").as_array();
        return failures.empty() ? "" : json::serialize(failures);
    });
}

}  // namespace
}  // namespace dsdash::endpoint
