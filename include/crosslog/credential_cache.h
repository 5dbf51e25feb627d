// Assumed-role credentials kept on disk between runs, shared both ways with the
// AWS CLI: its folder (~/.aws/cli/cache), its file names, its format. Off unless
// somebody makes one: a library does not write to its host's home folder unasked.
#ifndef CROSSLOG_CREDENTIAL_CACHE_H_
#define CROSSLOG_CREDENTIAL_CACHE_H_

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "crosslog/client.h"
#include "crosslog/clock.h"
#include "crosslog/credentials.h"
#include "crosslog/document.h"
#include "crosslog/host.h"
#include "crosslog/sts.h"

namespace crosslog {

class CredentialCache {
 public:
  using Fetch = std::function<Result<AssumedRole>()>;
  virtual ~CredentialCache() = default;

  // What is kept under `key` (a file's name without its end) until its 2026
  // advisory refresh window begins, by the lifetime that is left, as an SDK that
  // loads it would have it: 5 minutes before it expires. Otherwise what `fetch`
  // gives, which is then kept. Of all processes and threads that ask for one key
  // at a time one fetches, the others wait for its answer, 5 seconds at most.
  // Trouble with the folder costs the cache, never the call. Thread-safe.
  virtual Result<AssumedRole> get(const std::string& key, const Fetch& fetch, std::stop_token stop) = 0;
  // The service refused these as expired: they are not given again.
  virtual void invalidate(const std::string& key, std::string_view access_key_id) noexcept = 0;
};

// `folder`: absolute. `note` is given one line for a person when the folder or a
// file in it makes trouble. References must outlive the cache.
[[nodiscard]] std::unique_ptr<CredentialCache> make_credential_cache(Host host, Clock& clock,
                                                                     std::string folder,
                                                                     NoteFunction note = {});

// The AWS CLI's key: SHA-1 of the JSON text of the arguments of the call, those
// that the profile gave and no others, names sorted. `arguments` is a flat map of
// strings and integers.
[[nodiscard]] std::string cache_key(const Document& arguments);

}  // namespace crosslog

#endif  // CROSSLOG_CREDENTIAL_CACHE_H_
