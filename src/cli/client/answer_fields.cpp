#include "cli/client/answer_fields.hpp"

#include "domain/utc_time.hpp"

namespace dsdash::cli {

namespace {

const json::array& array_at(const json::object& object, std::string_view field) {
    static const json::array kNone;
    const auto* value = object.if_contains({field.data(), field.size()});
    return value != nullptr && value->is_array() ? value->get_array() : kNone;
}

}  // namespace

std::string text_at(const json::object& object, std::string_view field) {
    const auto text = optional_string(object, field);
    return text && *text ? **text : "";
}

std::optional<TimePoint> moment_at(const json::object& object, std::string_view field) {
    const auto* value = object.if_contains({field.data(), field.size()});
    if (value == nullptr || !value->is_number()) {
        return std::nullopt;
    }
    const auto time = from_epoch_seconds(value->to_number<double>());
    return time ? std::optional(*time) : std::nullopt;
}

std::string time_at(const json::object& object, std::string_view field) {
    const auto time = moment_at(object, field);
    return time ? format_extraction_date(*time) : "";
}

std::vector<std::string> texts_at(const json::object& object, std::string_view field) {
    std::vector<std::string> texts;
    for (const auto& element : array_at(object, field)) {
        if (element.is_string()) {
            texts.emplace_back(element.get_string());
        }
    }
    return texts;
}

std::vector<const json::object*> objects_at(const json::object& object, std::string_view field) {
    std::vector<const json::object*> objects;
    for (const auto& element : array_at(object, field)) {
        if (element.is_object()) {
            objects.push_back(&element.get_object());
        }
    }
    return objects;
}

}  // namespace dsdash::cli
