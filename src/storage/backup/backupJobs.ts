// Backups in a worker, however large: gathered, locked, read, unlocked, put back. Years of practice never hold up the page.
import { readAnyFile, unlock } from '../../formats/decodeFile.ts';
import { lockText } from '../../formats/encryptedFile.ts';
import type { Locked, Opened } from '../../formats/decodedFile.ts';
import { readBackup, serializeBackup } from '../../formats/backup.ts';
import type { Backup } from '../../formats/backup.ts';
import type { FromBackupWorker, Looked, MadeBackup, ToBackupWorker } from './backupMessages.ts';
import { gather, putBack } from './deviceBackup.ts';

let locked: Locked | null = null;
let found: Backup | null = null;

/** Never rejects. */
export async function work(job: ToBackupWorker): Promise<FromBackupWorker> {
  try {
    return await answer(job);
  } catch (error) {
    console.error('backup:', error);
    return { type: 'failed', message: error instanceof Error ? error.message : '' };
  }
}

async function answer(job: ToBackupWorker): Promise<FromBackupWorker> {
  switch (job.type) {
    case 'make':
      return { type: 'made', made: await make(job) };
    case 'open':
      locked = null;
      found = null;
      return { type: 'looked', looked: await look(await readAnyFile(job.file)) };
    case 'unlock':
      if (!locked) throw new Error('There is nothing to unlock.');
      return { type: 'looked', looked: await look(await unlock(locked, job.passphrase)) };
    case 'putBack':
      if (!found) throw new Error('There is nothing to put back.');
      return { type: 'back', back: await putBack(found, job.chosen, job.databaseName) };
  }
}

async function make({
  passphrase,
  createdAt,
  databaseName,
}: Extract<ToBackupWorker, { type: 'make' }>): Promise<MadeBackup> {
  const { kept, unreadable } = await gather(databaseName);
  const text = serializeBackup(kept, createdAt);
  const content = passphrase === '' ? text : await lockText(text, passphrase);
  return { file: new Blob([content], { type: 'application/json' }), unreadable };
}

async function look(opened: Opened): Promise<Looked> {
  if (!opened.ok) return { kind: 'refused', message: opened.error.message };
  if (opened.kind === 'locked') {
    locked = opened.locked;
    return { kind: 'locked' };
  }
  if (opened.kind !== 'backup') return { kind: 'other' };
  const read = await readBackup(opened.value);
  if (!read.ok) return { kind: 'refused', message: read.error.message };
  found = read.backup;
  locked = null;
  const { createdAt, presets, practice, bad } = found;
  return { kind: 'backup', createdAt, presets: presets.length, entries: practice.length, bad };
}
