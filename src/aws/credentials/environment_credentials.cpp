#include "aws/credentials/environment_credentials.hpp"

namespace dsdash::aws {

std::unique_ptr<CredentialsProvider> find_environment_credentials(const Environment& environment) {
    auto key = environment("AWS_ACCESS_KEY_ID");
    auto secret = environment("AWS_SECRET_ACCESS_KEY");
    if (!key || !secret) {
        return nullptr;
    }
    return std::make_unique<FixedCredentials>(
        Credentials{std::move(*key), SecretKey(std::move(*secret)),
                    environment("AWS_SESSION_TOKEN").value_or("")});
}

}  // namespace dsdash::aws
