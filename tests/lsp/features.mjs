// Runs the feature tests: node features.mjs [--update] [--list] [NAME…], of features/*.test. Without names, all of them.
// Ends with "N passed, N failed"; fails when a test did.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseScenario, runScenario, updated } from './lib/scenario.mjs';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'features');
const options = process.argv.slice(2).filter((one) => one.startsWith('--'));
const names = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const unknown = options.find((one) => one !== '--update');
if (unknown) {
  console.error(`no such option: ${unknown}`);
  process.exit(2);
}
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.test') && (!names.length || names.some((one) => file.includes(one))))
  .sort();
if (!files.length) {
  console.error(`no such test: ${names.join(' ')}`);
  process.exit(2);
}

const indent = (text) =>
  text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
let [passed, failed, changed] = [0, 0, 0];

async function one(file) {
  const faults = [];
  let scenario;
  try {
    scenario = parseScenario(readFileSync(path.join(folder, file), 'utf8'), file);
    const { answers, complaints } = await runScenario(scenario);
    for (const { line, expected, got } of answers)
      if (expected !== got)
        faults.push(
          `${file}:${line + 1}: ${scenario.lines[line].slice(4)}\n  expected:\n${indent(expected)}\n  got:\n${indent(got)}`,
        );
    if (options.includes('--update')) {
      const text = updated(scenario, answers);
      if (text !== scenario.lines.join('\n')) {
        writeFileSync(path.join(folder, file), text);
        changed++;
      }
      faults.length = 0;
    }
    faults.push(...complaints.map((fault) => `${file}: ${fault}`));
  } catch (error) {
    faults.push(`${file}: ${error.stack}`);
  }
  if (faults.length) failed++;
  else passed++;
  for (const fault of faults) console.log(fault);
}

const queue = [...files];
await Promise.all(
  Array.from({ length: Math.min(8, 2 * availableParallelism()) }, async () => {
    while (queue.length) await one(queue.shift());
  }),
);
console.log(`${passed} passed, ${failed} failed${options.includes('--update') ? `, ${changed} updated` : ''}`);
process.exit(failed ? 1 : 0);
