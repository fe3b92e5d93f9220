#include <fmt/format.h>

#include <array>
#include <utility>

#include "embedded/parameters/parameter_table.hpp"
#include "endpoint/ssm/operations.hpp"

namespace dsdash::endpoint {

namespace {

std::unexpected<Error> refuse(std::string message, std::string code = "ValidationException") {
    return fail(ErrorKind::malformed_input, std::move(message), std::move(code));
}

bool is_given(const json::object& input, std::string_view field) {
    const json::value* value = input.if_contains(field);
    return value != nullptr && !value->is_null();
}

/// What Parameter Store offers beyond a named text. Accepting it without doing it would be a lie.
Result<void> refuse_what_is_not_there(const json::object& input) {
    if (is_given(input, "Tags") && input.at("Tags") != json::array()) {
        return refuse("Tags: parameters have no tags here");
    }
    if (is_given(input, "Policies")) {
        return refuse("Policies: parameters have no policies here", "InvalidPolicyTypeException");
    }
    if (is_given(input, "KeyId")) {
        return refuse("KeyId is required for SecureString type parameter only.");
    }
    auto data_type = optional_string(input, "DataType");
    if (!data_type) return std::unexpected(data_type.error());
    if (data_type->value_or("text") != "text") {
        return refuse(
            fmt::format("The following data type is not supported: {} (Data type names "
                        "are all lowercase.)",
                        **data_type));
    }
    return {};
}

template <std::size_t Size>
Result<void> check_enum(std::string_view field, const std::optional<std::string>& value,
                        const std::array<std::string_view, Size>& allowed) {
    if (!value) return {};
    for (std::string_view candidate : allowed) {
        if (*value == candidate) return {};
    }
    return refuse(fmt::format("{} must be one of {}", field, fmt::join(allowed, ", ")));
}

Result<embedded::ParameterWrite> read_write(const json::object& input) {
    embedded::ParameterWrite write;
    for (auto [field, member] : {std::pair{"Name", &embedded::ParameterWrite::name},
                                 std::pair{"Value", &embedded::ParameterWrite::value}}) {
        auto value = required_string(input, field);
        if (!value) return std::unexpected(value.error());
        write.*member = *std::move(value);
    }
    for (auto [field, member] :
         {std::pair{"Type", &embedded::ParameterWrite::type},
          std::pair{"Description", &embedded::ParameterWrite::description},
          std::pair{"AllowedPattern", &embedded::ParameterWrite::allowed_pattern},
          std::pair{"Tier", &embedded::ParameterWrite::tier}}) {
        auto value = optional_string(input, field);
        if (!value) return std::unexpected(value.error());
        write.*member = *std::move(value);
    }
    auto overwrite = optional_bool(input, "Overwrite");
    if (!overwrite) return std::unexpected(overwrite.error());
    write.overwrite = overwrite->value_or(false);
    constexpr std::array<std::string_view, 3> kTypes{"String", "StringList", "SecureString"};
    constexpr std::array<std::string_view, 3> kTiers{"Standard", "Advanced", "Intelligent-Tiering"};
    if (auto type = check_enum("Type", write.type, kTypes); !type) {
        return std::unexpected(type.error());
    }
    if (auto tier = check_enum("Tier", write.tier, kTiers); !tier) {
        return std::unexpected(tier.error());
    }
    return write;
}

}  // namespace

Result<json::object> put_parameter(CallContext& context, const json::object& input) {
    if (auto checked = refuse_what_is_not_there(input); !checked) {
        return std::unexpected(checked.error());
    }
    auto write = read_write(input);
    if (!write) return std::unexpected(write.error());
    write->user = context.principal_arn;
    auto stored = context.account.parameters().put(*write);
    if (!stored) return std::unexpected(stored.error());
    return json::object{{"Version", stored->version}, {"Tier", stored->tier}};
}

}  // namespace dsdash::endpoint
