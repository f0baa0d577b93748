/* Counts the instructions of one inference on bare metal, for inputs over a range: of the network alone, and of all.
 *
 * Built with -DNETWORK="...", the network's source, which is included so that its static functions can be called, and
 * with -DPREFIX=... and -DUPPER=..., its prefix in lower and upper case. */
#include "board.h"
#include NETWORK

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)

/* A tick is 40 instructions: the ticks of 40 rounds are the instructions of one. */
enum { ROUNDS = 40, SAMPLES = 24 };

static float input[JOIN(UPPER, _INPUTS)];
static float scores[JOIN(UPPER, _OUTPUTS)];
static float working_memory[65536];
static JOIN(PREFIX, _result) result;

static void network(void) { JOIN(PREFIX, _forward)(input, scores, working_memory); }
static void inference(void) { JOIN(PREFIX, _infer)(input, &result); }

static void draw_input(uint32_t *state)
{
  for (uint32_t i = 0u; i < JOIN(UPPER, _INPUTS); ++i) {
    *state = (*state * 1664525u) + 1013904223u;
    input[i] = ((float)(*state >> 8) * (1.0f / 16777216.0f)) - 0.5f;
  }
}

static void count(const char *name, void (*run)(void))
{
  uint32_t state = 1u;
  uint32_t least = 0xffffffffu;
  uint32_t most = 0u;
  for (uint32_t sample = 0u; sample < SAMPLES; ++sample) {
    draw_input(&state);
    board_start_ticks();
    for (uint32_t round = 0u; round < ROUNDS; ++round) {
      run();
    }
    const uint32_t instructions = board_ticks();
    least = (instructions < least) ? instructions : least;
    most = (instructions > most) ? instructions : most;
  }
  board_print(name);
  board_print(" ");
  board_print_number(least);
  board_print(" ");
  board_print_number(most);
  board_print("\n");
}

int main(void)
{
  count("network", network);
  count("inference", inference);
  return (result.status == 0) ? 0 : 1;
}
