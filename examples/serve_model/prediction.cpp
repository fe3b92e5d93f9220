#include "serve_model/prediction.hpp"

#include <fmt/format.h>

#include "domain/json.hpp"

namespace churn {

using dsdash::ErrorKind;
using dsdash::fail;
using dsdash::Result;
namespace json = dsdash::json;

namespace {

constexpr std::size_t kLinesMax = 10'000;

}  // namespace

Result<std::string> predict_csv(const Model& model, std::string_view body) {
    json::array predictions;
    while (!body.empty()) {
        const auto end = body.find('\n');
        auto line = body.substr(0, end);
        body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (predictions.size() == kLinesMax) {
            return fail(ErrorKind::malformed_input, fmt::format("more than {} lines", kLinesMax));
        }
        const auto features = parse_features(line);
        if (!features) {
            return fail(
                ErrorKind::malformed_input,
                fmt::format("line {}: {}", predictions.size() + 1, features.error().message));
        }
        const double probability = model.predict(*features);
        predictions.push_back(
            json::object{{"churn_probability", probability}, {"churns", probability > 0.5}});
    }
    if (predictions.empty()) {
        return fail(ErrorKind::malformed_input, "the body must hold at least one line of features");
    }
    return json::serialize(json::object{{"predictions", std::move(predictions)}});
}

}  // namespace churn
