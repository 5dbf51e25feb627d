// The allocator of libcurl and OpenSSL, for programs that ask for it. What
// libcurl frees without wiping is, above all, the buffer of the last request's
// headers, with the session token in it.
#include <curl/curl.h>

#include <cstdlib>
#include <cstring>

#include "base/crypto.h"
#include "crosslog/transport.h"

namespace crosslog {

// OpenSSL is asked first: it says when it is too late, and libcurl, which starts
// OpenSSL, has not been started by us then either.
bool make_libraries_wipe_memory() noexcept {
  static const bool made =
      base::make_openssl_wipe_memory() &&
      curl_global_init_mem(
          CURL_GLOBAL_DEFAULT, [](std::size_t size) { return std::malloc(size); }, base::free_wiped,
          base::reallocate_wiped, [](const char* text) { return strdup(text); },
          [](std::size_t count, std::size_t size) { return std::calloc(count, size); }) == CURLE_OK;
  return made;
}

}  // namespace crosslog
