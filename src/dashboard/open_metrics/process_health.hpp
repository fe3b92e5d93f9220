#pragma once

#include "domain/result.hpp"

namespace dsdash::dashboard {

/// What this process has used, as the kernel tells it.
struct ProcessHealth {
    double cpu_seconds = 0;  ///< user and system
    double resident_bytes = 0;
    double open_files = 0;
    double start_time = 0;  ///< seconds since 1970
};

/// unreachable where there is no /proc.
Result<ProcessHealth> read_process_health();

}  // namespace dsdash::dashboard
