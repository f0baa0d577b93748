/* Start-up, console and clock of a bare MPS2 board under qemu. */
#include "board.h"

extern uint32_t stack_top, image_start, data_start, data_end, bss_start, bss_end;

static uint32_t semihost(uint32_t operation, const void *argument)
{
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

void board_print(const char *text) { (void)semihost(0x04u, text); }

void board_print_number(uint32_t number)
{
  char digits[11];
  char *next = &digits[10];
  *next = '\0';
  do {
    --next;
    *next = (char)('0' + (char)(number % 10u));
    number /= 10u;
  } while (number != 0u);
  board_print(next);
}

static volatile uint32_t *const systick = (volatile uint32_t *)0xe000e010u;

void board_start_ticks(void)
{
  systick[0] = 0u;
  systick[1] = 0xffffffu;
  systick[2] = 0u;
  systick[0] = 5u;
}

uint32_t board_ticks(void) { return 0xffffffu - systick[2]; }

static void finish(int code)
{
  /* SYS_EXIT_EXTENDED: ADP_Stopped_ApplicationExit with a code. */
  const uint32_t block[2] = {0x20026u, (uint32_t)code};
  (void)semihost(0x20u, block);
  for (;;) {
  }
}

static void fault(void)
{
  board_print("fault\n");
  finish(99);
}

void start(void);
void start(void)
{
#if defined(__ARM_FP)
  /* Full access to the floating-point unit. */
  *(volatile uint32_t *)0xe000ed88u |= 0xfu << 20;
  __asm__ volatile("dsb\n isb");
#endif
  const uint32_t *from = &image_start;
  for (uint32_t *to = &data_start; to < &data_end; ++to) {
    *to = *from;
    ++from;
  }
  for (uint32_t *to = &bss_start; to < &bss_end; ++to) {
    *to = 0u;
  }
  finish(main());
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
  &stack_top, (const void *)start, (const void *)fault, (const void *)fault, (const void *)fault,
  (const void *)fault, (const void *)fault};
