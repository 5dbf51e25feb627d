// Faults by script: a list of rules, each with what it matches and what it does. Every
// rule counts the requests that it matches; the first rule whose count stands between
// skip and skip + count acts, alone. --help describes the members.
#ifndef CROSSLOG_SRC_SANDBOX_FAULTS_H_
#define CROSSLOG_SRC_SANDBOX_FAULTS_H_

#include <boost/json.hpp>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/response.h"

namespace crosslog::sandbox {

// What an answer by AWS would be; made into XML or JSON by the protocol of the request.
struct AwsError {
  int status = 400;
  std::string code;
  std::string message;
  std::string form;               // of a JSON error, see logs_error()
  boost::json::object details{};  // more members of a JSON error
};

struct FaultMatch {
  std::string service;    // imds, container, sts, sso, logs; empty: any
  std::string operation;  // an action, or the beginning of a path
  std::string method;
  std::uint64_t skip = 0;
  std::optional<std::uint64_t> count;  // nullopt: for ever
};

struct Fault {
  FaultMatch match;
  std::uint64_t seen = 0;

  // Instead of the service.
  std::optional<AwsError> error;
  bool throttle = false;
  std::optional<std::string> body;
  // To the service's answer.
  std::optional<int> status;
  std::vector<std::pair<std::string, std::optional<std::string>>> headers;  // nullopt: taken away
  std::vector<std::pair<std::string, std::string>> replace;                 // in the body
  boost::json::object merge;                                                // into a JSON body
  std::vector<std::string> remove;                                          // members of a JSON body
  std::optional<std::size_t> truncate;
  bool ascii_json = false;
  // Before or inside the service.
  bool expire_session = false;
  bool expire_tokens = false;  // of IMDS
  bool empty_page = false;
  bool same_token = false;
  // On the way.
  Delivery delivery;
};

// The error names the rule and the member.
[[nodiscard]] std::expected<std::vector<Fault>, std::string> read_faults(const boost::json::value& script);

class FaultScript {
 public:
  void set(std::vector<Fault> faults) { faults_ = std::move(faults); }
  void add(std::vector<Fault> faults);
  void clear() { faults_.clear(); }
  [[nodiscard]] std::size_t size() const { return faults_.size(); }
  // The rule that acts on this request, or nullptr; counts the request. The pointer is
  // good until the script changes.
  [[nodiscard]] const Fault* next(std::string_view service, std::string_view operation,
                                  std::string_view method);
  // [{"seen": N}, ...] in the order of the rules.
  [[nodiscard]] boost::json::array counts() const;

 private:
  std::vector<Fault> faults_;
};

// What the rule has in the service's place, made into a response by `fail`, else
// the service's answer.
template <class Fail, class Answer>
Response answer_under(const Fault* fault, const AwsError& throttled, Fail fail, Answer answer) {
  if (fault != nullptr && fault->throttle) return fail(throttled);
  if (fault != nullptr && fault->error) return fail(*fault->error);
  return answer();
}

// Changes the answer, and how it goes out, as the rule says.
void apply_fault(const Fault* fault, Exchange& exchange);
// As the client sees it: 0 where nothing comes back.
[[nodiscard]] int seen_status(const Exchange& exchange);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_FAULTS_H_
