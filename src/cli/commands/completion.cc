#include "cli/commands/completion.h"

#include <algorithm>
#include <array>
#include <utility>

#include "cli/live_names.h"
#include "cli/shell_line.h"

namespace crosslog::cli {
namespace {

constexpr std::string_view kBash = R"(# Completion of crosslog for bash 4.4 and later.
_crosslog() {
  local lines
  mapfile -t lines < <("${1/#\~/$HOME}" __complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" \
    2>/dev/null </dev/null)
  COMPREPLY=()
  if [[ ${lines[0]-} != files ]]; then
    COMPREPLY=("${lines[@]:1}")
  elif [[ -n ${lines[1]} ]]; then
    mapfile -t COMPREPLY < <(compgen -f -P "${lines[1]}" -- "${lines[2]}")
  else
    compopt -o default
  fi
}
complete -o nosort -F _crosslog crosslog
)";

constexpr std::string_view kFish = R"(# Completion of crosslog for fish 3 and later.
function __crosslog_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l word (commandline -ct)
    set -l lines ($program __complete fish $words (string unescape -- "$word"; or echo "$word") 2>/dev/null </dev/null)
    if test "$lines[1]" = files
        for path in (__fish_complete_path "$lines[3]")
            echo "$lines[2]$path"
        end
    else
        set -e lines[1]
        string join \n -- $lines
    end
end
complete -c crosslog -f -k -a '(__crosslog_complete)'
)";

constexpr std::string_view kZsh = R"(#compdef crosslog
# Completion of crosslog for zsh 5 and later.
_crosslog() {
  local -a lines names shown
  local line
  lines=("${(@f)$("${(Q)words[1]/#\~/$HOME}" __complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" \
    2>/dev/null </dev/null)}")
  if [[ $lines[1] == files ]]; then
    [[ -n $lines[2] ]] && compset -P "${(b)lines[2]}"
    _files
    return
  fi
  for line in "${(@)lines[2,-1]}"; do
    names+=("${line%%$'\t'*}")
    shown+=("${line/$'\t'/  -- }")
  done
  compadd -l -V crosslog -d shown -a names
}
if [[ $funcstack[1] == _crosslog ]]; then
  _crosslog "$@"
else
  compdef _crosslog crosslog
fi
)";

struct Script {
  std::string_view shell, text;
};
constexpr std::array kScripts{Script{"bash", kBash}, Script{"fish", kFish}, Script{"zsh", kZsh}};

std::string completion_usage(const Program& program) {
  return program.name + " completion bash|fish|zsh\n";
}

// A name is one line of the answer.
bool is_one_line(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string write_names(const Completion& completion) {
  std::string out = "names\n";
  for (const auto& [value, description] : completion.candidates) {
    if (!is_one_line(value)) continue;
    out += value + (description.empty() ? "" : "\t" + description) + "\n";
  }
  return out;
}

std::string write_files(const Completion& completion, std::string_view word, std::size_t kept) {
  const std::string& before = completion.before_file;
  return "files\n" + before.substr(std::min(kept, before.size())) + "\n" +
         std::string(word.substr(before.size())) + "\n";
}

std::string write_bash_names(const Completion& completion, const ShellLine& line) {
  std::string out = "names\n";
  for (const auto& candidate : completion.candidates) {
    if (is_one_line(candidate.value))
      out += quote_for_shell(candidate.value.substr(line.kept), line.quote) + "\n";
  }
  return out;
}

std::string reply_to_bash(std::span<const std::string> words, const Program& program,
                          const NameSource& names) {
  if (words.size() < 2) return "names\n";
  const auto line = parse_shell_line(words[0], words[1]);
  const auto completion = complete(std::span(line.words).subspan(1), program, names);
  return completion.files ? write_files(completion, line.words.back(), line.kept)
                          : write_bash_names(completion, line);
}

}  // namespace

Outcome<std::string> completion_script(std::span<const std::string> words, const Program& program) {
  Argument shell{.name = "shell"};
  for (const auto& script : kScripts)
    shell.choices.push_back(script.shell);
  const auto parsed = parse_arguments(std::array{shell}, words, completion_usage(program));
  if (!parsed) return std::unexpected(parsed.error());
  if (!parsed->rest.empty()) return fail_usage("Unknown options: " + parsed->rest.front());
  return std::string(std::ranges::find(kScripts, parsed->value("shell"), &Script::shell)->text);
}

std::string reply_to_shell(std::span<const std::string> words, const Program& program,
                           const NameSource& names) {
  if (words.empty()) return "names\n";
  if (words.front() == "bash") return reply_to_bash(words.subspan(1), program, names);
  const auto completion = complete(words.subspan(1), program, names);
  return completion.files ? write_files(completion, words.back(), 0) : write_names(completion);
}

std::string reply_to_shell(const CompletionContext& context, std::span<const std::string> words) {
  LiveNames live(context.program, context.host, context.stop);
  return reply_to_shell(words, context.program, live.source());
}

std::vector<Argument> completion_options() {
  return {};
}

std::string completion_help(const Program& program) {
  const std::string& name = program.name;
  return "usage: " + completion_usage(program) +
         "\nPrints the script that lets a shell complete command lines: commands, options and\n"
         "their values, profiles, files, and the names of log groups and log streams, which are\n"
         "asked from the service with the profile, region and endpoint on the line, for two\n"
         "seconds at most, and kept for a minute.\n"
         "\nexamples:\n"
         "  source <(" +
         name +
         " completion bash)\n"
         "  " +
         name +
         " completion bash > ~/.local/share/bash-completion/completions/crosslog\n"
         "  " +
         name +
         " completion zsh > ~/.zsh/completions/_crosslog   # a folder of $fpath\n"
         "  " +
         name + " completion fish > ~/.config/fish/completions/crosslog.fish\n";
}

}  // namespace crosslog::cli
