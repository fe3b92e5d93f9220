#include "http/certificate_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/testing/certificate_files.hpp"

namespace dsdash::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(CertificateNames, AreItsSubjectAlternativeNames) {
    const CertificateFiles files(
        "DNS:Dash.Example.com,DNS:*.example.org,IP:192.0.2.1,IP:2001:db8::1,email:a@example.com");
    EXPECT_THAT(certificate_names(files.certificate()).value(),
                ElementsAre("dash.example.com", "*.example.org", "192.0.2.1", "2001:db8::1"));
}

TEST(CertificateNames, AreNoneWithoutThatExtension) {
    EXPECT_THAT(certificate_names(CertificateFiles("").certificate()).value(), IsEmpty());
}

TEST(CertificateNames, NameTheFileThatIsWrong) {
    EXPECT_EQ(certificate_names("/nonexistent").error().kind, ErrorKind::not_found);
    EXPECT_EQ(certificate_names("/dev/null").error().message,
              "/dev/null holds no certificate in PEM form");
    EXPECT_EQ(certificate_names(CertificateFiles().key()).error().kind, ErrorKind::malformed_input);
}

}  // namespace
}  // namespace dsdash::http
