#include "domain/pattern/field.hpp"

#include <algorithm>

namespace dsdash::pattern {

Field::Field(std::string path, Alternatives alternatives)
    : path_(std::move(path)), alternatives_(std::move(alternatives)) {
    for (auto dot = path_.find('.'); dot != std::string::npos; dot = path_.find('.', dot + 1)) {
        key_ends_.push_back(dot);
    }
    key_ends_.push_back(path_.size());
}

bool Field::accepts(const boost::json::value& leaf) const {
    return std::ranges::any_of(alternatives_.values, [&](const ValueMatcherPtr& matcher) {
        return matcher->matches(leaf);
    });
}

std::string_view Field::key(std::size_t first, std::size_t last) const {
    const auto start = first == 0 ? 0 : key_ends_[first - 1] + 1;
    return std::string_view(path_).substr(start, key_ends_[last] - start);
}

std::string_view Field::path_to(std::size_t last) const {
    return std::string_view(path_).substr(0, key_ends_[last]);
}

}  // namespace dsdash::pattern
