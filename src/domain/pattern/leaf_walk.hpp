#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <compare>
#include <vector>

#include "domain/pattern/field.hpp"

namespace dsdash::pattern {

/// The element of an array that all values taken from it must lie in.
struct Membership {
    const boost::json::array* array;
    std::size_t index;
    std::string_view place;  ///< the path that the array was found at
    auto operator<=>(const Membership&) const = default;
};

/// How often a match may look at a value: several times as often as an event of a megabyte can have
/// it look. An event that goes beyond is made to be slow, and is taken not to match.
inline constexpr std::size_t kLooksMax = 2'000'000;

/// Goes to all leaves of an event that stand at the path of a field, through arrays, nested ones
/// too. From an array in `chosen` only the chosen element is entered. `Visit` is called with each
/// leaf and the elements entered on the way there that were not chosen before; it returns whether
/// to stop.
template <class Visit>
class LeafWalk {
  public:
    LeafWalk(const Field& field, const std::vector<Membership>& chosen, std::size_t& looks_left,
             Visit visit)
        : field_(field), chosen_(chosen), looks_left_(looks_left), visit_(std::move(visit)) {}

    /// Whether the visitor, or the end of the looks, stopped the walk.
    bool walk(const boost::json::object& event) { return enter_object(event, 0); }

  private:
    bool enter_object(const boost::json::object& object, std::size_t first) {
        for (auto last = first; last < field_.key_ends(); ++last) {
            const auto key = field_.key(first, last);
            const auto* value = object.if_contains({key.data(), key.size()});
            if (value != nullptr && look_at(*value, last)) {
                return true;
            }
        }
        return false;
    }

    /// `last` is the key end that has led to `value`.
    bool look_at(const boost::json::value& value, std::size_t last) {
        if (looks_left_ == 0) {
            return true;
        }
        --looks_left_;
        const bool at_end = last + 1 == field_.key_ends();
        if (const auto* object = value.if_object()) {
            return !at_end && enter_object(*object, last + 1);
        }
        if (const auto* array = value.if_array()) {
            return enter_array(*array, last);
        }
        return at_end && visit_(value, entered_);
    }

    bool enter_array(const boost::json::array& array, std::size_t last) {
        for (const auto& chosen : chosen_) {
            if (chosen.array == &array) {
                return enter_chosen(array, chosen.index, last);
            }
        }
        for (std::size_t i = 0; i < array.size(); ++i) {
            // Only objects and arrays make an element to stay in; plain values side by side are
            // alternatives.
            const bool structured = array[i].is_structured();
            if (structured) {
                entered_.push_back({&array, i, field_.path_to(last)});
            }
            const bool stopped = look_at(array[i], last);
            if (structured) {
                entered_.pop_back();
            }
            if (stopped) {
                return true;
            }
        }
        return false;
    }

    bool enter_chosen(const boost::json::array& array, std::size_t index, std::size_t last) {
        if (last + 1 < field_.key_ends()) {
            return look_at(array[index], last);
        }
        for (std::size_t i = 0; i < array.size(); ++i) {
            if ((i == index || !array[i].is_structured()) && look_at(array[i], last)) {
                return true;
            }
        }
        return false;
    }

    const Field& field_;
    const std::vector<Membership>& chosen_;
    std::size_t& looks_left_;
    Visit visit_;
    std::vector<Membership> entered_;
};

}  // namespace dsdash::pattern
