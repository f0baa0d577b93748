/* The board's console on the machine that tests. */
#include "board.h"
#include <stdio.h>

void board_print(const char *text) { (void)fputs(text, stdout); }
void board_print_number(uint32_t number) { (void)printf("%lu", (unsigned long)number); }
