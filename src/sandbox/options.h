// The command line of crosslog-sandbox.
#ifndef CROSSLOG_SRC_SANDBOX_OPTIONS_H_
#define CROSSLOG_SRC_SANDBOX_OPTIONS_H_

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crosslog::sandbox {

struct Options {
  enum class Mode { serve, help, version, print_seed, verify };
  Mode mode = Mode::serve;
  std::uint16_t port = 0, imds_port = 0, container_port = 0, control_port = 0;
  std::string seed_file;
  std::int64_t events = 0, event_bytes = 120;
  std::string faults_file;
  std::string imds_credentials_file;
  bool imds_extended = true;
  std::optional<double> quota;  // nullopt: AWS's own rates; 0: none
  std::int64_t clock_offset = 0;
  std::int64_t page_window_ms = 0, page_events = 10000, query_ms = 300;
  std::string log_file = "-";
  bool quiet = false;
  bool until_stdin_closes = false;
  std::string verify_file, context_file;
};

// The error is one line for stderr.
[[nodiscard]] std::expected<Options, std::string> read_options(
    const std::vector<std::string_view>& arguments);
[[nodiscard]] std::string_view help_text();

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_OPTIONS_H_
