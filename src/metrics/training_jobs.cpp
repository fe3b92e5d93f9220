#include "metrics/training_jobs.hpp"

namespace dsdash::metrics {

Result<Decimal> count_training_jobs(AwsApi& api, json::object filter) {
    constexpr int kPageItemsMax = 100;  // SageMaker's limit of MaxResults
    filter["MaxResults"] = kPageItemsMax;
    std::int64_t count = 0;
    const auto end = for_each_item(api, "sagemaker", "ListTrainingJobs", std::move(filter),
                                   {.items = "TrainingJobSummaries"},
                                   [&](const json::object& /*job*/) -> Result<void> {
                                       ++count;
                                       return {};
                                   });
    if (!end) {
        return std::unexpected(end.error());
    }
    return Decimal(count);
}

}  // namespace dsdash::metrics
