// One question on /dev/tty, wherever standard input and output go, as getpass
// asks it: what is typed is not shown. The terminal must not be left mute. Its
// keys that would stop or kill us in the middle do nothing meanwhile, but the
// one for SIGINT, which a program turns into its stop_token.
#include "base/terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "base/crypto.h"
#include "base/files.h"
#include "base/text.h"
#include "base/try.h"

namespace crosslog::base {
namespace {

constexpr std::size_t kMaxLine = 1024;

// Shows nothing that is typed, as long as it lives.
class Mute {
 public:
  explicit Mute(const Descriptor& terminal) : terminal_(terminal) {
    if (::tcgetattr(terminal_.get(), &before_) != 0) return;
    termios mute = before_;
    mute.c_lflag = (mute.c_lflag | ICANON) & ~static_cast<tcflag_t>(ECHO);
    mute.c_cc[VQUIT] = mute.c_cc[VSUSP] = _POSIX_VDISABLE;
    changed_ = ::tcsetattr(terminal_.get(), TCSAFLUSH, &mute) == 0;
  }
  Mute(const Mute&) = delete;
  Mute& operator=(const Mute&) = delete;
  ~Mute() {
    if (changed_) ::tcsetattr(terminal_.get(), TCSAFLUSH, &before_);
  }
  [[nodiscard]] bool works() const noexcept { return changed_; }

 private:
  const Descriptor& terminal_;
  termios before_{};
  bool changed_ = false;
};

std::unexpected<Error> no_terminal(const std::string& reason) {
  return fail(Errc::unsupported, "There is no terminal to ask at: " + reason);
}

void say(const Descriptor& terminal, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(terminal.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

// Up to the line's end. The terminal gives whole lines.
Result<std::string> read_line(const Descriptor& terminal, const Descriptor& stopped) {
  std::string line(kMaxLine, '\0');
  for (;;) {
    pollfd waiting[] = {{terminal.get(), POLLIN, 0}, {stopped.get(), POLLIN, 0}};
    if (::poll(waiting, 2, -1) < 0 && errno != EINTR) return no_terminal(reason_of(errno));
    if (waiting[1].revents != 0) return fail(Errc::cancelled, "Cancelled");
    if (waiting[0].revents == 0) continue;
    const ssize_t got = ::read(terminal.get(), line.data(), line.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return no_terminal(reason_of(errno));
    std::string answer(trim({line.data(), static_cast<std::size_t>(got)}));
    wipe(line);
    if (got == 0 || answer.empty()) return fail(Errc::credentials, "Nothing was typed at the terminal");
    return answer;
  }
}

}  // namespace

Result<std::string> ask(std::string_view prompt, std::stop_token stop) {
  const Descriptor terminal(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!terminal.is_open()) return no_terminal(reason_of(errno));
  const Descriptor stopped(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!stopped.is_open()) return no_terminal(reason_of(errno));
  const std::stop_callback wake(stop, [&stopped] {
    constexpr std::uint64_t kOnce = 1;
    (void)!::write(stopped.get(), &kOnce, sizeof(kOnce));
  });
  const Mute mute(terminal);
  if (!mute.works()) return no_terminal(reason_of(errno));
  say(terminal, visible(prompt));
  auto line = read_line(terminal, stopped);
  say(terminal, "\n");
  return line;
}

}  // namespace crosslog::base
