#include "cli/client/answer_fields.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string status;
};

Result<int> list_jobs(const Options& options, AwsApi& api, Session& session) {
    json::object input{
        {"MaxResults", 100}, {"SortBy", "CreationTime"}, {"SortOrder", "Descending"}};
    if (!options.status.empty()) {
        input["StatusEquals"] = options.status;
    }
    Table table(
        {{"TrainingJobName"}, {"TrainingJobStatus"}, {"CreationTime"}, {"TrainingEndTime"}});
    const auto listed = for_each_item(
        api, "sagemaker", "ListTrainingJobs", std::move(input), {.items = "TrainingJobSummaries"},
        [&](const json::object& job) -> Result<void> {
            table.add_row({text_at(job, "TrainingJobName"), text_at(job, "TrainingJobStatus"),
                           time_at(job, "CreationTime"), time_at(job, "TrainingEndTime")});
            return {};
        });
    if (!listed) {
        return std::unexpected(listed.error());
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_job_list(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("list", "List an account's training jobs, newest first");
    const auto options = on_run(*command, session, list_jobs);
    command->add_option("--status", options->status, "those in this state only")
        ->check(CLI::IsMember({"InProgress", "Completed", "Failed", "Stopped"}));
    add_output_option(*command, session);
    add_examples(*command, {"dsdash job list --account churn-dev",
                            "dsdash job list --account churn-dev --status Failed --output json"});
}

}  // namespace dsdash::cli
