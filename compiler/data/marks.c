#include "data/marks.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 64 };

/* A bit for each byte of the block that is a mark. */
typedef uint64_t BlockBits(const char *block, const MarkBytes *bytes);

static inline size_t find(const char *at, size_t len, MarkBytes bytes, uint32_t *marks, BlockBits *bits_of) {
  uint32_t *next = marks;
  for (size_t i = 0; i < len; i += BLOCK) {
    uint64_t bits = bits_of(at + i, &bytes);
    if (len - i < BLOCK) bits &= (UINT64_C(1) << (len - i)) - 1;
    for (; bits; bits &= bits - 1) *next++ = (uint32_t)i + (uint32_t)__builtin_ctzll(bits);
  }
  return (size_t)(next - marks);
}

/* ---- eight bytes at a time ---- */

/* The high bit of each byte that is zero, and of no other. */
static inline uint64_t zero_bytes(uint64_t word) {
  static const uint64_t low = 0x7F7F7F7F7F7F7F7Fu;
  return ~(((word & low) + low) | word | low);
}

static inline uint64_t same_bytes(uint64_t word, char byte) {
  return zero_bytes(word ^ (UINT64_C(0x0101010101010101) * (unsigned char)byte));
}

/* The high bits of eight bytes, side by side, that of the lowest byte first. */
static inline uint64_t gather(uint64_t high_bits) { return (high_bits >> 7) * 0x0102040810204080u >> 56; }

static inline uint64_t portable_bits(const char *block, const MarkBytes *bytes) {
  uint64_t bits = 0;
  for (unsigned i = 0; i < BLOCK; i += 8) {
    uint64_t word = 0;
    for (unsigned b = 0; b < 8; b++) word |= (uint64_t)(unsigned char)block[i + b] << 8 * b;
    uint64_t found =
        same_bytes(word, bytes->delimiter) | same_bytes(word, bytes->quote) | same_bytes(word, bytes->newline);
    bits |= gather(found) << i;
  }
  return bits;
}

size_t marks_find_portable(const char *at, size_t len, MarkBytes bytes, uint32_t *marks) {
  return find(at, len, bytes, marks, portable_bits);
}

/* ---- sixteen ---- */

#ifdef __SSE2__
static inline uint64_t sse2_bits(const char *block, const MarkBytes *bytes) {
  __m128i delimiter = _mm_set1_epi8(bytes->delimiter), quote = _mm_set1_epi8(bytes->quote);
  __m128i newline = _mm_set1_epi8(bytes->newline);
  uint64_t bits = 0;
  for (unsigned i = 0; i < BLOCK; i += 16) {
    __m128i word = _mm_loadu_si128((const __m128i *)(const void *)(block + i));
    __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(word, delimiter), _mm_cmpeq_epi8(word, quote)),
                                 _mm_cmpeq_epi8(word, newline));
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << i;
  }
  return bits;
}

size_t marks_find(const char *at, size_t len, MarkBytes bytes, uint32_t *marks) {
  return find(at, len, bytes, marks, sse2_bits);
}
#else
size_t marks_find(const char *at, size_t len, MarkBytes bytes, uint32_t *marks) {
  return marks_find_portable(at, len, bytes, marks);
}
#endif
