// A conversation with `journey lsp`, as short as one can be.
import { spawn } from "node:child_process";
import { journey } from "./places.mjs";

export class Server {
  constructor(t) {
    this.process = spawn(journey, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
    this.waiting = new Map();
    this.read = Buffer.alloc(0);
    this.process.stdout.on("data", (bytes) => this.#take(bytes));
    t.after(() => this.process.kill());
  }

  #take(bytes) {
    this.read = Buffer.concat([this.read, bytes]);
    for (;;) {
      const head = this.read.indexOf("\r\n\r\n");
      const length = head >= 0 && Number(/Content-Length: (\d+)/i.exec(this.read.subarray(0, head))[1]);
      if (head < 0 || this.read.length < head + 4 + length) return;
      const message = JSON.parse(this.read.subarray(head + 4, head + 4 + length));
      this.read = this.read.subarray(head + 4 + length);
      this.waiting.get(message.id)?.(message);
    }
  }

  tell(method, params, id) {
    const text = JSON.stringify({ jsonrpc: "2.0", id, method, params });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  ask(method, params) {
    const id = `${method}-${this.waiting.size}`;
    return new Promise((done, failed) => {
      this.waiting.set(id, ({ result, error }) => (error ? failed(new Error(error.message)) : done(result)));
      this.tell(method, params, id);
    });
  }
}
