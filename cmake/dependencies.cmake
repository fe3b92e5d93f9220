# Everything comes from Debian 12 packages; `./dev setup` installs them.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

set(Boost_USE_STATIC_LIBS ON)
find_package(Boost 1.81 EXACT REQUIRED COMPONENTS json url)
find_package(OpenSSL 3 REQUIRED)
find_package(fmt REQUIRED)
find_package(Threads REQUIRED)
if(NOT DSDASH_LAMBDA_ONLY)
  find_package(SQLite3 REQUIRED)
  find_package(CLI11 REQUIRED)
  find_package(spdlog REQUIRED)
  find_package(ZLIB REQUIRED)
endif()

# Programs take the system's shared libraries. Those with the property DSDASH_STATIC (src/lambda) take
# the archives; fmt has none in Debian, and they bring its few definitions themselves.
find_library(DSDASH_LIBSSL_ARCHIVE libssl.a REQUIRED)
find_library(DSDASH_LIBCRYPTO_ARCHIVE libcrypto.a REQUIRED)
set(is_static "$<BOOL:$<TARGET_PROPERTY:DSDASH_STATIC>>")
add_library(dsdash_openssl INTERFACE)
target_link_libraries(dsdash_openssl INTERFACE
  "$<IF:${is_static},${DSDASH_LIBSSL_ARCHIVE};${DSDASH_LIBCRYPTO_ARCHIVE},OpenSSL::SSL;OpenSSL::Crypto>")
add_library(dsdash_fmt INTERFACE)
target_link_libraries(dsdash_fmt INTERFACE "$<$<NOT:${is_static}>:fmt::fmt>")
