// The HTTP side of `journey preview`: who is let in, what there is, what is told of changes, and how it ends.
//
//   JOURNEY=build/release/journey node --test tests/preview
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { mortal } from '../tools/mortal.mjs';
import { startPreview } from './started.mjs';

const journey = process.env.JOURNEY && resolve(process.env.JOURNEY);
const skip = journey && existsSync(journey) ? false : 'JOURNEY names no program';
const map = (title, more = '') => `journey trip "${title}" {\n  stage "One" {\n    touchpoint "Calls" via phone feels +1\n  }\n}\n${more}`;

function write(path, text) {
  writeFileSync(`${path}~`, text);
  renameSync(`${path}~`, path);
}

describe('journey preview', { skip }, () => {
  const folder = skip ? '' : mkdtempSync(join(tmpdir(), 'journey-http-'));
  const file = join(folder, 'trip.journey');
  let preview;

  before(async () => {
    write(file, map('Trip'));
    preview = await startPreview(journey, ['trip.journey'], { cwd: folder });
  });
  after(async () => {
    await preview?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  // Sent as it is; what came back until the other side closed, or `enough` said so.
  function send(text, { enough = () => false, host = '127.0.0.1', port = preview.port } = {}) {
    return new Promise((done, fail) => {
      const socket = net.connect(port, host, () => socket.write(text));
      socket.setTimeout(60_000, () => socket.destroy(new Error('no answer, and no end'))); // of who should have been turned away
      let got = '';
      socket.setEncoding('latin1').on('data', (data) => {
        got += data;
        if (enough(got)) socket.destroy();
      });
      socket.on('close', () => done(got)).on('error', (error) => (got ? done(got) : fail(error)));
    });
  }
  const ask = async (path, { method = 'GET', headers = {}, body = '' } = {}) => {
    const all = { Host: `127.0.0.1:${preview.port}`, Connection: 'close', ...headers };
    const lines = Object.entries(all).filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return Number((await send(`${method} ${path} HTTP/1.1\r\n${lines}\r\n${body}`)).split(' ')[1]);
  };
  const path = () => new URL(preview.address).pathname;

  // The stream of a page: `next` is the next event as {id, name, data}.
  function listen(of, headers = {}) {
    const waiting = [], events = [];
    const request = http.get(`${of.address}.events`, { headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (data) => {
        text += data;
        for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
          const lines = text.slice(0, end).split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]);
          const value = (name) => lines.filter(([key]) => key === name).map(([, rest]) => rest);
          if (value('data').length === 0) continue;
          const event = { id: value('id')[0], name: value('event')[0] ?? 'message', data: value('data') };
          if (waiting.length) waiting.shift()(event);
          else events.push(event);
        }
      }).on('error', () => {});
    });
    request.on('error', () => {});
    return {
      next: () => (events.length ? Promise.resolve(events.shift()) : new Promise((done) => { waiting.push(done); })),
      async until(wanted) {
        for (;;) {
          const event = await this.next();
          if (wanted(event)) return event;
        }
      },
      close: () => request.destroy(),
    };
  }
  const isMap = (event) => event.name === 'message';

  test('the address is the first line: this machine, a port, 128 random bits', () => {
    assert.match(preview.address, /^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/trip$/);
  });

  test('the page, its parts and its map are there, with strict headers', async () => {
    for (const part of ['', 'trip', 'live.js', 'page.js', 'page.css', 'icon.svg', 'trip.html']) {
      const answer = await fetch(preview.base + part);
      assert.equal(answer.status, 200, part);
      assert.match(answer.headers.get('content-security-policy'), /^default-src 'none';.*frame-ancestors 'none'/);
      assert.equal(/unsafe/.test(answer.headers.get('content-security-policy')), part === 'trip.html'); // which is sandboxed
      for (const [name, value] of [['x-content-type-options', 'nosniff'], ['referrer-policy', 'no-referrer'], ['cache-control', 'no-store'],
        ['x-frame-options', 'DENY'], ['cross-origin-resource-policy', 'same-origin']]) assert.equal(answer.headers.get(name), value, `${part}: ${name}`);
      await answer.text();
    }
    assert.equal(await ask(path(), { method: 'HEAD' }), 200);
    assert.equal(await ask(`${path()}.events`, { method: 'HEAD' }), 200);
  });

  test('another name for this machine, or a page from elsewhere, is turned away', async () => {
    const status = (headers) => ask(path(), { headers });
    assert.equal(await status({ Host: `localhost:${preview.port}` }), 200);
    assert.equal(await status({ Origin: `http://127.0.0.1:${preview.port}` }), 200);
    for (const Host of ['evil.example', `evil.example:${preview.port}`, '127.0.0.1', `127.0.0.1:${preview.port + 1}`, `127.0.0.1:${preview.port}.evil.example`,
      `[::1]:${preview.port}`, '']) assert.equal(await status({ Host }), 403, Host);
    for (const Origin of ['null', 'http://evil.example', `http://localhost:${preview.port}`, `https://127.0.0.1:${preview.port}`])
      assert.equal(await status({ Origin }), 403, Origin);
    assert.match(await send(`GET ${path()} HTTP/1.0\r\n\r\n`), /^HTTP\/1\.[01] 403 /);
  });

  test('without the word in the address there is nothing', async () => {
    const [, token, name] = path().split('/');
    const other = (token[0] === '0' ? '1' : '0') + token.slice(1);
    for (const wrong of ['/', `/${name}`, `/${other}/${name}`, `/${token.slice(0, 31)}/${name}`, `/${token}0/${name}`, `/${token.toUpperCase()}X/${name}`, `/${token}`,
      '/favicon.ico', `//${token}/${name}`]) assert.equal(await ask(wrong), 404, wrong);
  });

  test('there is nothing but its own few things', async () => {
    const base = new URL(preview.base).pathname;
    for (const wrong of ['..', '../..', '../../etc/passwd', '..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/etc/passwd', 'trip.journey', 'server.c', 'other', 'other.html',
      'other.events', 'page.html', 'trip/', 'live.js/', 'compiler/preview/live.js', 'x'.repeat(3000)]) assert.equal(await ask(base + wrong), 404, wrong);
  });

  test('it can only be read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'BREW']) assert.equal(await ask(path(), { method }), 405, method);
    assert.equal(await ask(path(), { method: 'POST', headers: { 'Content-Length': 4 }, body: 'text' }), 405);
    assert.equal(await ask(path(), { headers: { 'Content-Length': 4 }, body: 'text' }), 413);
    assert.equal(await ask(path(), { headers: { 'Transfer-Encoding': 'chunked' }, body: '4\r\ntext\r\n0\r\n\r\n' }), 413);
  });

  test('nonsense and too much of it is refused, and the next is served', async () => {
    assert.ok([400, 413, 431].includes(await ask(path(), { headers: { 'X-Long': 'a'.repeat(100000) } })));
    assert.ok([400, 414, 431].includes(await ask(`/${'a'.repeat(100000)}`)));
    await send('\x01\x02\r\n\r\n').catch(() => {});
    assert.equal(await ask(path()), 200);
  });

  test('it listens to this machine alone', async () => {
    const others = ['::1', ...Object.values(networkInterfaces()).flat().filter((each) => !each.internal && each.family === 'IPv4').map((each) => each.address)];
    for (const host of others) await assert.rejects(send('GET / HTTP/1.1\r\n\r\n', { host }), undefined, host);
  });

  test('a hundred who never finish their question keep nobody else waiting', async () => {
    const slow = await Promise.all(Array.from({ length: 100 }, () => new Promise((done) => {
      const socket = net.connect(preview.port, '127.0.0.1', () => { socket.write(`GET ${path()} HTTP/1.1\r\nHost: `); done(socket); });
      socket.on('error', () => {});
    })));
    assert.equal(await ask(path()), 200);
    const stream = listen(preview);
    assert.equal((await stream.until(isMap)).data[1], 'Trip');
    stream.close();
    for (const socket of slow) socket.destroy();
  });

  test('a stream tells what is there, then what changes, and after a lost connection only what is new', async () => {
    const stream = listen(preview);
    const first = await stream.until(isMap);
    assert.equal(first.data[1], 'Trip');
    write(file, map('Voyage'));
    const second = await stream.until(isMap);
    assert.equal(second.data[1], 'Voyage');
    assert.notEqual(second.data[0], first.data[0]); // another drawing
    stream.close();
    const again = listen(preview, { 'Last-Event-ID': second.id });
    write(file, map('Trip'));
    assert.equal((await again.until(isMap)).data[1], 'Trip'); // the very first that it is told of the map
    again.close();
  });

  test('errors, a file that is gone, and a file that is back are told; the map stays', async () => {
    const stream = listen(preview);
    const first = await stream.until(isMap);
    write(file, map('Trip', 'nonsense\n'));
    const broken = await stream.until(isMap);
    assert.match(broken.data.slice(2).join('\n'), /^There are errors.*\ntrip\.journey:6: /);
    assert.equal(broken.data[0], first.data[0]);
    rmSync(file);
    const gone = await stream.until(isMap);
    assert.match(gone.data.slice(2).join('\n'), /trip\.journey.*no such file.*\n.*goes on when/);
    assert.equal((await fetch(`${preview.address}.html`)).status, 200);
    write(file, map('Trip'));
    assert.deepEqual((await stream.until(isMap)).data.slice(2), []);
    stream.close();
  });

  test('browsers that go away without a word cost nothing', async () => {
    for (let i = 0; i < 20; i++) {
      const stream = listen(preview);
      await stream.until(isMap);
      stream.close();
    }
    const stream = listen(preview);
    await stream.until(isMap);
    for (const title of ['A', 'B', 'Trip']) {
      write(file, map(title));
      assert.equal((await stream.until(isMap)).data[1], title);
    }
    stream.close();
  });

  test('two previews of one file each have a word of their own, and both follow', async () => {
    const other = await startPreview(journey, ['trip.journey'], { cwd: folder });
    const streams = [listen(preview), listen(other)];
    for (const stream of streams) await stream.until(isMap);
    write(file, map('Both'));
    for (const stream of streams) assert.equal((await stream.until(isMap)).data[1], 'Both');
    assert.notEqual(path(), new URL(other.address).pathname);
    assert.equal((await fetch(`http://127.0.0.1:${other.port}${path()}`)).status, 404);
    for (const stream of streams) stream.close();
    write(file, map('Trip'));
    assert.equal((await other.stop()).code, 0);
  });

  test('several journeys: a list; one that is new in the folder comes to it', async () => {
    const project = join(folder, 'project');
    mkdirSync(project);
    write(join(project, 'a.journey'), map('A').replace('journey trip', 'journey a'));
    write(join(project, 'b.journey'), map('B').replace('journey trip', 'journey b'));
    const all = await startPreview(journey, ['project'], { cwd: folder });
    assert.equal(all.name, '');
    const stream = listen(all);
    const names = async () => (await stream.until((event) => event.name === 'list')).data.map((line) => line.split('\t')[1]);
    assert.deepEqual(await names(), ['A', 'B']);
    write(join(project, 'c.journey'), map('C').replace('journey trip', 'journey c'));
    assert.deepEqual(await names(), ['A', 'B', 'C']);
    rmSync(join(project, 'a.journey'));
    assert.deepEqual(await names(), ['B', 'C']);
    stream.close();
    assert.equal((await all.stop()).code, 0);
  });

  test('a port in use is said, with what to do; and what is no port', () => {
    const run = (...args) => spawnSync(journey, ['preview', '--no-open', ...args], { cwd: folder, encoding: 'utf8' });
    const used = run('--port', String(preview.port), 'trip.journey');
    assert.equal(used.status, 2);
    assert.equal(used.stdout, '');
    assert.equal(used.stderr, `journey: port ${preview.port} is in use; --port 0 takes one that is free\n`);
    for (const port of ['no', '70000', '-1', '', '80x']) assert.equal(run('--port', port, 'trip.journey').status, 2, port);
    const missing = run('nowhere.journey');
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /nowhere\.journey/);
    assert.equal(run('-').status, 2);
  });

  test('Ctrl-C ends it at once, with nothing left, also while somebody looks', async () => {
    const one = await startPreview(journey, ['trip.journey'], { cwd: folder });
    const stream = listen(one);
    await stream.until(isMap);
    assert.deepEqual(await one.stop('SIGINT'), { code: 0, signal: null, complaints: '' });
    await assert.rejects(send('GET / HTTP/1.1\r\n\r\n', { port: one.port }));
    assert.equal(existsSync(`/proc/${one.pid}`), false);
    assert.deepEqual(readdirSync(folder).filter((name) => !name.endsWith('.journey') && name !== 'project' && name !== 'bin'), []);
    const next = await startPreview(journey, ['--port', String(one.port), 'trip.journey'], { cwd: folder }); // the port is free again
    assert.equal(next.port, one.port);
    await next.stop();
  });

  test('what something else writes beside it without a pause does not keep a change back', async (t) => {
    const busy = join(folder, 'project', 'busy');
    mkdirSync(busy, { recursive: true });
    write(join(busy, 'busy.journey'), map('Busy'));
    const one = await startPreview(journey, ['busy.journey'], { cwd: busy });
    const log = mortal('sh', ['-c', 'while :; do echo line; sleep 0.005; done > app.log'], { cwd: busy });
    t.after(() => log.kill());
    const stream = listen(one);
    await stream.until(isMap);
    write(join(busy, 'busy.journey'), map('Busier'));
    await stream.until((event) => isMap(event) && event.data[1] === 'Busier');
    stream.close();
    log.kill();
    assert.equal((await one.stop()).code, 0);
    rmSync(busy, { recursive: true });
  });

  test('at port 80 browsers leave the port out', async (t) => {
    const one = await startPreview(journey, ['--port', '80', 'trip.journey'], { cwd: folder }).catch((error) => error);
    if (one instanceof Error) return t.skip('port 80 is not for us here');
    const status = async (headers) => (await send(`GET ${new URL(one.address).pathname} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`, { port: 80 })).split(' ')[1];
    assert.equal(await status('Host: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n'), '200');
    assert.equal(await status('Host: evil.example\r\n'), '403');
    assert.equal(await status('Host: 127.0.0.1\r\nOrigin: http://evil.example\r\n'), '403');
    assert.equal((await one.stop()).code, 0);
  });

  test('Ctrl-C while the first map is being computed: no address is given that leads nowhere', async (t) => {
    const slow = join(folder, 'project', 'slow');
    mkdirSync(slow, { recursive: true });
    const checks = Array.from({ length: 40 }, (_, i) => `own${i}`); // It takes long, or Ctrl-C comes behind it on a busy machine.
    writeFileSync(join(slow, 'trip.journey'), map('Slow', checks.map((name) => `check ${name} "Own" warning computed-by "${name}.lua"\n`).join('')));
    for (const name of checks) writeFileSync(join(slow, `${name}.lua`), 'return function() while true do end end\n');
    const child = mortal(journey, ['preview', '--no-open', 'trip.journey'], { cwd: slow });
    let said = '';
    child.stdout.on('data', (text) => { said += text; });
    const ended = once(child, 'close');
    t.after(() => child.kill('SIGKILL'));
    const hasChildren = (task) => {
      try {
        return readFileSync(`${task}/children`, 'utf8') !== '';
      } catch {
        return false; // a thread that has ended since it was listed
      }
    };
    const computes = () => readdirSync(`/proc/${child.pid}/task`).some((id) => hasChildren(`/proc/${child.pid}/task/${id}`));
    while (child.exitCode === null && said === '' && !computes()) await new Promise((again) => { setImmediate(again); });
    child.kill('SIGINT');
    assert.deepEqual(await ended, [0, null]);
    assert.equal(said, '');
    rmSync(slow, { recursive: true });
  });

  test('in a terminal on a desktop the page is opened by the desktop, once; not with --no-open', async () => {
    const bin = join(folder, 'bin'), opened = join(folder, 'opened.journey');
    mkdirSync(bin);
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" >> '${opened}'\nkill -INT $(cat '${folder}/pid.journey')\n`);
    chmodSync(join(bin, 'xdg-open'), 0o755);
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, DISPLAY: ':0' };
    const said = execFileSync('script', ['-qec', `sh -c 'echo $$ > pid.journey; exec "${journey}" preview trip.journey'`, '/dev/null'], { cwd: folder, env, encoding: 'utf8' });
    assert.equal(readFileSync(opened, 'utf8').trim(), said.split('\r\n')[0]);
    assert.match(said, /browser is asked to open it; if it doesn't, open the address there yourself/);
  });
});
