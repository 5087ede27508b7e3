// Child processes and time limits of one run: each process leads its own group, and all groups end with the run.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import process from 'node:process';

/** Lines of a process's output that are shown when it fails. */
const LOG_LINES = 15;
const KILL_SEC = 3;

/** A started process with the end of its messages. */
export interface Program {
  readonly child: ChildProcess;
  /** @returns the last lines of stderr. */
  log(): string;
  /** Ends the process and everything that it started. */
  stop(): Promise<void>;
}

const running = new Set<Program>();

/**
 * Starts a program.
 * @param file - path or name of the program
 * @param args - its arguments
 * @param env - variables added to this process's own
 * @param onOutput - receives its stdout, piece by piece
 * @returns the program; it is ended by `stopAll` at the latest.
 */
export function start(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onOutput?: (chunk: Buffer) => void,
): Program {
  // A group of its own: browsers start helpers, which do not all end with their parent.
  const child = spawn(file, args, {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', onOutput ? 'pipe' : 'ignore', 'pipe'],
  });
  let lines: string[] = [];
  if (onOutput) child.stdout?.on('data', onOutput);
  child.stderr?.on('data', (chunk: Buffer) => {
    lines = [...lines, ...chunk.toString().split('\n')].filter((line) => line !== '').slice(-LOG_LINES);
  });
  child.on('error', ({ message }) => {
    lines.push(message);
  });
  const ended = new Promise<void>((done) => {
    child.once('close', () => {
      done();
    });
  });
  const program: Program = {
    child,
    log: () => lines.join('\n'),
    stop: async () => {
      signalGroup(child, 'SIGTERM');
      await Promise.race([ended, pause(KILL_SEC)]);
      signalGroup(child, 'SIGKILL');
      running.delete(program);
    },
  };
  running.add(program);
  return program;
}

/** Ends every program of this run that still runs, the last one first. */
export async function stopAll(): Promise<void> {
  for (const program of [...running].reverse()) await program.stop();
}

process.on('exit', () => {
  for (const { child } of running) signalGroup(child, 'SIGKILL');
});

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}

/**
 * Waits.
 * @param sec - seconds
 * @returns nothing, when they have passed.
 */
export function pause(sec: number): Promise<void> {
  return new Promise((done) => setTimeout(done, 1000 * sec));
}

/**
 * Bounds the time of a piece of work.
 * @param limitSec - seconds
 * @param what - the work, for the message
 * @param work - its promise; it goes on, unheeded, after the limit
 * @returns the result of the work.
 * @throws Error when the limit has passed.
 */
export async function within<T>(limitSec: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      fail(new Error(`${what}: not done after ${limitSec} s.`));
    }, 1000 * limitSec);
  });
  return Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
  });
}

/**
 * Repeats a check until it holds.
 * @param limitSec - seconds
 * @param what - the expectation, for the message
 * @param check - returns undefined, null, false or 0 while it does not hold yet; an Error it throws counts as such
 * @returns what the check returned in the end.
 * @throws Error when the limit has passed, with the last Error of the check.
 */
export async function poll<T>(
  limitSec: number,
  what: string,
  check: () => T | undefined | null | false | 0 | Promise<T | undefined | null | false | 0>,
): Promise<T> {
  const endMs = performance.now() + 1000 * limitSec;
  let cause: unknown;
  do {
    try {
      const result = await within(limitSec, what, Promise.resolve(check()));
      if (result !== undefined && result !== null && result !== false && result !== 0) return result;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await pause(0.1);
  } while (performance.now() < endMs);
  throw new Error(`${what}: not so after ${limitSec} s.${cause instanceof Error ? ` (${cause.message})` : ''}`);
}

/** @returns a TCP port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
