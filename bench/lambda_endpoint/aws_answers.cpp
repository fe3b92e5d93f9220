#include "aws_answers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

namespace dsdash::bench {

namespace {

constexpr std::string_view kPutEvents = "AWSEvents.PutEvents";
constexpr int kItemsInPage = 10;

std::vector<std::string> make_pages(std::string_view items, const json::object& item, int count) {
    std::vector<std::string> pages;
    for (int page = 1; page <= count; ++page) {
        json::object output{{items, json::array(kItemsInPage, item)}};
        if (page < count) {
            output["NextToken"] = std::to_string(page + 1);
        }
        pages.push_back(json::serialize(output));
    }
    return pages;
}

}  // namespace

AwsAnswers::AwsAnswers() {
    constexpr double kTime = 1'790'000'000.123;
    pages_["SageMaker.ListTrainingJobs"] = make_pages(
        "TrainingJobSummaries",
        {{"TrainingJobName", "churn-2026-09-21-12-00-00-123"},
         {"TrainingJobArn",
          "arn:aws:sagemaker:eu-west-1:222222222222:training-job/churn-2026-09-21-12-00-00-123"},
         {"CreationTime", kTime},
         {"TrainingEndTime", kTime + 300},
         {"LastModifiedTime", kTime + 300},
         {"TrainingJobStatus", "Completed"}},
        3);
    pages_["SageMaker.ListEndpoints"] =
        make_pages("Endpoints",
                   {{"EndpointName", "churn-prod"},
                    {"EndpointArn", "arn:aws:sagemaker:eu-west-1:222222222222:endpoint/churn-prod"},
                    {"CreationTime", kTime},
                    {"LastModifiedTime", kTime + 300},
                    {"EndpointStatus", "InService"}},
                   4);
}

std::string AwsAnswers::output(std::string_view target, const json::object& input) const {
    if (target == kPutEvents) {
        json::array entries;
        for (std::size_t i = 0; i < input.at("Entries").as_array().size(); ++i) {
            entries.emplace_back(
                json::object{{"EventId", fmt::format("11710aed-b79e-4468-a20b-{:012}", i)}});
        }
        return json::serialize(
            json::object{{"FailedEntryCount", 0}, {"Entries", std::move(entries)}});
    }
    const auto* token = input.if_contains("NextToken");
    const auto page = token == nullptr ? 1 : std::stoul(std::string(token->as_string()));
    return pages_.find(target)->second.at(page - 1);
}

AwsAnswers::Answer AwsAnswers::answer(const http::Request& request) const {
    const auto target = request.headers.find("X-Amz-Target").value_or("");
    const auto input = parse_json_object(request.body);
    if (!input || (target != kPutEvents && !pages_.contains(target))) {
        return {{400, {}, R"({"__type":"ValidationException","message":"unknown here"})"},
                fmt::format("{}, which is unknown here", target)};
    }
    std::set<std::string_view> given;
    for (const auto& field : *input) {
        given.emplace(field.key());
    }
    http::Response response{200, {}, output(target, *input)};
    response.headers.add("Content-Type", "application/x-amz-json-1.1");
    return {std::move(response), fmt::format("{}({})", target, fmt::join(given, ", "))};
}

}  // namespace dsdash::bench
