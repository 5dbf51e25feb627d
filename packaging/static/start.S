// The program's entry. Relocating a static-pie writes to every page of its data:
// some hundred page faults, a fifth of a cold call. This asks the kernel for all
// of them at once (MADV_POPULATE_WRITE, Linux 5.14; an older one refuses, and the
// faults come one by one) and goes on to libc's entry with the registers as they were.
#define MADV_POPULATE_WRITE 23
  .text
  .globl crosslog_start
  .hidden __init_array_start
  .hidden _end
  .type crosslog_start, %function
crosslog_start:
#if defined(__x86_64__)
  endbr64
  mov %rdx, %r8
  lea __init_array_start(%rip), %rdi
  and $-4096, %rdi
  lea _end(%rip), %rsi
  sub %rdi, %rsi
  mov $MADV_POPULATE_WRITE, %edx
  mov $28, %eax  // madvise
  syscall
  mov %r8, %rdx
  jmp _start
#elif defined(__aarch64__)
  mov x9, x0
  adrp x0, __init_array_start
  adrp x1, _end
  add x1, x1, :lo12:_end
  sub x1, x1, x0
  mov x2, #MADV_POPULATE_WRITE
  mov x8, #233  // madvise
  svc #0
  mov x0, x9
  b _start
#endif
  .size crosslog_start, . - crosslog_start
  .section .note.GNU-stack, "", %progbits
