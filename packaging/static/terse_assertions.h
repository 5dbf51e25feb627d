/* The C++ library's checks stop the program without the texts that say which one: those are 100 KB of names. */
#ifdef __cplusplus
#include <bits/c++config.h>
#undef __glibcxx_assert_impl
#define __glibcxx_assert_impl(condition)          \
  if (__builtin_expect(!bool(condition), false)) { \
    __glibcxx_constexpr_assert(false);             \
    __builtin_trap();                              \
  }
#endif
