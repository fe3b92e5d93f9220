#pragma once

#include <ostream>

namespace dsdash::cli {

/// Where a verb writes: its answer to `out`, everything about the way there to `err`.
struct Console {
    std::ostream& out;
    std::ostream& err;
    bool err_is_terminal = false;
};

}  // namespace dsdash::cli
