#include "dashboard/testing/dashboard_fixture.hpp"

namespace dsdash::dashboard {
namespace {

constexpr const char* kHub = "111111111111";

class RefreshResource : public DashboardTest {
  protected:
    RefreshResource() {
        hub_.next_fetch = {
            .fetch_id = "f-1",
            .date = clock_.now(),
            .spokes = {{"222222222222", "churn", "dev"}, {"333333333333", "churn", "prod"}}};
    }
    static http::Request post(std::string body, std::string origin = "http://127.0.0.1:8080") {
        auto made = request("POST", "/api/v1/refresh");
        made.headers.add("Origin", std::move(origin));
        made.headers.add("Content-Type", "application/json");
        made.body = std::move(body);
        return made;
    }
    json::object progress() {
        return parse_json_object(get(std::string("/api/v1/refresh?fetch_id=f-1&hub=") + kHub).body)
            .value();
    }

    FakeHubs::Tables& hub_ = hubs_.hub(kHub);
};

TEST_F(RefreshResource, AsksTheSpokesAndTellsWhoIsAsked) {
    const auto response = send(post(R"({"hub":"111111111111"})"));
    EXPECT_EQ(response.status, 202);
    EXPECT_EQ(hub_.fetches, 1);
    EXPECT_EQ(read_json(response.body), read_json(R"({
        "fetch_id": "f-1", "date": "2026-11-23 12:00:00.000000",
        "spokes": [
            {"account_id": "222222222222", "project_name": "churn", "environment": "dev"},
            {"account_id": "333333333333", "project_name": "churn", "environment": "prod"}]})"));
}

TEST_F(RefreshResource, TellsWhoHasAnsweredAndWhoWasSlowest) {
    send(post(R"({"hub":"111111111111"})"));
    EXPECT_EQ(progress().at("answered"), 0);
    EXPECT_EQ(progress().at("spokes"), 2);
    EXPECT_TRUE(progress().at("slowest").is_null());

    ASSERT_TRUE(hub_.state.put_report({.account_id = "333333333333",
                                       .project_name = "churn",
                                       .environment = "prod",
                                       .fetch_id = "f-1",
                                       .time = clock_.now() + std::chrono::milliseconds(1500),
                                       .metrics = {},
                                       .failures = {},
                                       .duration_ms = 3}));
    EXPECT_EQ(json::value(progress()), read_json(R"({
        "fetch_id": "f-1", "date": "2026-11-23 12:00:00.000000", "spokes": 2, "answered": 1,
        "waiting_for": [
            {"account_id": "222222222222", "project_name": "churn", "environment": "dev"}],
        "slowest": {"account_id": "333333333333", "project_name": "churn", "environment": "prod",
                    "seconds": 1.5},
        "complete": false})"));
}

TEST_F(RefreshResource, KnowsTheLastFetchOnly) {
    const std::string target = std::string("/api/v1/refresh?hub=") + kHub;
    EXPECT_EQ(get(target).status, 404);
    send(post(R"({"hub":"111111111111"})"));
    EXPECT_EQ(get(target).status, 200);
    EXPECT_EQ(problem_detail(get(target + "&fetch_id=f-0"), 404),
              "that is not the fetch that was asked for last through this server");
}

TEST_F(RefreshResource, RefusesWhatNoPageOfOursSends) {
    EXPECT_EQ(send(post(R"({"hub":"111111111111"})", "http://evil.example")).status, 403);

    auto form = request("POST", "/api/v1/refresh");
    form.headers.add("Origin", "http://127.0.0.1:8080");
    form.headers.add("Content-Type", "text/plain");
    form.body = R"({"hub":"111111111111"})";
    EXPECT_EQ(problem_detail(send(form), 415), "Content-Type must be application/json");
    EXPECT_EQ(hub_.fetches, 0);
}

TEST_F(RefreshResource, NamesWhatIsWrongWithTheBody) {
    EXPECT_EQ(problem_detail(send(post("{}")), 400), "hub: must be the 12 digits of an account id");
    EXPECT_EQ(problem_detail(send(post(R"({"hub":"1"})")), 400),
              "hub: must be the 12 digits of an account id");
    EXPECT_EQ(send(post(R"({"hub":1})")).status, 400);
    EXPECT_EQ(send(post("[]")).status, 400);
    EXPECT_EQ(send(post("{")).status, 400);
    EXPECT_EQ(send(post(R"({"hub":"999999999999"})")).status, 404);
    EXPECT_EQ(hub_.fetches, 0);
}

TEST_F(RefreshResource, IsForOperatorsOnly) {
    EXPECT_EQ(problem_detail(send_limited_to({"churn"}, post(R"({"hub":"111111111111"})")), 403),
              "only an operator may ask the spokes for new data");
    EXPECT_EQ(hub_.fetches, 0);
}

TEST_F(RefreshResource, CountsOnlySpokesThatMayBeSeen) {
    hub_.next_fetch.spokes = {{"222222222222", "fraud", "dev"},
                              {"222222222222", "churn", "dev"},
                              {"333333333333", "fraud", "prod"}};
    FixedGate gate;
    gate.access = Access{Role::fleet_operator, "ann", {{"churn"}}};
    DashboardHandler handler(hubs_, clock_, "/srv/dash", gate);
    EXPECT_EQ(handler.handle(post(R"({"hub":"111111111111"})")).status, 202);
    const auto seen = handler.handle(request("GET", "/api/v1/refresh?hub=111111111111"));
    EXPECT_EQ(read_json(seen.body), read_json(R"({
        "fetch_id": "f-1", "date": "2026-11-23 12:00:00.000000", "spokes": 1, "answered": 0,
        "waiting_for": [
            {"account_id": "222222222222", "project_name": "churn", "environment": "dev"}],
        "slowest": null, "complete": false})"));
}

TEST_F(RefreshResource, TakesNoOtherMethod) {
    auto unknown = post("{}");
    unknown.method = "DELETE";
    const auto refused = send(unknown);
    EXPECT_EQ(problem_detail(refused, 405), "this takes GET, HEAD, POST only");
    EXPECT_EQ(refused.headers.find("Allow"), "GET, HEAD, POST");
}

}  // namespace
}  // namespace dsdash::dashboard
