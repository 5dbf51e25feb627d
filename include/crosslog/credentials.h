// Who we are: the value, and the one-method interface that finds it.
#ifndef CROSSLOG_CREDENTIALS_H_
#define CROSSLOG_CREDENTIALS_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "crosslog/clock.h"
#include "crosslog/error.h"

namespace crosslog {

// Bytes in memory pages of their own: not in a core dump, not swapped out where
// the system lets us, wiped with the last Secret that holds them. They cannot be
// printed or compared by accident. Copies share them, in any thread, and cost
// nothing. A forked child keeps its own.
class Secret {
 public:
  Secret() noexcept = default;
  explicit Secret(std::string_view value);  // std::bad_alloc where there is no memory
  Secret(const Secret& other) noexcept;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret other) noexcept;
  ~Secret();
  // Valid until the Secret changes.
  [[nodiscard]] std::string_view reveal() const noexcept { return {bytes_, size_}; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  // Takes the same time wherever they differ.
  [[nodiscard]] bool equals(std::string_view other) const noexcept;
  [[nodiscard]] bool equals(const Secret& other) const noexcept { return equals(other.reveal()); }

 private:
  char* bytes_ = nullptr;
  std::size_t size_ = 0;
};

// One step on the way to credentials. A role stands behind what assumed it.
struct CredentialHop {
  std::string method;   // the AWS CLI's word: "env", "config-file", "assume-role", "iam-role"
  std::string subject;  // a role's ARN, a variable, a program; never a secret
  std::string place;    // "/home/x/.aws/config:12", a URL; may be empty
  bool cached = false;  // out of the role cache: what came before was not asked
};

struct Credentials {
  std::string access_key_id;
  Secret secret_access_key;
  Secret session_token;              // empty for long-lived keys
  std::optional<TimePoint> expires;  // absent: never
  std::string account_id;            // 12 digits; empty: not known
  std::string origin;                // where they came from, for a person; never a secret
  std::vector<CredentialHop> hops;   // the same for a program, the first source first; may be empty
  std::string warning = {};          // for a person: why these may not work for long; empty: all is well
};

// Refuses what can never be signed with: empty parts, bytes that are not
// printable ASCII, blanks, a token over 32 KiB. The message names the part,
// never its value.
[[nodiscard]] Result<void> check(const Credentials& credentials);

class CredentialProvider {
 public:
  virtual ~CredentialProvider() = default;

  // Returns credentials to sign with. Errc::not_configured means "this source
  // does not apply here": a chain goes on to the next one. Any other error ends
  // the chain. May block on the network. Thread-safe.
  virtual Result<Credentials> get(std::stop_token stop) = 0;

  // The service refused the credentials with this access key as expired: the
  // next get() must not return them again if it can help it. Thread-safe.
  virtual void invalidate(std::string_view access_key_id) noexcept;
};

using ProviderPtr = std::unique_ptr<CredentialProvider>;

}  // namespace crosslog

#endif  // CROSSLOG_CREDENTIALS_H_
