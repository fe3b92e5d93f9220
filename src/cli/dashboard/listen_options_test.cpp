#include "cli/dashboard/listen_options.hpp"

#include <gtest/gtest.h>

#include "http/testing/certificate_files.hpp"

namespace dsdash::cli {
namespace {

class ServerOptionsTest : public testing::Test {
  protected:
    Error refusal(std::string listen, const std::filesystem::path& certificate = {},
                  const std::filesystem::path& key = {}) {
        const auto server =
            server_options({std::move(listen), certificate.string(), key.string(), {}});
        EXPECT_FALSE(server);
        return server ? Error{} : server.error();
    }

    http::CertificateFiles files_;
};

TEST_F(ServerOptionsTest, SayWhereAndWithWhichCertificate) {
    const auto plain = server_options({.listen = "[::1]:8443"}).value();
    EXPECT_EQ(plain.address, "::1");
    EXPECT_EQ(plain.port, 8443);
    EXPECT_FALSE(plain.tls);
    const auto tls =
        server_options({"0.0.0.0:0", files_.certificate().string(), files_.key().string(), {}})
            .value();
    EXPECT_EQ(tls.tls->certificate_chain, files_.certificate());
    EXPECT_EQ(tls.tls->private_key, files_.key());
}

TEST_F(ServerOptionsTest, NeedACertificateOffLoopback) {
    const auto refused = refusal("0.0.0.0:8080");
    EXPECT_EQ(refused.kind, ErrorKind::denied);
    EXPECT_NE(refused.hint.find("--tls-certificate"), std::string::npos);
}

TEST_F(ServerOptionsTest, NeedBothFilesOrNone) {
    for (const auto& refused :
         {refusal("127.0.0.1:0", files_.certificate()), refusal("127.0.0.1:0", {}, files_.key())}) {
        EXPECT_EQ(refused.kind, ErrorKind::malformed_input);
        EXPECT_EQ(refused.message, "--tls-certificate and --tls-key are needed together");
    }
}

TEST_F(ServerOptionsTest, NeedFilesThatTheServerCanUse) {
    const http::CertificateFiles others;
    EXPECT_EQ(refusal("0.0.0.0:0", "/nonexistent", files_.key()).kind, ErrorKind::not_found);
    EXPECT_EQ(refusal("0.0.0.0:0", files_.key(), files_.key()).kind, ErrorKind::malformed_input);
    EXPECT_NE(refusal("0.0.0.0:0", files_.certificate(), others.key()).message.find("is not that"),
              std::string::npos);
}

}  // namespace
}  // namespace dsdash::cli
