#include "metrics/catalogue.hpp"
#include "metrics/training_jobs.hpp"

namespace dsdash::metrics {

namespace {

class TotalCompletedTrainingJobs final : public Metric {
  public:
    TotalCompletedTrainingJobs()
        : Metric({.name = "TotalCompletedTrainingJobs",
                  .unit = "jobs",
                  .description = "Training jobs that ever completed in the account.",
                  .iam_permissions = {{"sagemaker:ListTrainingJobs", "*"}}}) {}

    Result<Decimal> compute(AwsApi& api, const MetricContext& /*context*/) const override {
        return count_training_jobs(api, {{"StatusEquals", "Completed"}});
    }
};

}  // namespace

std::unique_ptr<Metric> total_completed_training_jobs() {
    return std::make_unique<TotalCompletedTrainingJobs>();
}

}  // namespace dsdash::metrics
