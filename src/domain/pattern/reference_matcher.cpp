#include "domain/pattern/reference_matcher.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>

namespace dsdash::pattern {

namespace {

// --- The event, flat: every leaf with its path and the array elements it lies in.

struct Leaf {
    std::string path;
    json::value value;
    std::map<int, std::size_t> elements;  // number of the array -> index in it
};

class Flattener {
  public:
    static std::vector<Leaf> flatten(const json::object& event) {
        Flattener flattener;
        flattener.add(event, "", {});
        return flattener.leaves_;
    }

  private:
    void add(const json::value& value, const std::string& path,
             const std::map<int, std::size_t>& elements) {
        if (value.is_object()) {
            for (const auto& [key, member] : value.get_object()) {
                add(member, path + "." + std::string(key), elements);
            }
        } else if (value.is_array()) {
            const int number = arrays_++;
            for (std::size_t i = 0; i < value.get_array().size(); ++i) {
                const auto& element = value.get_array()[i];
                auto within = elements;
                if (element.is_structured()) {
                    within[number] = i;
                }
                add(element, path, within);
            }
        } else {
            leaves_.push_back({path, value, elements});
        }
    }

    std::vector<Leaf> leaves_;
    int arrays_ = 0;
};

// --- The pattern, flat: for each way through its $ors, the alternatives of each path.

using FlatRule = std::map<std::string, json::array>;

std::vector<FlatRule> flatten(const json::object& pattern, const std::string& path,
                              std::vector<FlatRule> rules) {
    for (const auto& [key, value] : pattern) {
        if (key == "$or") {
            std::vector<FlatRule> all;
            for (const auto& branch : value.as_array()) {
                for (auto& rule : flatten(branch.as_object(), path, rules)) {
                    all.push_back(std::move(rule));
                }
            }
            rules = std::move(all);
        } else if (value.is_object()) {
            rules = flatten(value.get_object(), path + "." + std::string(key), rules);
        } else {
            for (auto& rule : rules) {
                rule[path + "." + std::string(key)] = value.as_array();
            }
        }
    }
    return rules;
}

// --- One alternative against one leaf.

std::string lower(std::string text) {
    for (auto& c : text) {
        c = static_cast<char>(std::tolower(c));
    }
    return text;
}

bool wildcard(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) {
        return text.empty();
    }
    if (pattern[0] == '*') {
        return wildcard(pattern.substr(1), text) ||
               (!text.empty() && wildcard(pattern, text.substr(1)));
    }
    const std::size_t length = pattern[0] == '\\' ? 2 : 1;
    return !text.empty() && pattern[length - 1] == text[0] &&
           wildcard(pattern.substr(length), text.substr(1));
}

bool compares(double number, const std::string& op, double limit) {
    return (op.contains('=') && number == limit) || (op.contains('<') && number < limit) ||
           (op.contains('>') && number > limit);
}

std::uint32_t address(const std::string& text) {
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    std::sscanf(text.c_str(), "%u.%u.%u.%u", &a, &b, &c, &d);
    return a << 24 | b << 16 | c << 8 | d;
}

bool takes(const json::value& alternative, const json::value& leaf);

bool string_takes(const std::string& op, const std::string& wanted, const std::string& text) {
    if (op == "cidr") {
        const auto slash = wanted.find('/');
        const int free_bits = 32 - std::stoi(wanted.substr(slash + 1));
        return text.starts_with("10.") &&
               (std::uint64_t{address(text)} >> free_bits) ==
                   (std::uint64_t{address(wanted.substr(0, slash))} >> free_bits);
    }
    return op == "exactly"              ? text == wanted
           : op == "prefix"             ? text.starts_with(wanted)
           : op == "suffix"             ? text.ends_with(wanted)
           : op == "equals-ignore-case" ? lower(text) == lower(wanted)
                                        : op == "wildcard" && wildcard(wanted, text);
}

bool numeric_takes(const json::array& terms, double number) {
    for (std::size_t i = 0; i < terms.size(); i += 2) {
        if (!compares(number, json::value_to<std::string>(terms[i]),
                      terms[i + 1].to_number<double>())) {
            return false;
        }
    }
    return true;
}

bool excludes(const json::value& operand, const json::value& leaf) {
    if (operand.is_array()) {
        return std::ranges::any_of(operand.get_array(),
                                   [&](const json::value& one) { return takes(one, leaf); });
    }
    if (!operand.is_object()) {
        return takes(operand, leaf);
    }
    const auto& [op, inner] = *operand.get_object().begin();
    const auto list = inner.is_array() ? inner.get_array() : json::array{inner};
    return std::ranges::any_of(
        list, [&](const json::value& one) { return takes(json::object{{op, one}}, leaf); });
}

bool takes(const json::value& alternative, const json::value& leaf) {
    if (alternative.is_number()) {
        return leaf.is_number() && alternative.to_number<double>() == leaf.to_number<double>();
    }
    if (!alternative.is_object()) {
        return alternative == leaf;
    }
    const auto& member = *alternative.get_object().begin();
    const std::string op(member.key());
    if (op == "exists") {
        return member.value().as_bool();
    }
    if (op == "numeric") {
        return leaf.is_number() &&
               numeric_takes(member.value().as_array(), leaf.to_number<double>());
    }
    if (op == "anything-but") {
        return !excludes(member.value(), leaf);
    }
    if (!leaf.is_string()) {
        return false;
    }
    const auto text = json::value_to<std::string>(leaf);
    if (!member.value().is_object()) {
        return string_takes(op, json::value_to<std::string>(member.value()), text);
    }
    const auto& wanted = member.value().get_object().at("equals-ignore-case");
    return string_takes(op, lower(json::value_to<std::string>(wanted)), lower(text));
}

// --- Every choice of leaves.

bool is_absence(const json::value& alternative) {
    return alternative.is_object() && alternative.get_object().contains("exists") &&
           !alternative.get_object().at("exists").as_bool();
}

std::optional<std::map<int, std::size_t>> merge(std::map<int, std::size_t> elements,
                                                const Leaf& leaf) {
    for (const auto& [array, index] : leaf.elements) {
        if (elements.emplace(array, index).first->second != index) {
            return std::nullopt;
        }
    }
    return elements;
}

bool satisfies(FlatRule::const_iterator field, FlatRule::const_iterator end,
               const std::vector<Leaf>& leaves, const std::map<int, std::size_t>& elements) {
    if (field == end) {
        return true;
    }
    bool present = false;
    for (const auto& leaf : leaves) {
        const auto merged = leaf.path == field->first ? merge(elements, leaf) : std::nullopt;
        if (!merged) {
            continue;
        }
        present = true;
        const bool taken = std::ranges::any_of(field->second, [&](const json::value& alternative) {
            return takes(alternative, leaf.value);
        });
        if (taken && satisfies(std::next(field), end, leaves, *merged)) {
            return true;
        }
    }
    return !present && std::ranges::any_of(field->second, is_absence) &&
           satisfies(std::next(field), end, leaves, elements);
}

}  // namespace

bool reference_matches(const json::object& pattern, const json::object& event) {
    const auto leaves = Flattener::flatten(event);
    return std::ranges::any_of(flatten(pattern, "", {FlatRule{}}), [&](const FlatRule& rule) {
        return satisfies(rule.begin(), rule.end(), leaves, {});
    });
}

}  // namespace dsdash::pattern
