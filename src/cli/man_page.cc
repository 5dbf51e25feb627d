#include "cli/man_page.h"

#include <cstddef>

#include "cli/commands/configure_list.h"
#include "cli/help.h"
#include "cli/help_layout.h"
#include "cli/help_topics.h"
#include "cli/names.h"
#include "crosslog/version.h"

namespace crosslog::cli {
namespace {

constexpr std::size_t kManWidth = 78;

// Characters that roff would take as its own, or show as typographers want them.
std::string escape(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out = "\\&";
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\e";
        break;
      case '-':
        out += "\\-";
        break;
      case '\'':
        out += "\\(aq";
        break;
      case '"':
        out += "\\(dq";
        break;
      case '`':
        out += "\\(ga";
        break;
      case '^':
        out += "\\(ha";
        break;
      case '~':
        out += "\\(ti";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// Lines of a source that people can read.
std::string lines(std::string_view text) {
  std::string out;
  while (text.size() > kManWidth) {
    std::size_t end = text.rfind(' ', kManWidth);
    if (end == std::string_view::npos) end = text.find(' ');
    if (end == std::string_view::npos) break;
    out += escape(text.substr(0, end)) + "\n";
    text.remove_prefix(end + 1);
  }
  return out + escape(text) + "\n";
}

std::string man_section(std::string_view name) {
  return ".SH \"" + escape(name) + "\"\n";
}

std::string subsection(std::string_view name) {
  return ".SS \"" + escape(name) + "\"\n";
}

std::string write_block(const HelpBlock& block) {
  std::string out;
  switch (block.kind) {
    case HelpBlock::Kind::usage:
      return ".PP\n.B " + escape(block.text) + "\n";
    case HelpBlock::Kind::heading:
      return ".PP\n.I \"" + escape(block.text) + ":\"\n";
    case HelpBlock::Kind::paragraph:
      return ".PP\n" + lines(block.text);
    case HelpBlock::Kind::rows:
      for (const auto& row : block.rows) {
        out += ".TP\n.B \"" + escape(row.name) + "\"\n" + (row.text.empty() ? "\\&\n" : lines(row.text));
      }
      return out;
    case HelpBlock::Kind::examples:
      for (const auto& row : block.rows)
        out += escape(row.name) + "\n";
      return ".PP\n.nf\n.RS 4\n" + out + ".RE\n.fi\n";
  }
  return out;
}

std::string command(std::string_view name, const Program& program, std::string_view help) {
  return subsection(program.name + " " + std::string(name)) + write_roff(help);
}

std::string commands_in_detail(const Program& program) {
  std::string out = man_section("COMMANDS IN DETAIL");
  for (const auto& own : own_commands())
    out += command(own.name, program, own.help(program));
  out += command("configure list", program, configure_list_help(program));
  for (const auto& operation : operations()) {
    const std::string name = std::string(name_of(operation.service)) + " " + kebab(operation.name);
    out += command(name, program, operation_help(operation, program));
  }
  return out;
}

std::string topics() {
  std::string out;
  for (const auto& topic : help_topics())
    out += man_section(topic.section) + write_roff(topic.text);
  return out;
}

}  // namespace

std::string write_roff(std::string_view help) {
  constexpr std::string_view kParagraph = ".PP\n";
  std::string out;
  for (const auto& block : parse_help(help))
    out += write_block(block);
  return out.starts_with(kParagraph) ? out.substr(kParagraph.size()) : out;  // a man_section begins one
}

// Lines are not adjusted: names of options are long.
std::string man_page(const Program& program) {
  return ".TH CROSSLOG 1 \"\" \"crosslog " + escape(version()) + "\" \"User Commands\"\n.nh\n.ad l\n" +
         man_section("NAME") + "crosslog \\- read CloudWatch Logs, in this and in other AWS accounts\n" +
         man_section("SYNOPSIS") + ".B crosslog\n[options] <command> <subcommand> [parameters]\n" +
         man_section("DESCRIPTION") +
         "The commands\n.B logs\nand\n.B sts\nare those of the AWS CLI that read, with its options, its "
         "formats and its exit\nstatuses; called by the name\n.B aws\nthe program takes its place. "
         "The other commands are for people.\n.PP\nThe program only reads: it has no command that changes "
         "an account.\n" +
         man_section("COMMANDS") + write_roff(commands_help({}, program)) + man_section("OPTIONS") +
         write_roff(global_options_help(program)) + commands_in_detail(program) + topics() +
         man_section("SEE ALSO") + ".BR aws (1),\n.BR jq (1)\n";
}

}  // namespace crosslog::cli
