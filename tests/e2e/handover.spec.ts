// The whole hand-over: a client’s sound and a week of practice, locked, to a therapist’s fresh browser, and back adjusted.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { MorningEntry, SessionEntry } from '../../src/formats/practiceEntry.ts';
import { chooseFile, exportFile, hashOf, openByCommand, saved } from './files.ts';
import { axe, enter, expect, playButton, stopButton, test } from './support.ts';

const PASSPHRASE = 'amber kettle walks slowly';

function evening(day: string, after: number, note: string): SessionEntry {
  return {
    ...{ kind: 'session', id: `session-${day}`, startedAt: `${day}T20:10:00.000Z`, utcOffsetMin: 0, minutes: 20 },
    ...{ mode: 'day', presetId: 'slow-glass', presetName: 'Slow glass', presetWords: 'soft taps', presetRevision: 1 },
    ...{ timerMinutes: null, interruptions: 0, before: 7, after, tingles: 4, again: true, note },
  };
}

function morning(day: string): MorningEntry {
  return { kind: 'morning', id: `morning-${day}`, day, minutesToSleep: 25, timesAwake: 1, quality: 4, note: '' };
}

/** A week in the record, with days left out, as if it had been kept. */
async function keepWeek(page: Page): Promise<void> {
  const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const week = [6, 5, 4, 2, 1].flatMap((back, index) => [
    evening(day(back), 6 - index, index === 2 ? 'the window was open' : ''),
    morning(day(back - 1)),
  ]);
  await page.evaluate(async (entries) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('hushcraft');
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(new Error('no database'));
      };
    });
    const transaction = database.transaction('records', 'readwrite');
    for (const entry of entries) transaction.objectStore('records').put(entry, `practice/${entry.id}`);
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, week);
}

/** Every key in the page’s database. */
async function keysOf(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('hushcraft');
      request.onsuccess = () => {
        resolve(request.result);
      };
    });
    const request = database.transaction('records').objectStore('records').getAllKeys();
    await new Promise((resolve) => (request.onsuccess = resolve));
    database.close();
    return request.result.map(String);
  });
}

async function nudge(page: Page, name: string, key: string, times: number): Promise<void> {
  await page.getByRole('slider', { name }).focus();
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}

test('a client’s sound and week go out locked, come back adjusted, and are the same sound at every step', async ({
  guarded: client,
  elsewhere,
}) => {
  test.setTimeout(180_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-handover-'));

  // The client makes a sound, keeps it, and has listened for a week.
  await enter(client);
  await nudge(client, 'Softness', 'ArrowRight', 6);
  await client.keyboard.press('Control+s');
  await expect(client.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
  await keepWeek(client);
  await client.reload();
  await expect(playButton(client)).toBeVisible();
  const sent = hashOf(await exportFile(client, folder));

  // It goes with a summary of the week, notes left out, locked.
  await client.getByRole('button', { name: 'More ways to keep it' }).click();
  await client.getByRole('menuitem', { name: /^Share/ }).click();
  const sheet = client.getByRole('dialog');
  await sheet.getByRole('textbox', { name: 'From' }).fill('Ana');
  await sheet.locator('summary', { hasText: 'With a summary of your practice' }).click();
  await sheet.getByRole('checkbox', { name: 'When and how long I listened' }).check();
  await sheet.getByRole('checkbox', { name: 'How I felt before and after' }).check();
  await expect(sheet.locator('[data-exact="file"]')).toContainText('"before": 7');
  await expect(sheet.locator('[data-exact="file"]')).not.toContainText('window');
  await expect(sheet.getByText('With a summary of your practice it goes as a file.')).toBeVisible();
  await sheet.locator('summary', { hasText: 'Lock it' }).click();
  await sheet.getByRole('checkbox', { name: /Lock it/ }).check();
  await sheet.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  await sheet.getByRole('button', { name: 'Lock it' }).click();
  await expect(sheet.getByText('Locked. What leaves can be read only with the passphrase.')).toBeVisible({
    timeout: 20_000,
  });
  await expect(sheet.locator('[data-exact="file"]')).not.toContainText('Ana');
  const locked = await saved(client, folder, () => sheet.getByRole('button', { name: 'Save as a file' }).click());
  await client.keyboard.press('Escape');

  // The therapist: another browser, nothing set up.
  const therapist = await elsewhere('./');
  await enter(therapist);
  await chooseFile(therapist, locked);
  await therapist.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  await therapist.getByRole('button', { name: 'Open it' }).click();
  await expect(therapist.getByText('Sent to you; it says it is from Ana')).toBeVisible({ timeout: 20_000 });
  await therapist.getByRole('button', { name: 'See the summary of their practice' }).click();
  const report = therapist.getByRole('region', { name: 'A summary of their practice' });
  await expect(report.getByRole('heading', { name: 'A summary of their practice' })).toBeFocused();
  await expect(report).toContainText('5 sessions');
  await expect(report).not.toContainText('window');
  expect(await axe(therapist), 'the report on the opened page').toEqual([]);
  const listen = therapist.getByRole('button', { name: 'Listen', exact: true });
  await listen.click();
  await therapist.getByRole('button', { name: 'Stop', exact: true }).first().click();
  await expect(listen).toBeVisible();
  await therapist.getByRole('button', { name: 'Adjust it' }).click();
  expect(hashOf(await exportFile(therapist, folder)), 'as it arrived').toBe(sent);
  await nudge(therapist, 'Pace', 'ArrowLeft', 5);
  await expect(stopButton(therapist)).toHaveCount(0);

  // A reload in between loses neither the work nor whose it is.
  await therapist.waitForTimeout(400);
  await therapist.reload();
  await expect(therapist.getByText('Adjusting Ana’s sound')).toBeVisible();
  const adjusted = hashOf(await exportFile(therapist, folder));
  expect(adjusted).not.toBe(sent);
  await therapist.getByRole('button', { name: 'Send back' }).click();
  const back = therapist.getByRole('dialog');
  await expect(back.getByText(/^You changed: .*slower/)).toBeVisible();
  await back.getByRole('textbox', { name: 'From' }).fill('Mara');
  await back.getByRole('textbox', { name: 'A note' }).fill('A little slower, as we said.');
  await back.getByRole('textbox', { name: 'Minutes' }).fill('20');
  await back.getByRole('textbox', { name: 'When' }).fill('before bed');
  await expect(back.locator('dd', { hasText: '20 minutes, before bed' })).toBeVisible();
  await expect(back.getByRole('button', { name: 'Copy link' })).toBeVisible();
  const link = (await back.locator('[data-exact="link"]').textContent()) ?? '';
  const [parcel, inside] = [path.join(folder, 'back.hush.json'), path.join(folder, 'inside.hush.json')];
  openByCommand(link, parcel);
  writeFileSync(inside, JSON.stringify((JSON.parse(readFileSync(parcel, 'utf8')) as { preset: object }).preset));
  expect(hashOf(inside), 'in the link').toBe(adjusted);
  expect(
    (await keysOf(therapist)).filter((key) => /^(?:preset|practice)\//.test(key)),
    'kept by the therapist',
  ).toEqual([]);

  // The client sees what changed, hears both, accepts, and could go back.
  await client.goto('about:blank');
  await client.goto(link);
  await expect(client.getByText('Sent to you; it says it is from Mara')).toBeVisible();
  await expect(client.getByText(/slower/).first()).toBeVisible();
  await expect(client.getByText('“A little slower, as we said.”')).toBeVisible();
  await expect(client.getByText('“20 minutes, before bed”')).toBeVisible();
  await client.getByRole('button', { name: 'Hear mine' }).click();
  await client.getByRole('button', { name: 'Stop mine' }).click();
  const before = (await keysOf(client)).sort();
  await client.getByRole('button', { name: 'Replace mine' }).click();
  await expect(client.getByText(/is now theirs/)).toBeVisible();
  expect(
    (await keysOf(client)).filter((key) => key.startsWith('preset/')),
    'no second copy',
  ).toEqual(before.filter((key) => key.startsWith('preset/')));
  expect(hashOf(await exportFile(client, folder)), 'as it came back').toBe(adjusted);
  await client
    .getByRole('button', { name: /^More for/ })
    .first()
    .click();
  await client.getByRole('menuitem', { name: /Earlier versions/ }).click();
  const history = client.getByRole('dialog');
  await expect(history.getByText(/^Now, .+, from Mara$/)).toBeVisible();
  await expect(history.getByText('A little slower, as we said.')).toBeVisible();
  expect(await axe(client), 'earlier versions').toEqual([]);
  await history.getByRole('button', { name: /Bring back the version/ }).click();
  await expect(client.getByText(/is as it was then/)).toBeVisible();
  await client.keyboard.press('Escape');
  expect(hashOf(await exportFile(client, folder)), 'as it was before').toBe(sent);
});
