#pragma once

#include <string_view>

namespace dsdash::lambda {

/// The certificate authorities behind AWS's endpoints, as PEM text:
/// https://www.amazontrust.com/repository/. Compiled in, from Debian's ca-certificates, because
/// reading a system's whole bundle takes 20 ms of every cold start, and these 1 ms.
[[nodiscard]] std::string_view amazon_roots();

}  // namespace dsdash::lambda
