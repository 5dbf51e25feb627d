#include "http/ca_search.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace crosslog::http {
namespace {

// 0, or errno.
int why_unreadable(const std::string& path) noexcept {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0) return errno;
  if (S_ISDIR(status.st_mode)) return EISDIR;
  return access(path.c_str(), R_OK) == 0 ? 0 : errno;
}

}  // namespace

Result<std::string> find_ca_bundle(const std::string& bundle, std::string_view url,
                                   std::span<const std::string_view> places) {
  const std::string failed = "SSL validation failed for " + std::string(url) + " ";
  if (!bundle.empty()) {
    const int reason = why_unreadable(bundle);
    if (reason == 0) return bundle;
    // strerrordesc_np: strerror is not safe in threads.
    return fail(Errc::configuration,
                failed + "[Errno " + std::to_string(reason) + "] " + strerrordesc_np(reason),
                {"the CA bundle is " + bundle +
                 ": see --ca-bundle, AWS_CA_BUNDLE, SSL_CERT_FILE and ca_bundle of the profile"});
  }
  std::string tried;
  for (const auto place : places) {
    std::string path(place);
    if (why_unreadable(path) == 0) return path;
    tried += (tried.empty() ? "" : ", ") + path;
  }
  return fail(Errc::configuration, failed + "no CA bundle was found on this machine",
              {"tried " + tried,
               "install the package ca-certificates, or name a bundle with --ca-bundle or AWS_CA_BUNDLE"});
}

}  // namespace crosslog::http
