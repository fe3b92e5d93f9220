#include "domain/event_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "domain/json_text.hpp"
#include "domain/pattern/compiler.hpp"

namespace dsdash {

namespace {

std::size_t count_characters(std::string_view utf8) {
    const auto starts_character = [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    };
    return static_cast<std::size_t>(std::ranges::count_if(utf8, starts_character));
}

std::unexpected<Error> refuse(std::string_view reason) {
    return fail(ErrorKind::malformed_input,
                fmt::format("Event pattern is not valid. Reason: {}", reason),
                "InvalidEventPatternException");
}

}  // namespace

struct EventPattern::Compiled {
    std::vector<pattern::Rule> rules;
};

Result<EventPattern> EventPattern::parse(std::string_view text, std::size_t characters_max) {
    if (count_characters(text) > characters_max) {
        return refuse(fmt::format("longer than {} characters", characters_max));
    }
    if (const auto checked = check_json(text); !checked) {
        return refuse(checked.error().message);
    }
    auto rules = pattern::compile(text);
    if (!rules) {
        return std::unexpected(std::move(rules.error()));
    }
    return EventPattern(std::make_shared<const Compiled>(Compiled{std::move(*rules)}));
}

bool EventPattern::matches(const json::object& event) const {
    return std::ranges::any_of(compiled_->rules,
                               [&](const pattern::Rule& rule) { return rule.matches(event); });
}

}  // namespace dsdash
