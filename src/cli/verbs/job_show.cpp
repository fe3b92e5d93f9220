#include "cli/client/answer_fields.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string name;
};

Result<int> show_job(const Options& options, AwsApi& api, Session& session) {
    const auto job =
        api.call("sagemaker", "DescribeTrainingJob", {{"TrainingJobName", options.name}});
    if (!job) {
        return std::unexpected(job.error());
    }
    Table table({{"Field"}, {"Value"}});
    for (const auto* field : {"TrainingJobName", "TrainingJobStatus", "FailureReason"}) {
        table.add_row({field, text_at(*job, field)});
    }
    for (const auto* field : {"CreationTime", "LastModifiedTime", "TrainingEndTime"}) {
        table.add_row({field, time_at(*job, field)});
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_job_show(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("show", "Show one training job, and why it failed");
    const auto options = on_run(*command, session, show_job);
    command->add_option("name", options->name, "the job's name")->required();
    add_output_option(*command, session);
    add_examples(*command, {"dsdash job show train-1 --account churn-dev"});
}

}  // namespace dsdash::cli
