// crosslog(1) in roff, for man: the help texts of help.h in another dress, so that
// the page cannot fall behind the program.
#ifndef CROSSLOG_SRC_CLI_MAN_PAGE_H_
#define CROSSLOG_SRC_CLI_MAN_PAGE_H_

#include <string>
#include <string_view>

#include "cli/program.h"

namespace crosslog::cli {

[[nodiscard]] std::string man_page(const Program& program);

// A help text as what follows the title of a section.
[[nodiscard]] std::string write_roff(std::string_view help);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_MAN_PAGE_H_
