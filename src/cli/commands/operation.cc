#include "cli/commands/operation.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cli/output/event_json.h"
#include "cli/output/event_text.h"
#include "cli/read_ahead.h"
#include "cli/yaml/skeleton.h"
#include "cli/yaml/writer.h"
#include "crosslog/clock.h"
#include "crosslog/logs.h"

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
    if (writes_events()) return events(invocation);
    if (invocation.all) return every_event(invocation.parameters);
    if (invocation.paging) return pages(invocation);
    auto answer = call_once(invocation.parameters);
    return answer ? show(std::move(*answer)) : std::unexpected(answer.error());
  }

 private:
  static constexpr std::array kEventResults{std::string_view("events")};
  // The end is a token that was sent and came again.
  static constexpr Pagination kForward{.input_token = "nextToken",
                                       .output_token = "nextForwardToken",
                                       .limit = "limit",
                                       .results = kEventResults};

  // Whether events go from the page to the output as they are, or nowhere.
  [[nodiscard]] bool writes_events() const {
    const bool plain =
        output_.format == "off" || (!output_.safe && (output_.format == "text" || output_.format == "json"));
    return gives_events(operation_) && plain && !session_.globals.query;
  }

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

  Outcome<EventAnswer> call_for_events(const Document& parameters) {
    if (auto good = check(operation_, parameters); !good) return std::unexpected(good.error());
    auto answer = caller_->call_for_events(operation_, parameters, stop_);
    if (!answer) return std::unexpected(to_failure(std::move(answer).error()));
    return std::move(*answer);
  }

  Outcome<void> pages(const Invocation& invocation) {
    Pages pages(*operation_.pagination, invocation.parameters, *invocation.paging,
                [this](const Document& parameters) { return call_once(parameters); });
    return show_pages(pages, *operation_.pagination);
  }

  // Pages without an event are normal; many of them in a row are not asked for at
  // full pace.
  Outcome<void> every_event(const Document& parameters) {
    EmptyPages empty_pages(system_clock());
    const auto call = [&](const Document& sent) -> Outcome<Document> {
      auto answer = paced(empty_pages, sent);
      if (!answer) return std::unexpected(answer.error());
      return make_document(operation_, std::move(*answer));
    };
    Pages pages(kForward, parameters, {}, call, WalkEnd::same_token);
    return show_pages(pages, kForward);
  }

  Outcome<EventAnswer> paced(EmptyPages& empty_pages, const Document& parameters) {
    if (auto waited = empty_pages.wait(stop_); !waited)
      return std::unexpected(to_failure(std::move(waited).error()));
    auto answer = call_for_events(parameters);
    const auto* page = answer ? std::get_if<EventPage>(&*answer) : nullptr;
    empty_pages.count(page != nullptr && page->events().empty());
    return answer;
  }

  Outcome<void> events(const Invocation& invocation) {
    OutputBuffer out(print_);
    if (invocation.all) {
      EmptyPages empty_pages(system_clock());
      EventWalk pages(
          kForward, invocation.parameters, {}, [&](const Document& sent) { return paced(empty_pages, sent); },
          WalkEnd::same_token);
      return event_pages(pages, kForward, out);
    }
    if (invocation.paging) {
      EventWalk pages(*operation_.pagination, invocation.parameters, *invocation.paging,
                      [this](const Document& sent) { return call_for_events(sent); });
      return event_pages(pages, *operation_.pagination, out);
    }
    auto answer = call_for_events(invocation.parameters);
    if (!answer) return std::unexpected(answer.error());
    const auto* page = std::get_if<EventPage>(&*answer);
    if (page == nullptr) return show(make_document(operation_, std::move(*answer)));
    if (output_.format == "text") write_page_text(operation_, *page, out);
    if (output_.format == "json") write_page_json(operation_, *page, out);
    return out.flush();
  }

  Outcome<void> event_pages(EventWalk& pages, const Pagination& pagination, OutputBuffer& out) {
    return output_.format == "json" ? events_as_json(pages, pagination, out) : events_by_page(pages, out);
  }

  // One answer, when all is there: until then the pages are kept as they came.
  Outcome<void> events_as_json(EventWalk& pages, const Pagination& pagination, OutputBuffer& out) {
    std::vector<EventAnswer> kept;
    for (;;) {
      auto answer = pages.next();
      if (!answer) return std::unexpected(answer.error());
      if (!*answer) break;
      kept.push_back(std::move(**answer));
    }
    const auto is_page = [](const EventAnswer& answer) { return std::holds_alternative<EventPage>(answer); };
    if (std::ranges::all_of(kept, is_page)) {
      write_walk_json(kept, pagination.results.size() > 1, pages.resume_token(), out);
      return out.flush();
    }
    JoinedPages joined(pagination);
    for (auto& answer : kept)
      joined.add(make_document(operation_, std::move(answer)));
    return show(joined.take(pages.once(), pages.resume_token()));
  }

  Outcome<void> events_by_page(EventWalk& pages, OutputBuffer& out) {
    ReadAhead<EventAnswer> ahead(session_.stop, [&](const std::stop_token& stop) {
      stop_ = stop;
      return pages.next();
    });
    for (bool first = true;; first = false) {
      auto answer = ahead.next();
      if (!answer) return std::unexpected(answer.error());
      if (!*answer) break;
      if (const auto* page = std::get_if<EventPage>(&**answer)) {
        if (output_.format == "text") write_event_text(page->events(), out);
        if (auto written = out.flush(); !written) return written;
      } else if (auto shown = show(pages.results_of(std::get<Document>(**answer), first)); !shown) {
        return shown;
      }
    }
    return pages.resume_token() ? show_resume_token(*pages.resume_token()) : Outcome<void>();
  }

  Outcome<void> show_resume_token(const std::string& token) {
    return show(Document::Map{{"NextToken", Document::Map{{"NextToken", token}}}});
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
    return pages.resume_token() ? show_resume_token(*pages.resume_token()) : Outcome<void>();
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
  std::stop_token stop_ = session_.stop;  // of the page that is asked for
};

}  // namespace

Outcome<void> run_operation(const Session& session, const Operation& operation, const Invocation& invocation,
                            const OutputOptions& output, const Print& print) {
  OperationRun run(session, operation, output, print);
  return invocation.skeleton.empty() ? run.call(invocation) : run.sample(invocation);
}

}  // namespace crosslog::cli
