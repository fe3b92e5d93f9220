#include "simulation/project_names.hpp"

#include <algorithm>
#include <array>

#include "simulation/plan.hpp"

namespace dsdash::simulation {

namespace {

constexpr std::array<std::string_view, 42> kProjects{
    "churn-prediction",      "demand-forecast",     "fraud-detection",
    "invoice-matching",      "price-elasticity",    "returns-scoring",
    "claims-triage",         "delivery-eta",        "energy-load",
    "fleet-maintenance",     "stock-replenishment", "loyalty-offers",
    "credit-scoring",        "order-routing",       "parcel-sorting",
    "visual-inspection",     "cv-screening",        "search-ranking",
    "supplier-risk",         "ticket-routing",      "warehouse-slotting",
    "weather-impact",        "product-matching",    "review-sentiment",
    "call-summaries",        "contract-extraction", "lead-scoring",
    "basket-analysis",       "ad-bidding",          "address-cleaning",
    "anomaly-alerts",        "crew-planning",       "document-search",
    "next-best-action",      "payment-default",     "predictive-quality",
    "recommendation-engine", "customer-segments",   "spare-parts",
    "store-location",        "traffic-forecast",    "voice-of-the-customer"};

/// More projects than these names: the same work for other markets.
constexpr std::array<std::string_view, 8> kMarkets{"",    "-de",      "-fr",     "-us",
                                                   "-uk", "-nordics", "-iberia", "-apac"};
static_assert(kProjects.size() * kMarkets.size() * 3 >= kSpokesMax);

}  // namespace

std::string project_name(const Noise& noise, std::size_t number) {
    auto names = kProjects;
    std::ranges::sort(names, {}, [&](std::string_view name) { return noise.of(name).bits(); });
    return std::string(names.at(number % names.size())) +
           std::string(kMarkets.at(number / names.size()));
}

}  // namespace dsdash::simulation
