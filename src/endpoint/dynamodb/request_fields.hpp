#pragma once

#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "domain/json.hpp"

namespace dsdash::endpoint::dynamodb {

/// Reads the fields of a request and keeps what is wrong with them, so that finish() can name all
/// of it at once, as AWS does. Fields that are null count as absent.
class RequestFields {
  public:
    /// `input` must live as long as this.
    explicit RequestFields(const json::object& input) : input_(input) {}

    /// The required TableName: a name or an ARN.
    std::string table_name();
    std::optional<std::string> text(std::string_view field);
    /// One of `choices`.
    std::optional<std::string> choice(std::string_view field,
                                      std::initializer_list<std::string_view> choices);
    std::optional<std::int64_t> integer(
        std::string_view field, std::int64_t min,
        std::int64_t max = std::numeric_limits<std::int64_t>::max());
    bool flag(std::string_view field, bool otherwise);
    /// The value at `field`; nullptr when absent, which is wrong if it `is_required`.
    const json::value* value(std::string_view field, bool is_required);
    /// Fields of the time before expressions, which are not served here.
    void refuse_legacy(std::initializer_list<std::string_view> fields);

    /// SerializationException for a value of another type, else ValidationException.
    [[nodiscard]] Result<void> finish() const;

  private:
    const json::value* find(std::string_view field) const;
    void add_wrong_type(std::string_view field, std::string_view wanted);
    /// "Value '0' at 'limit' failed to satisfy constraint: Member must …".
    void add_violation(std::string_view field, std::string_view value, std::string_view constraint);

    const json::object& input_;
    std::optional<std::string> wrong_type_;
    std::optional<std::string> refused_;
    std::vector<std::string> violations_;
};

}  // namespace dsdash::endpoint::dynamodb
