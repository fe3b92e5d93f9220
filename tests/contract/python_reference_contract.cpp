#include <boost/algorithm/string/replace.hpp>
#include <fstream>
#include <iterator>
#include <map>

#include "contract/contract_fixture.hpp"
#include "functions/archive.hpp"
#include "items/record_item.hpp"
#include "services/testing/fake_services.hpp"

namespace dsdash::contract_suite {
namespace {

using functions::Archived;
using Outcome = Archived::Outcome;
using ::testing::SizeIs;

/// tests/data/python_reference.json: what the Python reference's own functions put, recorded: the
/// events of three extractions and a fetch by its spoke, and the rows that its archive made of
/// them. One metric answers with text: "12", "0.50", "Alice".
class PythonReferenceContract : public Contract {
  protected:
    PythonReferenceContract() {
        parameters_.parameters["/monitored_projects/" + own("Project1") + "/dev"] = "222222222222";
    }

    [[nodiscard]] std::vector<Event> events() const {
        std::vector<Event> events;
        const auto text = member("events");
        JsonElements elements(text);
        while (const auto element = elements.next()) {
            events.push_back(Event::from_json(*element).value());
        }
        return events;
    }

    /// Puts the rows that the table takes, as they are; how many.
    std::size_t put_rows() {
        std::size_t count = 0;
        const auto rows = parse_json(member("rows")).value();
        for (const auto& row : rows.as_array()) {
            const bool is_text =
                items::find_content(row.as_object(), "MetricValue", "S") != nullptr;
            if (is_text && !home().takes_any_item()) continue;
            const auto put = home().api().call(
                "dynamodb", "PutItem", {{"TableName", home().tables().records}, {"Item", row}});
            EXPECT_TRUE(put) << put.error().message;
            ++count;
        }
        return count;
    }

    std::map<Outcome, int> archive(const std::vector<Event>& events) {
        functions::Services services{home().api(),       parameters_, bus_,   home().metric_table(),
                                     home().hub_state(), clock_,      uuids_, environment_,
                                     TimePoint::max()};
        std::map<Outcome, int> outcomes;
        for (const auto& archived : functions::Archive(services).store(events)) {
            EXPECT_TRUE(archived) << archived.error().message;
            if (archived) ++outcomes[archived->outcome];
        }
        return outcomes;
    }

    [[nodiscard]] SeriesKey series(std::string_view metric, std::string_view account) const {
        return {own(metric), own("Project1"), "dev", std::string(account)};
    }

    std::size_t count_rows() {
        std::size_t count = 0;
        for (const auto* metric : kMetrics) {
            EXPECT_TRUE(for_each_item(
                home().api(), "dynamodb", "Query",
                {{"TableName", home().tables().records},
                 {"KeyConditionExpression", "MetricName = :metric"},
                 {"ExpressionAttributeValues", {{":metric", items::string_value(own(metric))}}}},
                kItemPaging, [&](const items::Item&) -> Result<void> {
                    ++count;
                    return {};
                }));
        }
        return count;
    }

  private:
    static constexpr std::array kMetrics{"TotalCompletedTrainingJobs", "NumberEndPointsInService",
                                         "CompletedTrainingJobs24h", "SSMParamStoreValueMyName"};

    /// The text of one of the file's two arrays, with this test's own names in it.
    [[nodiscard]] std::string member(std::string_view name) const {
        std::ifstream in(DSDASH_TEST_DATA "/python_reference.json");
        std::string text(std::istreambuf_iterator<char>(in), {});
        for (const auto* metric : kMetrics) {
            boost::replace_all(text, fmt::format("\"{}\"", metric),
                               fmt::format("\"{}\"", own(metric)));
        }
        boost::replace_all(text, "\"Project1\"", fmt::format("\"{}\"", own("Project1")));
        JsonMembers members(text);
        while (const auto found = members.next()) {
            if (json_string_equals(found->key, name)) return std::string(found->value);
        }
        ADD_FAILURE() << "python_reference.json cannot be read";
        return "[]";
    }

    FakeParameterStore parameters_;
    FakeEventBus bus_;
    FakeClock clock_;
    RandomUuidSource uuids_;
    functions::Environment environment_;
};

TEST_F(PythonReferenceContract, EventsAreStoredButTextIsQuarantined) {
    EXPECT_EQ(archive(events()),
              (std::map<Outcome, int>{
                  {Outcome::stored, 11}, {Outcome::quarantined, 1}, {Outcome::ignored, 1}}));
    EXPECT_EQ(count_rows(), 11U);
    const auto points = history(series("SSMParamStoreValueMyName", "222222222222"), 10,
                                "2026-11-25 00:00:00", "2026-11-26 00:00:00");
    ASSERT_THAT(points, SizeIs(2));
    EXPECT_EQ(points[0].last, 12);
    EXPECT_EQ(points[1].last, 0.5);
}

TEST_F(PythonReferenceContract, EventsAreItemsThatTheReferenceWouldHaveWritten) {
    ASSERT_GT(put_rows(), 0U);
    const auto one = parse_metric_event(events().front()).value();
    auto item = items::to_item(one);
    for (const auto* ours : {"AccountId", "EventId"}) item.erase(ours);
    const auto page = home().api().call(
        "dynamodb", "Query",
        {{"TableName", home().tables().records},
         {"KeyConditionExpression", "MetricName = :metric AND ExtractionDate = :date"},
         {"ExpressionAttributeValues",
          {{":metric", item.at("MetricName")}, {":date", item.at("ExtractionDate")}}}});
    ASSERT_TRUE(page) << page.error().message;
    ASSERT_THAT(page->at("Items").as_array(), SizeIs(1));
    EXPECT_EQ(page->at("Items").at(0), item);
}

TEST_F(PythonReferenceContract, RowsAreASeriesWithoutAccount) {
    put_rows();
    const auto points = [this](std::string_view metric, std::string_view account) {
        return history(series(metric, account), 10, "2026-11-25 00:00:00", "2026-11-26 00:00:00");
    };
    EXPECT_THAT(points("TotalCompletedTrainingJobs", ""), SizeIs(3));
    EXPECT_THAT(points("TotalCompletedTrainingJobs", "222222222222"), SizeIs(0));
    // "12" and "0.50"; "Alice" cannot be drawn.
    EXPECT_THAT(points("SSMParamStoreValueMyName", ""), SizeIs(home().takes_any_item() ? 2 : 0));
}

TEST_F(PythonReferenceContract, EventsWhoseRowsAreThereAreNotStoredAgain) {
    const auto rows = put_rows();
    const auto outcomes = archive(events());
    EXPECT_EQ(outcomes.at(Outcome::duplicate), home().takes_any_item() ? 11 : 9);
    EXPECT_EQ(outcomes.at(Outcome::quarantined), 1);
    EXPECT_EQ(count_rows(), home().takes_any_item() ? rows : 11U);
}

TEST_F(PythonReferenceContract, RecordsOfOursStandBesideItsRows) {
    const auto rows = put_rows();
    auto event = events().front();
    event.id = RandomUuidSource().next();
    boost::replace_all(event.detail, "2026-11-25", "2026-11-26");
    boost::replace_all(event.detail, ": 3,", ": 0.25,");
    EXPECT_EQ(archive({event}), (std::map<Outcome, int>{{Outcome::stored, 1}}));
    EXPECT_EQ(count_rows(), rows + 1);
    const auto all = home().metric_table().latest().value();
    const auto newest = std::ranges::find(all, series("TotalCompletedTrainingJobs", "222222222222"),
                                          &MetricRecord::series);
    ASSERT_NE(newest, all.end());
    EXPECT_EQ(newest->value.to_string(), "0.25");
}

}  // namespace
}  // namespace dsdash::contract_suite
