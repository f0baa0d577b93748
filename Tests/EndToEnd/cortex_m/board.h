/* What programs on the bare board use instead of a C library. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

/* Writes to qemu's console through semihosting. */
void board_print(const char *text);
void board_print_number(uint32_t number);

/* Starts counting, and what was counted since, in ticks of SysTick: of 40 ns, which is 40 instructions under
 * `-icount shift=0` (one instruction a nanosecond). At most 2^24 - 1. */
void board_start_ticks(void);
uint32_t board_ticks(void);

/* What the board runs; 0 is success. */
int main(void);

#endif
