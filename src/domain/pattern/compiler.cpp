#include "domain/pattern/compiler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "domain/json_text.hpp"
#include "domain/pattern/match_expression.hpp"

namespace dsdash::pattern {

namespace {

constexpr std::string_view kOr = "$or";
/// What a $or may multiply to: docs.aws.amazon.com/eventbridge/latest/userguide/
/// eb-create-pattern-operators.html#eb-filtering-complex-example-or
constexpr std::size_t kRulesMax = 1000;

/// Keys that mean an operator somewhere, now or in future; within $or they are no names of fields.
constexpr std::array<std::string_view, 24> kReservedWithinOr{"exactly",
                                                             "equals-ignore-case",
                                                             "prefix",
                                                             "suffix",
                                                             "anything-but",
                                                             "exists",
                                                             "wildcard",
                                                             "numeric",
                                                             "cidr",
                                                             "=",
                                                             "<",
                                                             "<=",
                                                             ">",
                                                             ">=",
                                                             "regex",
                                                             "not-wildcard",
                                                             "not-equals-ignore-case",
                                                             "date-after",
                                                             "date-on-or-after",
                                                             "date-before",
                                                             "date-on-or-before",
                                                             "in-date-range",
                                                             "ip-address-in-range",
                                                             "ip-address-not-in-range"};

/// The fields of one rule while it grows, sorted by path.
using Fields = std::vector<FieldPtr>;

/// A path that is there already is overridden: the last of duplicate keys counts.
void put_field(Fields& fields, const FieldPtr& field) {
    const auto path_of = [](const FieldPtr& f) -> const std::string& { return f->path(); };
    const auto at = std::ranges::lower_bound(fields, field->path(), {}, path_of);
    if (at != fields.end() && (*at)->path() == field->path()) {
        *at = field;
    } else {
        fields.insert(at, field);
    }
}

/// Goes through a pattern in the order it is written, as event-ruler does, so that an $or and a
/// field of the same path override each other in the same way.
class Compiler {
  public:
    explicit Compiler(std::string_view text) : source_(text) {}

    Result<std::vector<Rule>> compile() {
        const auto root = trim_json(source_.text());
        if (!is_object(root)) {
            return source_.refuse(root, "Filter is not an object");
        }
        auto read = read_object(root, "", false);
        if (!read) {
            return std::unexpected(std::move(read.error()));
        }
        std::vector<Rule> rules;
        rules.reserve(rules_.size());
        for (const auto& fields : rules_) {
            rules.emplace_back(fields);
        }
        return rules;
    }

  private:
    /// `prefix` is the path of `object`, with a dot if there is one.
    Result<void> read_object(std::string_view object, const std::string& prefix, bool within_or) {
        bool empty = true;
        JsonMembers members(object);
        while (const auto member = members.next()) {
            empty = false;
            auto read = read_member(*member, prefix, within_or);
            if (!read) {
                return read;
            }
        }
        if (empty) {
            return source_.refuse(object, "Empty objects are not allowed");
        }
        return {};
    }

    Result<void> read_member(const JsonMember& member, const std::string& prefix, bool within_or) {
        const auto name = decode_json_string(member.key);
        if (name == kOr) {
            return read_or(member.value, prefix);
        }
        if (within_or && std::ranges::find(kReservedWithinOr, name) != kReservedWithinOr.end()) {
            return source_.refuse(
                member.key, name + " is Ruler reserved fieldName which cannot be used inside $or.");
        }
        if (is_object(member.value)) {
            return read_object(member.value, prefix + name + '.', within_or);
        }
        if (is_array(member.value)) {
            return read_field(member.value, prefix + name);
        }
        return source_.refuse(member.value,
                              fmt::format("\"{}\" must be an object or an array", name));
    }

    Result<void> read_field(std::string_view array, std::string path) {
        auto alternatives = parse_alternatives(source_, array);
        if (!alternatives) {
            return std::unexpected(std::move(alternatives.error()));
        }
        const auto field = std::make_shared<const Field>(std::move(path), std::move(*alternatives));
        for (auto& fields : rules_) {
            put_field(fields, field);
        }
        return {};
    }

    /// Each branch goes on from a copy of the rules so far.
    Result<void> read_or(std::string_view branches, const std::string& prefix) {
        if (!is_array(branches)) {
            return source_.refuse(branches, "It must be an Array followed with $or.");
        }
        const auto before = std::exchange(rules_, {});
        std::vector<Fields> all;
        std::size_t count = 0;
        JsonElements elements(branches);
        while (const auto branch = elements.next()) {
            if (!is_object(*branch)) {
                return source_.refuse(*branch,
                                      "Only JSON object is allowed in array of $or relationship.");
            }
            rules_ = before;
            auto read = read_object(*branch, prefix, true);
            if (!read) {
                return read;
            }
            std::ranges::move(rules_, std::back_inserter(all));
            if (all.size() > kRulesMax) {
                return source_.refuse(
                    branches, fmt::format("$or makes more than {} rule combinations", kRulesMax));
            }
            ++count;
        }
        if (count < 2) {
            return source_.refuse(branches,
                                  "There must have at least 2 Objects in $or relationship.");
        }
        rules_ = std::move(all);
        return {};
    }

    Source source_;
    std::vector<Fields> rules_{Fields{}};
};

}  // namespace

Result<std::vector<Rule>> compile(std::string_view text) {
    return Compiler(text).compile();
}

}  // namespace dsdash::pattern
