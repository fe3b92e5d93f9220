#include "contract/home.hpp"

#include <cstdlib>

namespace dsdash::contract_suite {

Home& home() {
    static const auto kHome = [] {
        const char* wanted = std::getenv("DSDASH_CONTRACT_HOME");
        return wanted != nullptr && std::string_view(wanted) == "remote" ? make_remote_home()
                                                                         : make_embedded_home();
    }();
    return *kHome;
}

}  // namespace dsdash::contract_suite
