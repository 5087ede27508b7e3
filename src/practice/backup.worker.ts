// Backups are large: they are read, checked, made and put back here, so that the page stays alive meanwhile.
import { readAnyFile, unlock } from '../presets/door.ts';
import { lockText } from '../presets/locked.ts';
import type { Locked, Opened } from '../presets/opened.ts';
import { readBackup, serializeBackup } from './backup.ts';
import type { Backup } from './backup.ts';
import type { FromBackupWorker, ToBackupWorker } from './backupMessages.ts';
import { gather, putBack } from './deviceData.ts';

let locked: Locked | null = null;
let backup: Backup | null = null;

onmessage = ({ data }: MessageEvent<ToBackupWorker>) => {
  void answer(data).then((message) => {
    postMessage(message satisfies FromBackupWorker);
  });
};

async function answer(message: ToBackupWorker): Promise<FromBackupWorker> {
  try {
    switch (message.type) {
      case 'open':
        locked = null;
        backup = null;
        return await take(await readAnyFile(message.file));
      case 'unlock':
        if (!locked) throw new Error('Nothing is locked.');
        return await take(await unlock(locked, message.passphrase));
      case 'putBack':
        if (!backup) throw new Error('Nothing was opened.');
        return { type: 'done', result: await putBack(backup, message.chosen) };
      case 'make': {
        const text = serializeBackup(await gather(), message.now);
        const content = message.passphrase === '' ? text : await lockText(text, message.passphrase);
        return { type: 'made', file: new Blob([content], { type: 'application/json' }) };
      }
    }
  } catch (error) {
    return { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

async function take(opened: Opened): Promise<FromBackupWorker> {
  if (!opened.ok) return { type: 'refused', message: opened.error.message };
  if (opened.kind === 'locked') {
    ({ locked } = opened);
    return { type: 'locked' };
  }
  if (opened.kind !== 'backup') return { type: 'notOne' };
  const read = await readBackup(opened.value);
  if (!read.ok) return { type: 'refused', message: read.error.message };
  locked = null;
  ({ backup } = read);
  const { createdAt, presets, practice, bad } = backup;
  return { type: 'found', found: { createdAt, presets: presets.length, practice: practice.length, bad } };
}
