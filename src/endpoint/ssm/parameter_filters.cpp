#include "endpoint/ssm/parameter_filters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "embedded/parameters/parameter_rules.hpp"

namespace dsdash::endpoint {

namespace {

using embedded::StoredParameter;

constexpr std::size_t kValuesMax = 50;
constexpr std::size_t kValueBytesMax = 1'024;

struct Filter {
    std::string key;
    std::string option;
    std::vector<std::string> values;
};

using Options = std::array<std::string_view, 3>;

/// What a key may be used for. `attribute` is null when no parameter here has such a thing.
struct FilterKey {
    std::string_view key;
    bool in_describe;
    bool in_by_path;
    Options options;  ///< the first one is the default
    std::string_view (*attribute)(const StoredParameter&);
};

constexpr Options kComparisons{"Equals", "BeginsWith", ""};

constexpr std::array kKeys{
    FilterKey{"Name",
              true,
              false,
              {"Equals", "BeginsWith", "Contains"},
              [](const StoredParameter& p) -> std::string_view { return p.name; }},
    FilterKey{"Type", true, true, kComparisons,
              [](const StoredParameter& p) -> std::string_view { return p.type; }},
    FilterKey{"Tier", true, false, kComparisons,
              [](const StoredParameter& p) -> std::string_view { return p.tier; }},
    FilterKey{"DataType", true, false, kComparisons,
              [](const StoredParameter&) -> std::string_view { return "text"; }},
    FilterKey{"Path",
              true,
              false,
              {"OneLevel", "Recursive", ""},
              [](const StoredParameter& p) -> std::string_view { return p.name; }},
    FilterKey{"KeyId", true, true, kComparisons, nullptr},
    FilterKey{"Label", false, true, {"Equals", "", ""}, nullptr},
    FilterKey{"tag:", true, false, kComparisons, nullptr},
};

std::unexpected<Error> refuse(std::string_view code, std::string message) {
    return fail(ErrorKind::malformed_input, std::move(message), std::string(code));
}

Result<const FilterKey*> find_key(std::string_view key, FilterUse use) {
    const auto found = std::ranges::find_if(kKeys, [&](const FilterKey& candidate) {
        return key == candidate.key || (candidate.key == "tag:" && key.starts_with("tag:"));
    });
    if (found == kKeys.end() ||
        !(use == FilterUse::describe ? found->in_describe : found->in_by_path)) {
        return refuse("InvalidFilterKey",
                      fmt::format("The following filter key is not valid: {}.", key));
    }
    return &*found;
}

Result<std::vector<std::string>> read_values(const json::object& filter, std::string_view key) {
    auto array = optional_array(filter, "Values");
    if (!array) return std::unexpected(array.error());
    std::vector<std::string> values;
    if (*array == nullptr) return values;
    if ((*array)->empty() || (*array)->size() > kValuesMax) {
        return refuse("InvalidFilterValue",
                      fmt::format("The filter {} must have 1 to {} values.", key, kValuesMax));
    }
    for (const json::value& value : **array) {
        if (!value.is_string() || value.get_string().empty() ||
            value.get_string().size() > kValueBytesMax) {
            return refuse("InvalidFilterValue",
                          fmt::format("The values of the filter {} must be strings of 1 to {} "
                                      "characters.",
                                      key, kValueBytesMax));
        }
        values.emplace_back(value.get_string());
    }
    return values;
}

Result<Filter> read_filter(const json::value& value) {
    if (!value.is_object()) {
        return refuse("ValidationException", "A filter must be an object");
    }
    const json::object& object = value.get_object();
    auto key = required_string(object, "Key");
    if (!key) return std::unexpected(key.error());
    auto option = optional_string(object, "Option");
    if (!option) return std::unexpected(option.error());
    auto values = read_values(object, *key);
    if (!values) return std::unexpected(values.error());
    return Filter{*std::move(key), option->value_or(""), *std::move(values)};
}

bool compares(std::string_view option, std::string_view text, std::string_view value) {
    if (option == "BeginsWith") return text.starts_with(value);
    if (option == "Contains") return text.find(value) != std::string_view::npos;
    const std::string below = std::string(value) + (value.ends_with('/') ? "" : "/");
    if (option == "Recursive") return text.starts_with(below);
    if (option == "OneLevel") {
        return text.starts_with(below) && text.find('/', below.size()) == std::string_view::npos;
    }
    return text == value;
}

/// Turns one filter into a predicate, once its key, option and values have been found right.
Result<ParameterPredicate> compile(Filter filter, FilterUse use) {
    auto key = find_key(filter.key, use);
    if (!key) return std::unexpected(key.error());
    const FilterKey& rule = **key;
    if (filter.option.empty()) filter.option = rule.options.front();
    if (std::ranges::find(rule.options, filter.option) == rule.options.end()) {
        return refuse("InvalidFilterOption",
                      fmt::format("The following filter option is not valid: {}.", filter.option));
    }
    if (filter.values.empty() && rule.key != "tag:") {
        return refuse(
            "InvalidFilterValue",
            fmt::format("The following filter values are missing : null for filter key {}.",
                        filter.key));
    }
    if (rule.key == "Path") {
        for (const std::string& path : filter.values) {
            if (auto checked = embedded::check_parameter_path(path); !checked) {
                return std::unexpected(checked.error());
            }
        }
    }
    return [attribute = rule.attribute, filter = std::move(filter)](const StoredParameter& p) {
        return attribute != nullptr && std::ranges::any_of(filter.values, [&](const auto& value) {
                   return compares(filter.option, attribute(p), value);
               });
    };
}

/// The older filters compare names by their beginning and have no Option.
Result<std::vector<Filter>> read_filters(const json::object& input, FilterUse use) {
    std::vector<Filter> filters;
    for (const char* field : {"ParameterFilters", "Filters"}) {
        const bool is_older = field == std::string_view("Filters");
        if (is_older && use == FilterUse::by_path) continue;
        auto array = optional_array(input, field);
        if (!array) return std::unexpected(array.error());
        if (*array == nullptr || (*array)->empty()) continue;
        if (!filters.empty()) {
            return refuse("ValidationException",
                          "You can use either Filters or ParameterFilters in a single request.");
        }
        for (const json::value& value : **array) {
            auto filter = read_filter(value);
            if (!filter) return std::unexpected(filter.error());
            if (is_older) filter->option = filter->key == "Name" ? "BeginsWith" : "Equals";
            filters.push_back(*std::move(filter));
        }
    }
    return filters;
}

}  // namespace

Result<ParameterPredicate> read_parameter_filters(const json::object& input, FilterUse use) {
    auto filters = read_filters(input, use);
    if (!filters) return std::unexpected(filters.error());
    std::vector<ParameterPredicate> predicates;
    std::vector<std::string> keys;
    for (Filter& filter : *filters) {
        if (std::ranges::find(keys, filter.key) != keys.end()) {
            return refuse("InvalidFilterKey",
                          fmt::format("The following filter is duplicated in the request: {}. A "
                                      "request can contain only one occurrence of a specific "
                                      "filter.",
                                      filter.key));
        }
        keys.push_back(filter.key);
        auto predicate = compile(std::move(filter), use);
        if (!predicate) return predicate;
        predicates.push_back(*std::move(predicate));
    }
    return [predicates = std::move(predicates)](const StoredParameter& parameter) {
        return std::ranges::all_of(predicates,
                                   [&](const auto& predicate) { return predicate(parameter); });
    };
}

}  // namespace dsdash::endpoint
