#pragma once

namespace dsdash::cli {

/// Has the C library give memory back that a large answer has used, instead of keeping some of it
/// for each thread. To be called before there are other threads.
void keep_memory_small();

}  // namespace dsdash::cli
