#include <algorithm>
#include <chrono>
#include <utility>

#include "domain/arn.hpp"
#include "embedded/ledger/job_ledger.hpp"
#include "endpoint/sagemaker/list_query.hpp"
#include "endpoint/sagemaker/operations.hpp"

namespace dsdash::endpoint {

namespace {

using embedded::TrainingJob;

constexpr ListOperation kListTrainingJobs{
    "ListTrainingJobs", "InProgress Completed Failed Stopping Stopped Deleting", false};

bool is_given(const json::object& input, std::string_view field) {
    const json::value* value = input.if_contains(field);
    return value != nullptr && !value->is_null();
}

/// What the summary and the description have in common.
json::object render_summary(const CallContext& context, const TrainingJob& job) {
    json::object rendered{{"TrainingJobName", job.name},
                          {"TrainingJobArn", training_job_arn(context.account.region(),
                                                              context.account.id(), job.name)},
                          {"TrainingJobStatus", job.status},
                          {"CreationTime", to_epoch_seconds(job.created)},
                          {"LastModifiedTime", to_epoch_seconds(job.last_modified)}};
    if (job.ended) rendered["TrainingEndTime"] = to_epoch_seconds(*job.ended);
    return rendered;
}

/// The command as a container would be given it.
json::object render_algorithm(const TrainingJob& job) {
    const auto arguments = job.command.begin() + 1;
    return {{"TrainingInputMode", "File"},
            {"ContainerEntrypoint", json::array(job.command.begin(), arguments)},
            {"ContainerArguments", json::array(arguments, job.command.end())}};
}

/// SageMaker's members that describe containers, S3 and instances have no counterpart here; those
/// of them that its model requires are empty.
json::object render_description(const CallContext& context, const TrainingJob& job) {
    json::object rendered = render_summary(context, job);
    rendered["SecondaryStatus"] = job.status == "InProgress" ? "Training" : job.status;
    rendered["AlgorithmSpecification"] = render_algorithm(job);
    rendered["ModelArtifacts"] = json::object{{"S3ModelArtifacts", ""}};
    rendered["StoppingCondition"] = json::object();
    rendered["TrainingStartTime"] = to_epoch_seconds(job.created);
    if (job.ended) {
        const auto time = std::chrono::ceil<std::chrono::seconds>(*job.ended - job.created);
        rendered["TrainingTimeInSeconds"] = std::max<std::int64_t>(1, time.count());
    }
    if (!job.failure_reason.empty()) rendered["FailureReason"] = job.failure_reason;
    return rendered;
}

}  // namespace

Result<json::object> list_training_jobs(CallContext& context, const json::object& input) {
    auto query = read_list_query(input, kListTrainingJobs);
    if (!query) return std::unexpected(query.error());
    // SageMaker takes the page first and filters it by status then, so that a page may be short or
    // empty and still have a successor (API reference, StatusEquals). So do we.
    const std::string status = std::exchange(query->status, {});
    auto page = context.account.jobs().list(*query);
    if (!page) return std::unexpected(page.error());
    const bool wants_what_no_job_has =
        is_given(input, "WarmPoolStatusEquals") || is_given(input, "TrainingPlanArnEquals");
    json::array summaries;
    for (const TrainingJob& job : page->entries) {
        if (wants_what_no_job_has || (!status.empty() && job.status != status)) continue;
        summaries.push_back(render_summary(context, job));
    }
    json::object output{{"TrainingJobSummaries", std::move(summaries)}};
    if (page->next) output["NextToken"] = list_token(kListTrainingJobs, *query, *page->next);
    return output;
}

Result<json::object> describe_training_job(CallContext& context, const json::object& input) {
    auto name = required_string(input, "TrainingJobName");
    if (!name) return std::unexpected(name.error());
    auto job = context.account.jobs().find(*name);
    if (!job) return std::unexpected(job.error());
    if (!*job) {
        return fail(ErrorKind::not_found, "Requested resource not found.", "ResourceNotFound");
    }
    return render_description(context, **job);
}

}  // namespace dsdash::endpoint
