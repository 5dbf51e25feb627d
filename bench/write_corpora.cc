// write_corpora FOLDER: the pages of decode_bench as files, for decoders in other languages.

#include <cstdio>
#include <string>

#include "bench/corpora.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  for (const auto& corpus : crosslog::bench::make_corpora()) {
    const std::string path = std::string(argv[1]) + "/" + std::string(corpus.name) + ".json";
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return 1;
    const bool whole = std::fwrite(corpus.page.data(), 1, corpus.page.size(), file) == corpus.page.size();
    if (std::fclose(file) != 0 || !whole) return 1;
  }
}
