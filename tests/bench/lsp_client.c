#include "lsp_client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os.h"

/* ---- the process ---- */

static void run(const char *const *argv, const cpu_set_t *processors, int input, int output) {
  int nowhere = open("/dev/null", O_WRONLY);
  sched_setaffinity(0, sizeof *processors, processors);
  if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(nowhere, 2) < 0) _exit(99);
  execvp(argv[0], (char *const *)(void *)argv);
  _exit(99);
}

bool client_start(Client *client, const char *const *argv, const cpu_set_t *processors) {
  int in[2], out[2];
  *client = (Client){.published_version = -1};
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) return false;
  signal(SIGPIPE, SIG_IGN);
  client->started = os_clock();
  client->pid = fork();
  if (client->pid == 0) run(argv, processors, in[0], out[1]);
  close(in[0]);
  close(out[1]);
  client->to = in[1];
  client->from = out[0];
  fcntl(client->to, F_SETFL, O_NONBLOCK);
  return client->pid > 0;
}

void client_end(Client *client) {
  if (client->pid > 0) {
    close(client->to);
    close(client->from);
    kill(client->pid, SIGKILL);
    waitpid(client->pid, NULL, 0);
  }
  buf_free(&client->out);
  buf_free(&client->in);
  buf_free(&client->body);
  json_decref(client->answer);
  *client = (Client){0};
}

/* ---- what is said ---- */

Buf *client_begin(Client *client) {
  client->body.len = 0;
  return &client->body;
}

void client_close(Client *client) {
  buf_printf(&client->out, "Content-Length: %zu\r\n\r\n", client->body.len);
  buf_add(&client->out, buf_str(&client->body));
}

void client_notify(Client *client, const char *method, Str params) {
  buf_printf(client_begin(client), "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":", method);
  buf_add(&client->body, params);
  buf_add_byte(&client->body, '}');
  client_close(client);
}

void client_ask(Client *client, const char *method, Str params) {
  json_decref(client->answer);
  client->answer = NULL;
  client->asked++;
  buf_printf(client_begin(client), "{\"jsonrpc\":\"2.0\",\"id\":%ld,\"method\":\"%s\",\"params\":", client->asked,
             method);
  buf_add(&client->body, params);
  buf_add_byte(&client->body, '}');
  client_close(client);
}

static void write_some(Client *client) {
  ssize_t written = write(client->to, client->out.at, client->out.len);
  if (written <= 0) return;
  memmove(client->out.at, client->out.at + written, client->out.len - (size_t)written);
  client->out.len -= (size_t)written;
}

double client_send(Client *client) {
  double now = os_clock();
  write_some(client);
  return now;
}

/* ---- what is heard ---- */

static void hear_diagnostics(Client *client, const json_t *params, double at) {
  Str address = str_of(json_string_value(json_object_get(params, "uri")));
  const json_t *version = json_object_get(params, "version");
  const char *digits = memmem(address.at, address.len, "/map-", 5);
  unsigned file = digits ? (unsigned)atoi(digits + 5) : MOST_FILES;
  if (file < MOST_FILES && !client->file_published[file]) {
    client->file_published[file] = true;
    client->files_published++;
  }
  if (file < MOST_FILES) client->file_published_at = at;
  if (client->address.len > 0 && !str_is(client->address, address)) return;
  client->published++;
  if (json_is_integer(version)) client->published_version = (long)json_integer_value(version);
  client->published_at = at;
}

/* A request of the server: settings are none, all else is fine. */
static void hear_request(Client *client, const json_t *message) {
  const json_t *items = json_object_get(json_object_get(message, "params"), "items");
  char *id = json_dumps(json_object_get(message, "id"), JSON_ENCODE_ANY);
  Buf *body = client_begin(client);
  buf_printf(body, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s", id ? id : "null", items ? "[" : "null");
  for (size_t i = 0; i < json_array_size(items); i++) buf_add_c(body, i ? ",null" : "null");
  buf_add_c(body, items ? "]}" : "}");
  client_close(client);
  free(id);
}

static void hear(Client *client, json_t *message, double at) {
  const char *method = json_string_value(json_object_get(message, "method"));
  const json_t *id = json_object_get(message, "id");
  client->heard++;
  if (method && id) hear_request(client, message);
  else if (method && strcmp(method, "textDocument/publishDiagnostics") == 0)
    hear_diagnostics(client, json_object_get(message, "params"), at);
  else if (!method && json_is_integer(id) && json_integer_value(id) == client->asked) {
    client->answer = json_incref(message);
    client->answered_at = at;
  }
}

/* The first whole message of the text, which is taken off it; false where there is none yet. */
static bool cut_message(Str *rest, Str *message) {
  const char *end = memmem(rest->at, rest->len, "\r\n\r\n", 4);
  const char *length = end ? memmem(rest->at, (size_t)(end - rest->at), "Content-Length:", 15) : NULL;
  if (!length) return false;
  size_t start = (size_t)(end - rest->at) + 4, len = strtoul(length + 15, NULL, 10);
  if (rest->len < start + len) return false;
  *message = str_slice(*rest, start, start + len);
  *rest = str_slice(*rest, start + len, rest->len);
  return true;
}

static void hear_all(Client *client, double at) {
  Str rest = buf_str(&client->in), text;
  while (cut_message(&rest, &text)) {
    json_t *message = json_loadb(text.at, text.len, JSON_ALLOW_NUL, NULL);
    if (message) hear(client, message, at);
    json_decref(message);
  }
  if (rest.len < client->in.len && rest.len > 0) memmove(client->in.at, rest.at, rest.len);
  client->in.len = rest.len;
}

/* False where the server says nothing more. */
static bool read_some(Client *client) {
  static char bytes[1 << 20];
  ssize_t got = read(client->from, bytes, sizeof bytes);
  double now = os_clock();
  if (got <= 0) return got < 0 && errno == EINTR;
  buf_add(&client->in, (Str){bytes, (size_t)got});
  hear_all(client, now);
  return true;
}

bool client_wait(Client *client, ClientCondition *condition, long wanted, double seconds) {
  double until = os_clock() + seconds;
  while (!condition(client, wanted)) {
    double left = until - os_clock();
    if (left <= 0) return false;
    struct pollfd ends[2] = {{.fd = client->from, .events = POLLIN}, {.fd = client->to, .events = POLLOUT}};
    int ready = poll(ends, client->out.len > 0 ? 2 : 1, (int)(left * 1000) + 1);
    if (ready <= 0) continue;
    if (client->out.len > 0 && ends[1].revents & (POLLERR | POLLHUP)) return false;
    if (client->out.len > 0 && ends[1].revents & POLLOUT) write_some(client);
    if (ends[0].revents && !read_some(client)) return false;
  }
  return true;
}

bool client_answered(const Client *client, long unused) {
  (void)unused;
  return client->answer != NULL;
}

bool client_published_version(const Client *client, long version) { return client->published_version >= version; }

bool client_published_since(const Client *client, long count) { return client->published > count; }

bool client_published_files(const Client *client, long count) { return client->files_published >= count; }

bool client_never(const Client *client, long unused) {
  (void)client;
  (void)unused;
  return false;
}

void client_forget_files(Client *client) {
  memset(client->file_published, 0, sizeof client->file_published);
  client->files_published = 0;
}
