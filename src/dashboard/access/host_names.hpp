#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dsdash::dashboard {

/// The names under which a server is asked.
class HostNames {
  public:
    /// DNS names, of which the first label may be "*" and then stands for one label, and IP
    /// addresses without brackets.
    explicit HostNames(const std::vector<std::string>& names);

    /// Whether a Host header, with or without a port, is one of them.
    [[nodiscard]] bool contains(std::string_view host) const;

  private:
    std::vector<std::string> names_;  ///< in lower case
};

}  // namespace dsdash::dashboard
