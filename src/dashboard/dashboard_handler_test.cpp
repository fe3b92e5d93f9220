#include "dashboard/dashboard_handler.hpp"

#include <zlib.h>

#include <stdexcept>

#include "dashboard/asset.hpp"
#include "dashboard/testing/dashboard_fixture.hpp"

namespace dsdash::dashboard {
namespace {

using Dashboard = DashboardTest;

std::string unzip(std::string_view compressed) {
    std::string text(1'000'000, '\0');
    std::string in(compressed);
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    text.resize(stream.total_out);
    inflateEnd(&stream);
    return text;
}

TEST_F(Dashboard, ServesThePageAndEveryAssetItNames) {
    const auto page = get("/");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.headers.find("Content-Type"), "text/html; charset=utf-8");
    for (const char* asset :
         {"/assets/theme.js", "/assets/page.js", "/assets/page.css", "/assets/icon.svg"}) {
        EXPECT_NE(page.body.find(asset), std::string::npos) << asset;
        EXPECT_EQ(get(asset).status, 200) << asset;
    }
}

TEST_F(Dashboard, StaysBelow150KilobytesCompressed) {
    std::size_t bytes = 0;
    for (const Asset& asset : assets()) bytes += asset.gzip.size();
    EXPECT_LT(bytes, 150'000U);
}

TEST_F(Dashboard, SendsAssetsCompressedToWhoTakesThat) {
    auto wanting_gzip = request("GET", "/assets/page.js");
    wanting_gzip.headers.add("Accept-Encoding", "gzip, deflate, br");
    const auto compressed = send(wanting_gzip);
    EXPECT_EQ(compressed.headers.find("Content-Encoding"), "gzip");
    EXPECT_EQ(compressed.body.substr(0, 2), "\x1f\x8b");
    EXPECT_EQ(compressed.headers.find("Vary"), "Accept-Encoding");
    EXPECT_EQ(get("/assets/page.js").headers.find("Content-Encoding"), std::nullopt);
}

TEST_F(Dashboard, SendsAnswersCompressedToWhoTakesThat) {
    auto& table = hubs_.hub("111111111111").metrics;
    for (int i = 0; i < 100; ++i) {
        MetricRecord record;
        record.series = {"Metric" + std::to_string(i), "churn", "dev", "222222222222"};
        table.put({&record, 1});
    }
    const auto plain = get("/api/v1/latest?hub=111111111111");
    auto wanting_gzip = request("GET", "/api/v1/latest?hub=111111111111");
    wanting_gzip.headers.add("Accept-Encoding", "gzip");
    const auto compressed = send(wanting_gzip);
    EXPECT_EQ(compressed.headers.find("Content-Encoding"), "gzip");
    EXPECT_EQ(compressed.headers.find("Vary"), "Accept-Encoding");
    EXPECT_LT(compressed.body.size(), plain.body.size() / 5);
    EXPECT_EQ(unzip(compressed.body), plain.body);
    // One tag for both: so it is a weak one, and caches are told to keep them apart.
    EXPECT_EQ(compressed.headers.find("ETag"), plain.headers.find("ETag"));
    EXPECT_TRUE(plain.headers.find("ETag")->starts_with("W/"));
    EXPECT_EQ(plain.headers.find("Vary"), "Accept-Encoding");

    wanting_gzip.headers.add("If-None-Match", std::string(*compressed.headers.find("ETag")));
    const auto unchanged = send(wanting_gzip);
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_EQ(unchanged.headers.find("Vary"), "Accept-Encoding");
    auto small = request("GET", "/healthz");
    small.headers.add("Accept-Encoding", "gzip");
    EXPECT_EQ(send(small).headers.find("Content-Encoding"), std::nullopt);
}

TEST_F(Dashboard, CompressesNothingForWhoRefusesThat) {
    for (const auto* refusal : {"gzip;q=0", "br, gzip; q=0.0", "identity", "x-gzip", ""}) {
        auto asked = request("GET", "/assets/page.js");
        asked.headers.add("Accept-Encoding", refusal);
        EXPECT_EQ(send(asked).headers.find("Content-Encoding"), std::nullopt) << refusal;
    }
    for (const auto* wish : {"gzip;q=0.5", "br;q=0, GZIP", "deflate,gzip ; q=1"}) {
        auto asked = request("GET", "/assets/page.js");
        asked.headers.add("Accept-Encoding", wish);
        EXPECT_EQ(send(asked).headers.find("Content-Encoding"), "gzip") << wish;
    }
}

TEST_F(Dashboard, TellsOfChangesOfAHubThatIsThere) {
    hubs_.hub("111111111111");
    const auto events = get("/api/v1/events?hub=111111111111");
    EXPECT_EQ(events.status, 200);
    EXPECT_EQ(events.headers.find("Content-Type"), "text/event-stream");
    EXPECT_EQ(events.headers.find("ETag"), std::nullopt);
    EXPECT_TRUE(events.body.starts_with("retry: "));
    EXPECT_TRUE(events.stream);
    EXPECT_EQ(problem_detail(get("/api/v1/events"), 400), "parameter hub: missing");
    EXPECT_EQ(get("/api/v1/events?hub=999999999999").status, 404);
}

TEST_F(Dashboard, RefersToNoOtherHost) {
    for (const Asset& asset : assets()) {
        if (asset.path == "/assets/icon.svg") continue;  // names its XML namespace
        EXPECT_EQ(asset.content.find("http://"), std::string_view::npos) << asset.path;
        EXPECT_EQ(asset.content.find("url("), std::string_view::npos) << asset.path;
    }
}

TEST_F(Dashboard, SendsTheStrictPolicyWithEveryAnswer) {
    for (const char* target : {"/", "/api/v1/hubs", "/api/v1/latest", "/nothing"}) {
        const auto response = get(target);
        const auto policy = response.headers.find("Content-Security-Policy").value_or("");
        EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self';")) << target;
        EXPECT_EQ(policy.find("unsafe"), std::string_view::npos) << target;
        EXPECT_EQ(response.headers.find("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(response.headers.find("Referrer-Policy"), "no-referrer");
        EXPECT_EQ(response.headers.find("Access-Control-Allow-Origin"), std::nullopt);
    }
}

TEST_F(Dashboard, ListsTheHubsAndNamesTheFolder) {
    hubs_.hub("444444444444", "other");
    hubs_.hub("111111111111", "hub");
    EXPECT_EQ(read_json(get("/api/v1/hubs").body), read_json(R"({"hubs": [
        {"account_id": "111111111111", "name": "hub", "region": "eu-west-1"},
        {"account_id": "444444444444", "name": "other", "region": "eu-west-1"}],
        "data_folder": "/srv/dash", "role": "operator"})"));
    EXPECT_EQ(problem_detail(get("/api/v1/hubs?hub=1"), 400),
              "parameter hub: unknown; none is taken here");
}

TEST_F(Dashboard, SaysThatItIsHealthy) {
    EXPECT_EQ(get("/healthz").body, R"({"status":"ok"})");
}

TEST_F(Dashboard, RefusesEveryMethodButGetAndHead) {
    for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", ""}) {
        auto own = request(method, "/api/v1/hubs");
        own.headers.add("Origin", "http://127.0.0.1:8080");
        const auto response = send(own);
        EXPECT_EQ(problem_detail(response, 405), "this takes GET, HEAD only");
        EXPECT_EQ(response.headers.find("Allow"), "GET, HEAD");
    }
    EXPECT_EQ(send(request("HEAD", "/")).status, 200);
}

TEST_F(Dashboard, RefusesANameThatIsNotThisMachines) {
    auto rebound = request("GET", "/");
    rebound.headers.add("Host", "rebound.example.com:8080");
    EXPECT_EQ(problem_detail(send(rebound), 421),
              "the Host header must be localhost, 127.0.0.1 or [::1]");
    EXPECT_EQ(problem_detail(handler_.handle(request("GET", "/")), 421),
              "the Host header must be localhost, 127.0.0.1 or [::1]");
}

TEST_F(Dashboard, HasNothingBesideItsOwnAddresses) {
    for (const char* target :
         {"/index.html", "/assets/", "/assets/../page.js", "/assets/%70age.js", "//", "/api/v1/",
          "/api/v1/hubs/", "/api/v2/hubs", "/../etc/passwd", "*", "", "?", "http://127.0.0.1/"}) {
        EXPECT_EQ(get(target).status, 404) << target;
    }
}

TEST_F(Dashboard, ShowsOnlyThePageToWhoIsNotAdmitted) {
    FixedGate nobody;
    DashboardHandler handler(hubs_, clock_, "home", nobody);
    for (const char* target :
         {"/api/v1/hubs", "/api/v1/latest", "/api/v1/history?hub=1", "/api/v1/nothing", "/api/v2",
          "/metrics", "/nothing", "//api/v1/hubs", "/assets/../api/v1/hubs"}) {
        EXPECT_EQ(problem_detail(handler.handle(request("GET", target)), 401), "sign in first");
        EXPECT_EQ(handler.handle(request("POST", target)).status, 401);
    }
    for (const char* target : {"/", "/assets/page.js", "/assets/page.css", "/healthz"}) {
        EXPECT_EQ(handler.handle(request("GET", target)).status, 200) << target;
        EXPECT_EQ(handler.handle(request("POST", target)).status, 405) << target;
    }
}

class BrokenHubs final : public HubDirectory {
  public:
    Result<std::vector<HubSummary>> hubs() override { throw std::logic_error("a bug"); }
    Result<Hub> find(const AccountId&) override { throw std::logic_error("a bug"); }
    Result<std::vector<functions::Registration>> registrations(const AccountId&) override {
        throw std::logic_error("a bug");
    }
    Result<std::vector<DeadLetter>> dead_letters(const AccountId&) override {
        throw std::logic_error("a bug");
    }
    Result<doctor::Findings> examine(const AccountId&) override { throw std::logic_error("a bug"); }
    Result<Fetch> ask_for_new_data(const AccountId&) override { throw std::logic_error("a bug"); }
};

TEST_F(Dashboard, AnswersThatItIsBroken) {
    BrokenHubs hubs;
    auto list = request("GET", "/api/v1/hubs");
    list.headers.add("Host", "localhost");
    EXPECT_EQ(problem_detail(DashboardHandler(hubs, clock_, "home", gate_).handle(list), 500),
              "a bug");
}

}  // namespace
}  // namespace dsdash::dashboard
