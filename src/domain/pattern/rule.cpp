#include "domain/pattern/rule.hpp"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <ranges>
#include <span>

#include "domain/pattern/leaf_walk.hpp"

namespace dsdash::pattern {

namespace {

namespace json = boost::json;

using Choice = std::vector<Membership>;
/// The distinct ways to choose array elements for the fields so far. Nearly always there is one,
/// which chooses none; that one needs no memory from the heap.
using Choices = boost::container::small_vector<Choice, 2>;

bool lies_below(const std::string& path, std::string_view place) {
    return path.size() > place.size() && path[place.size()] == '.' && path.starts_with(place);
}

void remove_duplicates(Choices& choices) {
    if (choices.size() > 1) {
        std::ranges::sort(choices);
        const auto repeated = std::ranges::unique(choices);
        choices.erase(repeated.begin(), repeated.end());
    }
}

/// Takes the choices through the fields, one field after the other. What is chosen from an array is
/// forgotten when no later field can lie below it, so that there are never more choices than the
/// event has elements (but for events whose keys hold dots; there kLooksMax ends the search).
class RuleMatch {
  public:
    RuleMatch(std::span<const Rule::Step> steps, const json::object& event)
        : steps_left_(steps), event_(event) {}

    bool succeeds() {
        Choices choices(1);
        while (!steps_left_.empty()) {
            const auto step = steps_left_.front();
            steps_left_ = steps_left_.subspan(1);
            Choices extended;
            for (const auto& choice : choices) {
                extend(step, choice, extended);
            }
            if (extended.empty() || looks_left_ == 0) {
                return false;
            }
            remove_duplicates(extended);
            choices = std::move(extended);
        }
        return true;
    }

  private:
    bool is_needed(const Membership& membership) const {
        return std::ranges::any_of(steps_left_, [&](const Rule::Step& later) {
            return lies_below(later.field->path(), membership.place);
        });
    }

    void append_needed(Choice& choice, const Choice& memberships) const {
        std::ranges::copy_if(
            memberships, std::back_inserter(choice),
            [this](const Membership& membership) { return is_needed(membership); });
    }

    /// Appends what `choice` becomes with each value that the field accepts.
    void extend(const Rule::Step& step, const Choice& choice, Choices& extended) {
        Choice kept;
        append_needed(kept, choice);
        bool found = false;
        const auto visit = [&](const json::value& leaf, const Choice& entered) {
            found = true;
            if (!step.field->accepts(leaf)) {
                return false;
            }
            append_needed(extended.emplace_back(kept), entered);
            return !step.binds_later;
        };
        LeafWalk(*step.field, choice, looks_left_, visit).walk(event_);
        if (!found && step.field->accepts_absence()) {
            extended.push_back(std::move(kept));
        }
    }

    std::span<const Rule::Step> steps_left_;
    const json::object& event_;
    std::size_t looks_left_ = kLooksMax;
};

}  // namespace

Rule::Rule(const std::vector<FieldPtr>& fields) {
    steps_.reserve(fields.size());
    const auto path_of = [](const FieldPtr& field) -> const std::string& { return field->path(); };
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        const auto start = std::string((*field)->path_to(0)) + '.';
        // Sorted, the paths that start so stand side by side.
        const auto later = std::ranges::lower_bound(field + 1, fields.end(), start, {}, path_of);
        const bool binds_later = later != fields.end() && (*later)->path().starts_with(start);
        steps_.push_back({*field, binds_later});
    }
}

bool Rule::matches(const json::object& event) const {
    return RuleMatch(steps_, event).succeeds();
}

}  // namespace dsdash::pattern
