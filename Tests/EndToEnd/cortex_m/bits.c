/* Runs 1,000 inputs and prints what identifies all bits of the results, a line for every hundred: the same lines on
 * every machine mean the same bits.
 *
 * Built with -DHEADER="...", -DPREFIX=..., -DUPPER=... as count.c, and -DLEAST=... and -DMOST=..., the ends of the
 * inputs' domains, separated by commas. */
#include "board.h"
#include HEADER
#include <string.h>

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)

enum { INPUTS = JOIN(UPPER, _INPUTS), OUTPUTS = JOIN(UPPER, _OUTPUTS) };

static const float least[INPUTS] = {LEAST};
static const float most[INPUTS] = {MOST};
static uint32_t state = 2463534242u;

static uint32_t draw(void)
{
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

static uint32_t hash(uint32_t sum, uint32_t word) { return (sum ^ word) * 16777619u; }

int main(void)
{
  uint32_t statuses[3] = {0u, 0u, 0u};
  uint32_t sum = 2166136261u;
  for (uint32_t vector = 1u; vector <= 1000u; ++vector) {
    float input[INPUTS];
    JOIN(PREFIX, _result) result;
    for (uint32_t i = 0u; i < INPUTS; ++i) {
      const uint32_t bits = draw();
      const float share = (float)(bits >> 8) * (1.0f / 16777216.0f);
      const float inside = (least[i] * (1.0f - share)) + (most[i] * share);
      /* Every eighth input is any bits at all. */
      memcpy(&input[i], (vector % 8u == 0u) ? (const void *)&bits : (const void *)&inside, sizeof bits);
    }
    JOIN(PREFIX, _infer)(input, &result);
    for (uint32_t i = 0u; i < OUTPUTS; ++i) {
      uint32_t bits;
      memcpy(&bits, &result.scores[i], sizeof bits);
      sum = hash(sum, bits);
    }
    sum = hash(hash(hash(sum, (uint32_t)result.choice), (uint32_t)result.status), (uint32_t)result.reason);
    statuses[result.status] += 1u;
    if (vector % 100u == 0u) {
      board_print_number(sum);
      board_print("\n");
    }
  }
  for (uint32_t i = 0u; i < 3u; ++i) {
    board_print_number(statuses[i]);
    board_print((i < 2u) ? " " : "\n");
  }
  return 0;
}
