#include "cli/output/output.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

#include "cli/output/json.h"
#include "cli/output/table.h"
#include "cli/output/text.h"
#include "cli/unicode.h"
#include "cli/yaml/writer.h"

namespace crosslog::cli {
namespace {

// Line breaks too: a message must not forge a line of ours.
Document made_visible(const Document& value) {
  if (const auto* text = value.string()) return visible(*text);
  if (const auto* list = value.list()) {
    Document::List out;
    for (const auto& element : *list)
      out.push_back(made_visible(element));
    return out;
  }
  if (const auto* map = value.map()) {
    Document::Map out;
    for (const auto& [name, element] : *map)
      out.emplace_back(visible(name), made_visible(element));
    return out;
  }
  return value;
}

std::unexpected<Failure> cannot_write(int error) {
  return fail_general("cannot write the output: " + std::generic_category().message(error));
}

[[noreturn]] void end_by_broken_pipe() {
  std::signal(SIGPIPE, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
  std::raise(SIGPIPE);
  _exit(128 + SIGPIPE);
}

}  // namespace

Outcome<std::string> format_output(std::string_view title, const Document& document,
                                   const OutputOptions& options) {
  if (options.format == "json") return format_json(document, options.safe);
  if (options.format == "off") return "";
  if (options.format == "yaml") return format_yaml(document, options.safe);
  if (options.format == "yaml-stream") {
    const bool empty = document.map() != nullptr && document.map()->empty();
    return empty ? Outcome<std::string>("") : format_yaml_page(document, options.safe);
  }
  if (options.format != "text" && options.format != "table") {
    return fail_general("Unknown output type: " + options.format);
  }
  const Document& shown = options.safe ? made_visible(document) : document;
  if (options.format == "text") return format_text(shown);
  return format_table(title, shown, {.terminal_width = options.terminal_width, .color = options.color});
}

std::size_t terminal_width(int fd) noexcept {
  winsize size{};
  return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 80;
}

Outcome<void> write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      end_by_broken_pipe();
    } else if (errno != EINTR) {
      return cannot_write(errno);
    }
  }
  return {};
}

Outcome<void> close_output(int fd) {
  if (::close(fd) != 0 && errno != EINTR) return cannot_write(errno);
  return {};
}

}  // namespace crosslog::cli
