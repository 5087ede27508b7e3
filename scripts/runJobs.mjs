// Runs jobs side by side, as many as there are slots, and shows of each one line; the whole output only of what fails.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/**
 * @typedef {object} Job
 * @property {string} name - what is shown
 * @property {string[]} command - file for Node, and its arguments
 * @property {string[]} [after] - names of jobs that must have succeeded before; where one failed, this one is left out
 * @property {boolean} [background] - gives way to what lives in real time
 */

/** Three times as slow as what lives in real time when there is not enough for both; more would let tests time out. */
const BACKGROUND_NICE = 5;
const children = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of children) child.kill();
    process.exit(1);
  });
}

/**
 * Runs all jobs in their order, each as soon as a slot is free and what it waits for is done.
 * A job that is alone shows its output as it comes.
 * @param {Job[]} jobs - in order of their start
 * @param {object} options - `cwd`, `env`; `logs`, the folder for each job's output; `slots`, how many run at once
 * @returns {Promise<Map<string, boolean>>} by name, whether each one succeeded
 */
export async function runJobs(jobs, { cwd, env, logs, slots }) {
  mkdirSync(logs, { recursive: true });
  const done = new Map();
  const live = jobs.length === 1;
  const waiting = [...jobs];
  const running = new Set();
  while (waiting.length > 0 || running.size > 0) {
    for (const job of [...waiting]) {
      if (job.after?.some((name) => done.get(name) === false)) {
        waiting.splice(waiting.indexOf(job), 1);
        done.set(job.name, false);
        console.log(`✗ ${job.name}: left out, ${job.after.join(', ')} failed`);
      } else if (running.size < slots && (job.after ?? []).every((name) => done.get(name))) {
        waiting.splice(waiting.indexOf(job), 1);
        const run = runJob(job, { cwd, env, logs, live }).then((fine) => {
          done.set(job.name, fine);
          running.delete(run);
        });
        running.add(run);
      }
    }
    await Promise.race(running);
  }
  return done;
}

/** Runs one job and writes down its output. */
async function runJob({ name, command, background = false }, { cwd, env, logs, live }) {
  const started = Date.now();
  const child = spawn(process.execPath, command, {
    cwd,
    env,
    stdio: ['ignore', ...Array(2).fill(live ? 'inherit' : 'pipe')],
  });
  children.add(child);
  if (background && child.pid) os.setPriority(child.pid, BACKGROUND_NICE);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => output.push(data));
  const code = await new Promise((resolve) => child.on('close', resolve));
  children.delete(child);
  const fine = code === 0;
  if (!live) {
    const text = Buffer.concat(output).toString();
    writeFileSync(path.join(logs, `${name.replace(/\W+/g, '-')}.log`), text);
    if (!fine) console.log(text.trimEnd());
  }
  console.log(`${fine ? '✓' : '✗'} ${name}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return fine;
}
