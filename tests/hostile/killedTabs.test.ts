// The page's process killed in the middle of saves, in real Chromium: nothing torn, nothing lost that was said to be kept.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { CHROMIUM_PATH } from '../chromium.ts';

const KILLS = 10;

test('95 a tab killed while it saves', { timeout: 120_000 }, async ({ signal }) => {
  const script = path.resolve(import.meta.dirname, '../../bench/killTabs.mjs');
  const child = spawn(process.execPath, [script, '--kills', String(KILLS)], {
    env: { ...process.env, CHROMIUM_PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  let out = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  await once(child, 'close');
  const report = JSON.parse(out) as Record<string, number>;
  expect(report).toMatchObject({ kills: KILLS, torn: 0, lost: 0, unreadable: 0 });
  // It really was in the middle of saves, and really saved.
  expect(report['inMidSave']).toBeGreaterThan(0);
  expect(report['acknowledged']).toBeGreaterThan(0);
});
