#pragma once

#include <boost/json/object.hpp>
#include <vector>

#include "domain/pattern/field.hpp"

namespace dsdash::pattern {

/// Fields that must all be satisfied by one event. A pattern without $or is one rule.
class Rule {
  public:
    struct Step {
        FieldPtr field;
        /// Whether the array element that this field's value lies in can matter to a later field:
        /// whether the path of one goes on from this one's first key.
        bool binds_later;
    };

    /// `fields` sorted by path, none twice.
    explicit Rule(const std::vector<FieldPtr>& fields);

    /// Whether a value can be chosen for each field so that those from one array lie in the same
    /// element of it. As in event-ruler, fields are taken in the order of their paths, and whether
    /// one is absent is asked within the elements chosen up to there.
    [[nodiscard]] bool matches(const boost::json::object& event) const;

  private:
    std::vector<Step> steps_;
};

}  // namespace dsdash::pattern
