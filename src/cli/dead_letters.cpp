#include "cli/dead_letters.hpp"

#include "cli/served_dead_letters.hpp"
#include "cli/sqs_dead_letters.hpp"

namespace dsdash::cli {

std::unique_ptr<DeadLetters> dead_letters_of(const ClientOptions& options,
                                             const Environment& environment, AwsApi& api) {
    if (is_of_embedded_home(options, environment)) return std::make_unique<ServedDeadLetters>(api);
    return std::make_unique<SqsDeadLetters>(api);
}

}  // namespace dsdash::cli
