#include "cli/commands/operation.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cli/lull.h"
#include "cli/yaml/skeleton.h"
#include "cli/yaml/writer.h"
#include "crosslog/clock.h"

namespace crosslog::cli {
namespace {

Outcome<void> check(const Operation& operation, const Document& parameters) {
  auto good = check_parameters(operation, parameters);
  if (!good) return fail_usage(good.error().message, good.error().hints);
  return {};
}

// The message shows the value that a function does not take; of an answer that
// holds credentials it might be one.
std::string without_value(std::string message) {
  constexpr std::string_view kBefore = "invalid type for value: ", kAfter = ", expected one of: ";
  const auto begin = message.find(kBefore);
  const auto end = message.rfind(kAfter);
  if (begin == std::string::npos || end == std::string::npos) return message;
  return message.replace(begin + kBefore.size(), end - begin - kBefore.size(), "***");
}

class OperationRun {
 public:
  OperationRun(const Session& session, const Operation& operation, const OutputOptions& output,
               const Print& print)
      : session_(session), operation_(operation), output_(output), print_(print) {}

  Outcome<void> sample(const Invocation& invocation) {
    if (invocation.skeleton == "yaml-input") {
      return print_(make_yaml_skeleton(*operation_.input));
    }
    if (invocation.skeleton == "input") {
      const auto text = format_output("", make_sample(*operation_.input, Sample::input), {});
      return text ? print_(*text) : std::unexpected(text.error());
    }
    if (auto good = check(operation_, invocation.parameters); !good) return good;
    return show(make_sample(*operation_.output, Sample::output));
  }

  Outcome<void> call(const Invocation& invocation) {
    if (auto opened = open(); !opened) return opened;
    if (invocation.all) return every_event(invocation.parameters);
    if (invocation.paging) return pages(invocation);
    auto answer = call_once(invocation.parameters);
    return answer ? show(std::move(*answer)) : std::unexpected(answer.error());
  }

 private:
  Outcome<void> open() {
    auto connection = connect(session_);
    if (!connection) return std::unexpected(connection.error());
    connection_ = std::move(*connection);
    const auto region = region_of(session_, *connection_);
    if (!region) return std::unexpected(region.error());
    auto endpoint = endpoint_of(session_.settings, operation_.service, *region);
    if (!endpoint) return std::unexpected(to_failure(std::move(endpoint).error()));
    ClientOptions options = client_options(session_.settings, std::move(*endpoint));
    options.debug = session_.debug;
    options.note = session_.note;
    const bool wire = session_.settings.cli_timestamp_format == "wire";
    caller_.emplace(*connection_->transport, system_clock(), *connection_->credentials, std::move(options),
                    wire ? TimestampFormat::wire : TimestampFormat::iso8601);
    return {};
  }

  Outcome<Document> call_once(const Document& parameters) {
    if (auto good = check(operation_, parameters); !good) return std::unexpected(good.error());
    auto answer = caller_->call(operation_, parameters, session_.stop);
    if (!answer) return std::unexpected(to_failure(std::move(answer).error()));
    return std::move(*answer);
  }

  Outcome<void> pages(const Invocation& invocation) {
    Pages pages(*operation_.pagination, invocation.parameters, *invocation.paging,
                [this](const Document& parameters) { return call_once(parameters); });
    return show_pages(pages, *operation_.pagination);
  }

  // The end is a token that was sent and came again. Pages without an event are
  // normal; many of them in a row are not asked for at full pace.
  Outcome<void> every_event(const Document& parameters) {
    static constexpr std::array kResults{std::string_view("events")};
    static constexpr Pagination kForward{.input_token = "nextToken",
                                         .output_token = "nextForwardToken",
                                         .limit = "limit",
                                         .results = kResults};
    Lull lull(system_clock(), {}, session_.stop);
    Pages pages(kForward, parameters, {}, [&](const Document& sent) -> Outcome<Document> {
      auto page = call_once(sent);
      if (!page) return page;
      const Document* token = page->find(kForward.output_token);
      const Document* last = sent.find(kForward.input_token);
      const bool end = token == nullptr || (last != nullptr && *token == *last);
      if (end) page->set(kForward.output_token, Document());
      const Document* events = page->find("events");
      const bool found = events != nullptr && events->list() != nullptr && !events->list()->empty();
      if (found) lull.reset();
      if (found || end || lull.wait("")) return page;
      return std::unexpected(to_failure(fail(Errc::cancelled, "").error()));
    });
    return show_pages(pages, kForward);
  }

  Outcome<void> show_pages(Pages& pages, const Pagination& pagination) {
    if (output_.format == "text") return text_by_page(pages);
    if (output_.format == "yaml-stream") return yaml_by_page(pages);
    auto all = full_result(pages, pagination);
    return all ? show(std::move(*all)) : std::unexpected(all.error());
  }

  Outcome<void> text_by_page(Pages& pages) {
    for (bool first = true;; first = false) {
      const auto page = pages.next();
      if (!page) return std::unexpected(page.error());
      if (!*page) break;
      if (auto shown = show(pages.results_of(**page, first)); !shown) return shown;
    }
    if (!pages.resume_token()) return {};
    return show(Document::Map{{"NextToken", Document::Map{{"NextToken", *pages.resume_token()}}}});
  }

  // Each page as the service gave it, its token too.
  Outcome<void> yaml_by_page(Pages& pages) {
    for (;;) {
      auto page = pages.next();
      if (!page) return std::unexpected(page.error());
      if (!*page) return {};
      const auto shown = selected(std::move(**page));
      if (!shown) return std::unexpected(shown.error());
      const auto text = format_yaml_page(*shown, output_.safe);
      if (!text) return std::unexpected(text.error());
      if (auto printed = print_(*text); !printed) return printed;
    }
  }

  Outcome<void> show(Document answer) const {
    const auto shown = selected(std::move(answer));
    if (!shown) return std::unexpected(shown.error());
    const auto text = format_output(operation_.name, *shown, output_);
    return text ? print_(*text) : std::unexpected(text.error());
  }

  // What --query makes of an answer.
  [[nodiscard]] Outcome<Document> selected(Document answer) const {
    const auto& query = session_.globals.query;
    if (!query) return answer;
    auto result = query->search(answer);
    if (result) return std::move(*result);
    const bool secret = operation_.service == Service::sts;
    return fail_general(secret ? without_value(result.error().message) : result.error().message);
  }

  const Session& session_;
  const Operation& operation_;
  const OutputOptions& output_;
  const Print& print_;
  std::unique_ptr<Connection> connection_;
  std::optional<OperationCaller> caller_;
};

}  // namespace

Outcome<void> run_operation(const Session& session, const Operation& operation, const Invocation& invocation,
                            const OutputOptions& output, const Print& print) {
  OperationRun run(session, operation, output, print);
  return invocation.skeleton.empty() ? run.call(invocation) : run.sample(invocation);
}

}  // namespace crosslog::cli
