#include "simulation/metric_kinds.hpp"

#include "simulation/plan.hpp"

namespace dsdash::simulation {

namespace {

using enum Shape;
using enum Load;

// clang-format off
constexpr std::array kKinds{
    MetricKind{"TotalCompletedTrainingJobs", total, training, "CompletedTrainingJobs", 2, 9, 0},
    MetricKind{"NumberEndPointsInService", level, serving, "", 1, 5, 0},
    MetricKind{"CompletedTrainingJobs24h", last_day, training, "CompletedTrainingJobs", 2, 9, 0},
    MetricKind{"PredictionsServed24h", last_day, serving, "PredictionsServed", 4000, 90000, 0},
    MetricKind{"ModelAUC", measure, steady, "", 0.71, 0.94, 4},
    MetricKind{"EndpointLatencyMsP95", measure, steady, "", 28, 210, 1},
    MetricKind{"DatasetSizeGB", growing, steady, "", 4, 300, 2},
    MetricKind{"FailedTrainingJobs24h", last_day, training, "FailedTrainingJobs", 0.1, 1.2, 0},
    MetricKind{"GpuUtilisation", measure, training, "", 0.18, 0.83, 3},
    MetricKind{"PipelineRuns24h", last_day, training, "PipelineRuns", 3, 14, 0},
    MetricKind{"TotalPredictionsServed", total, serving, "PredictionsServed", 4000, 90000, 0},
    MetricKind{"TrainingMinutesMedian", measure, steady, "", 6, 95, 1},
    MetricKind{"NumberModelsApproved", level, steady, "", 1, 14, 0},
    MetricKind{"FeatureCoverage", measure, steady, "", 0.86, 0.999, 4},
    MetricKind{"FailedPipelineRuns24h", last_day, training, "FailedPipelineRuns", 0.1, 1, 0},
    MetricKind{"TrainingCostEUR24h", measure, training, "", 3, 160, 2},
    MetricKind{"NumberNotebooksRunning", level, training, "", 1, 22, 0},
    MetricKind{"EndpointAvailability", measure, steady, "", 0.985, 1, 5},
    MetricKind{"TotalFailedTrainingJobs", total, training, "FailedTrainingJobs", 0.1, 1.2, 0},
    MetricKind{"TotalPipelineRuns", total, training, "PipelineRuns", 3, 14, 0},
    MetricKind{"ModelPrecision", measure, steady, "", 0.55, 0.95, 4},
    MetricKind{"TotalFailedPipelineRuns", total, training, "FailedPipelineRuns", 0.1, 1, 0},
    MetricKind{"ModelRecall", measure, steady, "", 0.5, 0.93, 4},
    MetricKind{"BatchTransformJobs24h", last_day, serving, "BatchTransformJobs", 0.5, 6, 0},
    MetricKind{"ModelF1", measure, steady, "", 0.5, 0.93, 4},
    MetricKind{"TotalBatchTransformJobs", total, serving, "BatchTransformJobs", 0.5, 6, 0},
    MetricKind{"ModelLogLoss", measure, steady, "", 0.12, 0.61, 4},
    MetricKind{"ProcessingJobs24h", last_day, training, "ProcessingJobs", 2, 18, 0},
    MetricKind{"ForecastMAPE", measure, steady, "", 0.04, 0.31, 4},
    MetricKind{"TotalProcessingJobs", total, training, "ProcessingJobs", 2, 18, 0},
    MetricKind{"ForecastRMSE", measure, steady, "", 2, 48, 3},
    MetricKind{"TuningJobs24h", last_day, training, "TuningJobs", 0.2, 3, 0},
    MetricKind{"PopulationStabilityIndex", measure, steady, "", 0.01, 0.24, 4},
    MetricKind{"TotalTuningJobs", total, training, "TuningJobs", 0.2, 3, 0},
    MetricKind{"LabelAgreement", measure, steady, "", 0.78, 0.98, 4},
    MetricKind{"ModelsRegistered24h", last_day, training, "ModelsRegistered", 0.1, 1.5, 0},
    MetricKind{"CacheHitRatio", measure, steady, "", 0.4, 0.97, 4},
    MetricKind{"TotalModelsRegistered", total, training, "ModelsRegistered", 0.1, 1.5, 0},
    MetricKind{"CpuUtilisation", measure, serving, "", 0.12, 0.78, 3},
    MetricKind{"FailedPredictions24h", last_day, serving, "FailedPredictions", 2, 120, 0},
    MetricKind{"MemoryUtilisation", measure, steady, "", 0.2, 0.86, 3},
    MetricKind{"TotalFailedPredictions", total, serving, "FailedPredictions", 2, 120, 0},
    MetricKind{"DataCompleteness", measure, steady, "", 0.92, 1, 5},
    MetricKind{"LabelsCollected24h", last_day, training, "LabelsCollected", 20, 900, 0},
    MetricKind{"PredictionConfidence", measure, steady, "", 0.6, 0.93, 4},
    MetricKind{"TotalLabelsCollected", total, training, "LabelsCollected", 20, 900, 0},
    MetricKind{"EndpointLatencyMsP50", measure, steady, "", 9, 70, 1},
    MetricKind{"FeaturesIngested24h", last_day, serving, "FeaturesIngested", 20000, 400000, 0},
    MetricKind{"EndpointLatencyMsP99", measure, steady, "", 60, 900, 1},
    MetricKind{"TotalFeaturesIngested", total, serving, "FeaturesIngested", 20000, 400000, 0},
    MetricKind{"FeatureLagMinutes", measure, steady, "", 0.5, 45, 1},
    MetricKind{"NotebookRuns24h", last_day, training, "NotebookRuns", 4, 40, 0},
    MetricKind{"PipelineMinutesMedian", measure, steady, "", 4, 120, 1},
    MetricKind{"TotalNotebookRuns", total, training, "NotebookRuns", 4, 40, 0},
    MetricKind{"QueueSecondsP95", measure, training, "", 1, 180, 1},
    MetricKind{"DriftAlerts24h", last_day, serving, "DriftAlerts", 0.05, 0.8, 0},
    MetricKind{"BatchTransformMinutes", measure, steady, "", 3, 140, 1},
    MetricKind{"TotalDriftAlerts", total, serving, "DriftAlerts", 0.05, 0.8, 0},
    MetricKind{"InferenceCostEUR24h", measure, serving, "", 2, 240, 2},
    MetricKind{"Deployments24h", last_day, training, "Deployments", 0.05, 0.7, 0},
    MetricKind{"StorageCostEUR24h", measure, steady, "", 0.4, 25, 2},
    MetricKind{"TotalDeployments", total, training, "Deployments", 0.05, 0.7, 0},
    MetricKind{"SpotSavingsRatio", measure, steady, "", 0.2, 0.7, 3},
    MetricKind{"Rollbacks24h", last_day, serving, "Rollbacks", 0.01, 0.15, 0},
    MetricKind{"LabelLagHours", measure, steady, "", 0.5, 30, 1},
    MetricKind{"TotalRollbacks", total, serving, "Rollbacks", 0.01, 0.15, 0},
    MetricKind{"FeatureStoreSizeGB", growing, steady, "", 2, 220, 2},
    MetricKind{"ExperimentsRun24h", last_day, training, "ExperimentsRun", 1, 12, 0},
    MetricKind{"ModelSizeMB", growing, steady, "", 5, 900, 2},
    MetricKind{"TotalExperimentsRun", total, training, "ExperimentsRun", 1, 12, 0},
    MetricKind{"LogVolumeGB", growing, steady, "", 1, 80, 2},
    MetricKind{"DataQualityChecks24h", last_day, serving, "DataQualityChecks", 20, 140, 0},
    MetricKind{"EmbeddingIndexMillions", growing, steady, "", 0.2, 60, 3},
    MetricKind{"TotalDataQualityChecks", total, serving, "DataQualityChecks", 20, 140, 0},
    MetricKind{"TrainingRowsMillions", growing, steady, "", 0.5, 90, 3},
    MetricKind{"FailedDataQualityChecks24h", last_day, serving, "FailedDataQualityChecks", 0.1, 3, 0},
    MetricKind{"NumberPipelinesScheduled", level, steady, "", 1, 12, 0},
    MetricKind{"TotalFailedDataQualityChecks", total, serving, "FailedDataQualityChecks", 0.1, 3, 0},
    MetricKind{"NumberFeatureGroups", level, steady, "", 2, 40, 0},
    MetricKind{"RetrainingsTriggered24h", last_day, serving, "RetrainingsTriggered", 0.1, 1, 0},
    MetricKind{"NumberOpenIncidents", level, steady, "", 0, 4, 0},
    MetricKind{"TotalRetrainingsTriggered", total, serving, "RetrainingsTriggered", 0.1, 1, 0},
    MetricKind{"NumberActiveUsers", level, training, "", 3, 90, 0},
    MetricKind{"ApiCallsThrottled24h", last_day, serving, "ApiCallsThrottled", 1, 60, 0},
    MetricKind{"NumberDatasets", level, steady, "", 3, 60, 0},
    MetricKind{"TotalApiCallsThrottled", total, serving, "ApiCallsThrottled", 1, 60, 0},
    MetricKind{"NumberStaleModels", level, steady, "", 0, 6, 0},
    MetricKind{"DatasetsPublished24h", last_day, training, "DatasetsPublished", 0.05, 0.6, 0},
    MetricKind{"NumberGpuInstances", level, training, "", 1, 12, 0},
    MetricKind{"TotalDatasetsPublished", total, training, "DatasetsPublished", 0.05, 0.6, 0},
    MetricKind{"NumberQueuedJobs", level, training, "", 0, 14, 0},
    MetricKind{"ReportsGenerated24h", last_day, training, "ReportsGenerated", 0.5, 5, 0},
    MetricKind{"NumberShadowModels", level, steady, "", 0, 3, 0},
    MetricKind{"TotalReportsGenerated", total, training, "ReportsGenerated", 0.5, 5, 0},
    MetricKind{"NumberABTestsRunning", level, serving, "", 0, 4, 0},
    MetricKind{"SupportTicketsOpened24h", last_day, serving, "SupportTicketsOpened", 0.1, 1.5, 0},
    MetricKind{"NumberModelVersions", level, steady, "", 4, 80, 0},
    MetricKind{"TotalSupportTicketsOpened", total, serving, "SupportTicketsOpened", 0.1, 1.5, 0},
    MetricKind{"ShadowTestsStarted24h", last_day, training, "ShadowTestsStarted", 0.05, 0.5, 0},
    MetricKind{"TotalShadowTestsStarted", total, training, "ShadowTestsStarted", 0.05, 0.5, 0},
};
// clang-format on
static_assert(kKinds.size() == kMetricsMax);

}  // namespace

std::span<const MetricKind> metric_kinds() {
    return kKinds;
}

}  // namespace dsdash::simulation
