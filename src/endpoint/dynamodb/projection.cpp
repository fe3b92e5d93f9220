#include "endpoint/dynamodb/projection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "endpoint/dynamodb/condition_evaluator.hpp"
#include "endpoint/dynamodb/expression_reader.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

/// Flags it when one path lies within the other, or when one takes a map for what the other takes
/// for a list.
void check_pair(const Path& one, const Path& two, ExpressionReader& reader) {
    const auto [at, other] = std::ranges::mismatch(one, two);
    std::string_view problem = "overlap";
    if (at != one.end() && other != two.end()) {
        if (at->index() == other->index()) return;
        problem = "conflict";
    }
    reader.flag(Flaw::conflicting_paths,
                fmt::format("Two document paths {} with each other; must remove or rewrite one of "
                            "these paths; path one: {}, path two: {}",
                            problem, describe_path(one), describe_path(two)));
}

/// The steps that a projection takes from one value on.
struct Branch {
    bool takes_all = false;
    std::map<PathStep, Branch> steps;  // indices of a list in order
};

Branch grow(const Projection& projection, const Item& item) {
    Branch root;
    for (const auto& path : projection) {
        if (find_value(item, path) == nullptr) continue;
        Branch* branch = &root;
        for (const auto& step : path) branch = &branch->steps[step];
        branch->takes_all = true;
    }
    return root;
}

json::value cut(const json::value& value, const Branch& branch) {
    if (branch.takes_all) return value;
    const auto& content = content_of(value);
    if (content.is_array()) {
        json::array list;
        for (const auto& [step, next] : branch.steps) {
            list.push_back(cut(content.get_array()[std::get<std::size_t>(step)], next));
        }
        return json::object{{"L", std::move(list)}};
    }
    json::object map;
    for (const auto& [step, next] : branch.steps) {
        const auto& name = std::get<std::string>(step);
        map[name] = cut(content.get_object().at(name), next);
    }
    return json::object{{"M", std::move(map)}};
}

}  // namespace

Result<Projection> parse_projection(std::string_view expression, Placeholders& placeholders) {
    auto reader = ExpressionReader::open(expression, placeholders);
    if (!reader) return std::unexpected(reader.error());
    Projection projection;
    do {
        auto path = reader->read_path();
        for (const auto& earlier : projection) check_pair(earlier, path, *reader);
        projection.push_back(std::move(path));
    } while (reader->accept_symbol(","));
    if (auto finished = reader->finish(); !finished) return std::unexpected(finished.error());
    return projection;
}

Item project(const Projection& projection, const Item& item) {
    Item projected;
    for (const auto& [step, branch] : grow(projection, item).steps) {
        const auto& name = std::get<std::string>(step);
        projected[name] = cut(item.at(name), branch);
    }
    return projected;
}

}  // namespace dsdash::endpoint::dynamodb
