/* See proof_kernels.h: compiled for AVX-512, AVX2 with FMA and any processor, from one text; the same bits everywhere. */
#include "proof_kernels.h"

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"

typedef double eight __attribute__((vector_size(64), aligned(8), may_alias));
typedef int64_t bits __attribute__((vector_size(64)));

#if defined(__x86_64__)
#define KERNEL __attribute__((target_clones("avx512f", "fma", "default")))
#else
#define KERNEL
#endif

/* Macros, as vectors are passed to no function that is compiled for any processor. */
#define AT(p) (*(eight *)(p))
#define ALL(x) ((eight){(x), (x), (x), (x), (x), (x), (x), (x)})
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#define SIZE(a) __builtin_elementwise_abs(a)
#define PICK(m, a, b) ((eight)(((m) & (bits)(a)) | (~(m) & (bits)(b))))
/* b where one is no number. */
#define LARGER(a, b) PICK((a) > (b), a, b)

KERNEL void proof_gather(const struct proof_layer *layer, int32_t first, const int32_t *position, int64_t count,
                         const double *w, int64_t stride, const double *sizes, double *sums) {
  for (int64_t i = 0; i < layer->rows; i++) {
    const double *from = w + (layer->row[i] - first) * stride;
    double *to = layer->weight + i * layer->columns, sum = 0;
    for (int64_t j = 0; j < count; j++) {
      to[j] = from[position[j]];
      sum += __builtin_fabs(to[j]) * sizes[layer->column[j]];
    }
    for (int64_t j = count; j < layer->columns; j++) to[j] = 0;
    sums[i] = sum;
  }
}

KERNEL void proof_ends(const struct proof_level *level, const struct proof_work *work) {
  for (int64_t i = 0; i < 2 * level->open_count; i++) {
    const double *known = level->ends + 2 * level->open[i / 2], *form = level->forms + i * (work->inputs + 1);
    double old = i % 2 ? -known[1] : known[0];
    eight value = ALL(old);
    if (level->forms) {
      value = ALL(form[work->inputs]);
      for (int64_t j = 0; j < work->inputs; j++)
        value = FMA(ALL(form[j]), AT((form[j] >= 0 ? work->lower : work->upper) + 8 * j), value);
      value = LARGER(value, ALL(old));
    }
    AT(work->ends + 8 * i) = i % 2 ? -value : value;
  }
}

/* f(z) = z < 0 ? s z : z on l <= z <= u. Of either sign: the line with slope m = (u - s l) / (u - l), as computed, lies on
 * the far side of both ends of f if its offset is beyond (s - m) l, (1 - m) u and 0; f is convex if s <= 1, else concave. The
 * other line goes through zero with slope 1 or s. The product s z is rounded by programs unless s is 0, 1 or -1. */
KERNEL void proof_lines(const struct proof_level *level, int64_t first, const struct proof_work *work) {
  for (int64_t i = first; i < level->open_count; i++) {
    double s = work->slopes[level->open[i]], size = __builtin_fabs(s), *out = work->lines + 40 * i;
    eight l = AT(work->ends + 16 * i), u = AT(work->ends + 16 * i + 8), up = ALL(1 + 0x1p-50), zero = ALL(0);
    bits mixed = (l < zero) & (u > zero);
    eight inner = PICK((mixed & (u > -l)) | (~mixed & (u > zero)), ALL(1), ALL(s));
    eight m = PICK(mixed, (u - ALL(s) * l) / (u - l), inner), p = (ALL(s) - m) * l, q = (ALL(1) - m) * u;
    eight far = s <= 1 ? LARGER(LARGER(p, q), zero) : LARGER(LARGER(-p, -q), zero), offset = PICK(mixed, far * up, zero);
    eight error = work->floats && size != 0 && size != 1 ? LARGER(ALL(0x1p-24 * size) * -l, zero) + ALL(0x1p-148) : zero;
    AT(out) = s <= 1 ? inner : m;
    AT(out + 8) = s <= 1 ? m : inner;
    AT(out + 16) = s <= 1 ? zero : -offset;
    AT(out + 24) = s <= 1 ? offset : zero;
    eight charge = LARGER(SIZE(m), SIZE(inner)) * ALL(level->lines[level->open[i]].charge);
    AT(out + 32) = (charge + ALL(work->gamma) * offset + error) * up + ALL(0x1p-900);
  }
}

KERNEL void proof_pass(const struct proof_level *level, int64_t layers, const struct proof_work *work) {
  double *a = work->coefficients, *x = work->products, gamma = work->gamma;
  eight c = AT(work->constants), s = AT(work->slacks), sum[6];
  while (layers-- > 0) {
    struct proof_layer layer = level->layers[layers];
    int64_t n = 0;
    for (int32_t i = 0; i < layer.rows; i++) {
      eight v = AT(a + 8 * layer.row[i]);
      if (!__builtin_reduce_or(v != ALL(0))) continue;
      const struct proof_line *line = level->lines + layer.row[i];
      eight y = v * ALL(line->slope), charge = ALL(line->charge);
      if (line->place >= 0) {
        const double *own = work->lines + 40 * line->place;
        bits low = v >= ALL(0);
        y = v * PICK(low, AT(own), AT(own + 8));
        c = FMA(v, PICK(low, AT(own + 16), AT(own + 24)), c);
        charge = AT(own + 32);
      }
      c = FMA(y, ALL(line->bias), c);
      s = FMA(SIZE(v), charge, s);
      AT(a + 8 * layer.row[i]) = ALL(0);
      AT(x + 8 * n) = y;
      work->used[n++] = i;
    }
    /* Columns are a multiple of six. */
    for (int64_t j = 0; n > 0 && j < layer.columns; j += 6) {
      for (int e = 0; e < 6; e++) sum[e] = AT(a + 8 * layer.column[j + e]);
      for (int64_t i = 0; i < n; i++) {
        const double *w = layer.weight + work->used[i] * (int64_t)layer.columns + j;
        for (int e = 0; e < 6; e++) sum[e] = FMA(AT(x + 8 * i), ALL(w[e]), sum[e]);
      }
      for (int e = 0; e < 6; e++) AT(a + 8 * layer.column[j + e]) = sum[e];
    }
  }
  eight total = ALL(0);
  s *= ALL(1 + 4 * gamma);
  for (int64_t i = 0; i < work->inputs; i++) {
    total += SIZE(AT(a + 8 * i));
    s += ALL(2 * gamma * level->sizes[i]) * SIZE(AT(a + 8 * i));
  }
  c = c - s - ALL(4 * gamma) * (SIZE(c) + s) - ALL(1e-140);
  bits finite = total + SIZE(c) < ALL(__builtin_inf());
  AT(work->constants) = c = PICK(finite, c, ALL(-__builtin_inf()));
  for (int64_t i = 0; i < work->inputs; i++) {
    eight own = AT(a + 8 * i) = PICK(finite, AT(a + 8 * i), ALL(0));
    c = FMA(own, PICK(own >= ALL(0), AT(work->lower + 8 * i), AT(work->upper + 8 * i)), c);
  }
  AT(work->least) = c;
}
