#include "churn/model.hpp"

#include <fmt/format.h>

#include <cmath>

#include "domain/json.hpp"

namespace churn {

using dsdash::ErrorKind;
using dsdash::fail;
using dsdash::Result;
namespace json = dsdash::json;

namespace {

constexpr std::string_view kFormat = "churn-logistic-regression-1";

json::array to_array(const Features& features) {
    return json::array(features.begin(), features.end());
}

Result<double> number_at(const json::value& value, std::string_view field) {
    json::error_code code;
    const auto number = value.to_number<double>(code);
    if (code || !std::isfinite(number)) {
        return fail(ErrorKind::malformed_input, fmt::format("{} must be a number", field));
    }
    return number;
}

Result<Features> features_at(const json::object& object, std::string_view field) {
    const auto* array = object.if_contains({field.data(), field.size()});
    if (array == nullptr || !array->is_array() ||
        array->get_array().size() != kFeatureNames.size()) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("{} must be an array of {} numbers", field, kFeatureNames.size()));
    }
    Features features{};
    for (std::size_t i = 0; i < features.size(); ++i) {
        const auto number = number_at(array->get_array()[i], field);
        if (!number) {
            return std::unexpected(number.error());
        }
        features[i] = *number;
    }
    return features;
}

}  // namespace

double Model::predict(const Features& features) const {
    double leaning = bias;
    for (std::size_t i = 0; i < features.size(); ++i) {
        leaning += weights[i] * (features[i] - means[i]) / scales[i];
    }
    return 1 / (1 + std::exp(-leaning));
}

std::string Model::to_json() const {
    json::object object;
    object["format"] = kFormat;
    object["features"] = json::array(kFeatureNames.begin(), kFeatureNames.end());
    object["means"] = to_array(means);
    object["scales"] = to_array(scales);
    object["weights"] = to_array(weights);
    object["bias"] = bias;
    return json::serialize(object);
}

Result<Model> Model::from_json(std::string_view text) {
    const auto object = dsdash::parse_json_object(text);
    if (!object) {
        return std::unexpected(object.error());
    }
    const auto format = dsdash::required_string(*object, "format");
    if (!format || *format != kFormat) {
        return fail(ErrorKind::malformed_input, fmt::format("format must be \"{}\"", kFormat));
    }
    const auto* bias_value = object->if_contains("bias");
    const auto bias = number_at(bias_value == nullptr ? json::value() : *bias_value, "bias");
    if (!bias) {
        return std::unexpected(bias.error());
    }
    Model model{.bias = *bias};
    for (auto [field, place] : {std::pair{"means", &model.means},
                                {"scales", &model.scales},
                                {"weights", &model.weights}}) {
        const auto features = features_at(*object, field);
        if (!features) {
            return std::unexpected(features.error());
        }
        *place = *features;
    }
    for (const double scale : model.scales) {
        if (scale <= 0) {
            return fail(ErrorKind::malformed_input, "scales must be greater than 0");
        }
    }
    return model;
}

}  // namespace churn
