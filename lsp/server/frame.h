/* Messages in a stream of bytes: "Content-Length: 17\r\n\r\n" and then 17 bytes of JSON. */
#ifndef JOURNEY_LSP_SERVER_FRAME_H
#define JOURNEY_LSP_SERVER_FRAME_H

#include <jansson.h>

#include "base/buf.h"

#define LIMIT_MESSAGE_BYTES (1u << 30)

typedef struct {
  Buf bytes;    /* that were read and not taken yet */
  size_t taken; /* of them */
} Frames;

typedef enum { FRAME_MORE, FRAME_MESSAGE, FRAME_WRONG } FrameKind;

void frames_add(Frames *frames, Str bytes);
/* The next message, as a new reference, where there is one whole. FRAME_WRONG, with `*why`, a text that lasts: there
 * was something that is none; what stands behind it is read all the same. Texts may hold anything: half surrogates and
 * bytes that are no UTF-8 become U+FFFD, which is as long. */
FrameKind frames_next(Frames *frames, json_t **message, const char **why);
void frames_free(Frames *frames);

/* With its header. */
void frame_write(const json_t *message, Buf *to);

#endif
