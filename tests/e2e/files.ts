// Files on their way out of the app and back in, and what the command line makes of them.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');

function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

/** SHA-256 of a preset file's sound, by the command line. */
export function hashOf(file: string): string {
  return (JSON.parse(run('src/cli/render.ts', file, '--seconds', '2', '--stats')) as { sha256: string }).sha256;
}

/** Writes what a link or a file holds as a preset file, by the command line. */
export function openByCommand(source: string, target: string, ...options: string[]): void {
  run('src/cli/preset.ts', 'open', source, '-o', target, ...options);
}

/** A factory sound as a link, by the command line. */
export function linkByCommand(id: string): string {
  return run('src/cli/preset.ts', 'link', id).trim();
}

/** The open sound as a file. */
export async function exportFile(page: Page, folder: string): Promise<string> {
  return saved(page, folder, async () => {
    await page.getByRole('button', { name: 'More ways to keep it' }).click();
    await page.getByRole('menuitem', { name: 'Export as a file' }).click();
  });
}

/** What a press sends to the downloads. */
export async function saved(page: Page, folder: string, press: () => Promise<void>): Promise<string> {
  const download = page.waitForEvent('download');
  await press();
  const file = await download;
  const target = path.join(folder, file.suggestedFilename());
  await file.saveAs(target);
  return target;
}

export async function chooseFile(page: Page, file: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Open a file' }).click();
  await (await chooser).setFiles(file);
}
