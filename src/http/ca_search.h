// Where the trusted roots are. libcurl has one place compiled in, right on the
// distribution that built it and nowhere else; this looks where the others keep
// theirs, and says where it looked.
#ifndef CROSSLOG_SRC_HTTP_CA_SEARCH_H_
#define CROSSLOG_SRC_HTTP_CA_SEARCH_H_

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "crosslog/error.h"

namespace crosslog::http {

inline constexpr std::array<std::string_view, 5> kCaSearchPath = {
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Amazon Linux, Fedora, RHEL
    "/etc/pki/tls/certs/ca-bundle.crt",                   // older RHEL
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Arch
    "/etc/ssl/ca-bundle.pem",                             // SUSE
    "/etc/ssl/cert.pem",                                  // Alpine, BSD
};

// `bundle` when it is not empty, else the first file of `places` that can be
// read. Errc::configuration: in the AWS CLI's words for a bundle that cannot be
// read (`url` is the request's), or with every place tried.
[[nodiscard]] Result<std::string> find_ca_bundle(const std::string& bundle, std::string_view url,
                                                 std::span<const std::string_view> places = kCaSearchPath);

}  // namespace crosslog::http

#endif  // CROSSLOG_SRC_HTTP_CA_SEARCH_H_
