// A program that knows credentials and prints them. What it prints on its output
// is never shown, whatever it is; what it says on its errors is for the person.
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "auth/role_json.h"
#include "base/crypto.h"
#include "base/text.h"
#include "base/try.h"
#include "base/words.h"
#include "crosslog/providers.h"

namespace crosslog {
namespace {

constexpr std::size_t kMaxShownErrors = 1024;
constexpr std::size_t kMaxShownVersion = 16;  // shorter than any key

std::unexpected<Error> broken_process(std::string reason, std::vector<std::string> hints = {}) {
  return fail(Errc::credentials,
              "Error when retrieving credentials from custom-process: " + std::move(reason),
              std::move(hints));
}

class ProcessProvider final : public CredentialProvider {
 public:
  ProcessProvider(Host host, Clock& clock, std::string command, std::string account_id)
      : host_(std::move(host)),
        clock_(clock),
        command_(std::move(command)),
        account_id_(std::move(account_id)) {}

  Result<Credentials> get(std::stop_token stop) override {
    auto words = base::split_words(command_);
    if (!words) {
      return fail(Errc::credentials, std::move(words.error().message),
                  {"credential_process is split into words as a shell does it: check its quotes"});
    }
    if (words->empty()) return broken_process("credential_process is empty");
    const std::string program = base::visible(words->front(), 256);
    CROSSLOG_TRY(Completed completed, run(*words, program, stop));
    auto credentials = completed.exit_status == 0 ? read(completed.output, program)
                                                  : Result<Credentials>(judge_exit(completed, program));
    base::wipe(completed.output);
    return credentials;
  }

 private:
  [[nodiscard]] Result<Completed> run(const std::vector<std::string>& words, const std::string& program,
                                      std::stop_token stop) const {
    if (!host_.run) return fail(Errc::unsupported, "There is no way to run a credential_process here");
    auto completed = host_.run(words, std::move(stop));
    if (completed || completed.error().code == Errc::cancelled) return completed;
    Error& error = completed.error();
    switch (error.code) {
      case Errc::credentials:
        error.hints.push_back("credential_process names " + program +
                              "; it is run without a shell: no variables, pipes or ~");
        return completed;
      case Errc::timeout:
        return broken_process(
            std::move(error.message),
            {program + " was ended: does it wait for somebody? It is run without a terminal"});
      default:
        return broken_process(std::move(error.message), {program + " was ended"});
    }
  }

  static std::unexpected<Error> judge_exit(const Completed& completed, const std::string& program) {
    return broken_process(base::visible(base::trim(completed.errors), kMaxShownErrors),
                          {program + " ended with status " + std::to_string(completed.exit_status)});
  }

  [[nodiscard]] Result<Credentials> read(std::string_view output, const std::string& program) const {
    auto document = auth::parse_role_json(output);
    if (!document) {
      return broken_process(
          "The output is not a JSON object",
          {program + " must print {\"Version\": 1, \"AccessKeyId\": ..., \"SecretAccessKey\": ...}",
           std::move(document.error().message)});
    }
    CROSSLOG_CHECK(check_version(document->find("Version")));
    for (const char* key : {"AccessKeyId", "SecretAccessKey"}) {
      if (document->find(key) == nullptr) {
        return broken_process("Missing required key in response: '" + std::string(key) + "'");
      }
    }
    Credentials credentials = auth::take_keys(*document, "SessionToken");
    if (credentials.account_id.empty()) credentials.account_id = account_id_;
    const Document* expiration = document->find("Expiration");
    if (expiration != nullptr && !expiration->is_null()) {
      credentials.expires = auth::role_expiry(*document, clock_.now());
    }
    credentials.origin = "credential_process, program " + program;
    credentials.hops = {{.method = "custom-process", .subject = program, .place = {}, .cached = false}};
    if (auto good = check(credentials); !good) return broken_process(std::move(good.error().message));
    return credentials;
  }

  static Result<void> check_version(const Document* version) {
    const Document accepted[] = {1, 1.0};
    if (version != nullptr && std::ranges::find(accepted, *version) != std::end(accepted)) return {};
    return broken_process("Unsupported version '" + shown_version(version) +
                          "' for credential process provider, supported versions: 1");
  }

  // As Python would say it; nothing that could be a key put in the wrong place.
  static std::string shown_version(const Document* version) {
    if (version == nullptr) return "<Version key not provided>";
    if (version->is_null()) return "None";
    if (const auto* text = version->string()) {
      return text->size() > kMaxShownVersion ? "..." : base::visible(*text);
    }
    if (version->list() != nullptr || version->map() != nullptr) return "...";
    if (const auto* truth = version->boolean()) return *truth ? "True" : "False";
    return write_json(*version);
  }

  const Host host_;
  Clock& clock_;
  const std::string command_;
  const std::string account_id_;
};

}  // namespace

ProviderPtr make_process_provider(Host host, Clock& clock, std::string command, std::string account_id) {
  return std::make_unique<ProcessProvider>(std::move(host), clock, std::move(command), std::move(account_id));
}

}  // namespace crosslog
