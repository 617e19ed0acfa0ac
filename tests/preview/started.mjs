// `journey preview` as it runs for its user: started in a folder, its address read from its first line, ended with Ctrl-C.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { mortal } from '../tools/mortal.mjs';

export async function startPreview(program, args, options = {}) {
  const child = mortal(program, ['preview', '--no-open', ...args], { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { complaints += text; });
  const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, complaints })));
  const lines = createInterface(child.stdout);
  const first = await Promise.race([once(lines, 'line').then(([line]) => line), ended]);
  if (typeof first !== 'string') throw new Error(`journey preview ended: ${JSON.stringify(first)}`);
  const url = new URL(first);
  return {
    address: first,
    base: first.slice(0, first.lastIndexOf('/') + 1), // with the token
    name: first.slice(first.lastIndexOf('/') + 1),
    port: Number(url.port),
    pid: child.pid,
    ended,
    stop(signal = 'SIGINT') {
      child.kill(signal);
      return ended;
    },
  };
}
