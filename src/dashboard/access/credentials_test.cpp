#include "dashboard/access/credentials.hpp"

#include <gtest/gtest.h>

namespace dsdash::dashboard {
namespace {

http::Request with(std::initializer_list<std::pair<const char*, const char*>> fields) {
    http::Request request;
    for (const auto& [name, value] : fields) request.headers.add(name, value);
    return request;
}

TEST(Credentials, FindTheSessionAmongOtherCookies) {
    EXPECT_EQ(session_cookie(with({})), std::nullopt);
    EXPECT_EQ(session_cookie(with({{"Cookie", "dsdash_session=abc"}})), "abc");
    EXPECT_EQ(session_cookie(with({{"cookie", "a=b;dsdash_session=abc ; c=d"}})), "abc");
    EXPECT_EQ(session_cookie(with({{"Cookie", "a=b"}, {"Cookie", "dsdash_session=abc"}})), "abc");
    for (const char* other :
         {"", ";", ";;=;", "dsdash_session", "xdsdash_session=abc", "dsdash_sessionx=abc",
          "Dsdash_session=abc", "a=dsdash_session=abc"}) {
        EXPECT_EQ(session_cookie(with({{"Cookie", other}})), std::nullopt) << other;
    }
}

TEST(Credentials, TakeNoneOfSeveralSessions) {
    EXPECT_EQ(session_cookie(with({{"Cookie", "dsdash_session=a; dsdash_session=b"}})),
              std::nullopt);
    EXPECT_EQ(
        session_cookie(with({{"Cookie", "dsdash_session=a"}, {"Cookie", "dsdash_session=b"}})),
        std::nullopt);
}

TEST(Credentials, FindTheBearersToken) {
    EXPECT_EQ(bearer_token(with({})), std::nullopt);
    EXPECT_EQ(bearer_token(with({{"Authorization", "Bearer dsdash_1"}})), "dsdash_1");
    EXPECT_EQ(bearer_token(with({{"authorization", "bearer  dsdash_1 "}})), "dsdash_1");
    for (const char* other :
         {"", "Bearer", "Bearer ", "Basic dXNlcg==", "dsdash_1", "Bearerdsdash_1"}) {
        EXPECT_EQ(bearer_token(with({{"Authorization", other}})), "") << other;
    }
    EXPECT_EQ(bearer_token(with({{"Authorization", "Bearer a"}, {"Authorization", "Bearer b"}})),
              "");
}

TEST(Credentials, KeepTheCookieFromScriptsAndOtherSites) {
    EXPECT_EQ(set_session_cookie("abc"),
              "dsdash_session=abc; Path=/; Max-Age=604800; HttpOnly; Secure; SameSite=Strict");
    EXPECT_EQ(set_session_cookie(""),
              "dsdash_session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict");
}

}  // namespace
}  // namespace dsdash::dashboard
