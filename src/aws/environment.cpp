#include "aws/environment.hpp"

#include <cstdlib>

namespace dsdash::aws {

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        return value == nullptr || *value == '\0' ? std::nullopt
                                                  : std::optional<std::string>(value);
    };
}

Environment empty_environment() {
    return [](const std::string&) { return std::nullopt; };
}

}  // namespace dsdash::aws
