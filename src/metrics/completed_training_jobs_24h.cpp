#include "metrics/catalogue.hpp"
#include "metrics/training_jobs.hpp"

namespace dsdash::metrics {

namespace {

class CompletedTrainingJobs24h final : public Metric {
  public:
    CompletedTrainingJobs24h()
        : Metric({.name = "CompletedTrainingJobs24h",
                  .unit = "jobs",
                  .description = "Training jobs that completed in the last 24 hours.",
                  .iam_permissions = {{"sagemaker:ListTrainingJobs", "*"}}}) {}

    Result<Decimal> compute(AwsApi& api, const MetricContext& context) const override {
        const auto day_ago = context.now - std::chrono::hours(24);
        return count_training_jobs(api, {{"StatusEquals", "Completed"},
                                         {"LastModifiedTimeAfter", to_epoch_seconds(day_ago)}});
    }
};

}  // namespace

std::unique_ptr<Metric> completed_training_jobs_24h() {
    return std::make_unique<CompletedTrainingJobs24h>();
}

}  // namespace dsdash::metrics
