// Backups, beside the page: one job after the other, an answer for each. Built with the page, whose files it shares.
import { work } from './backupJobs.ts';
import type { ToBackupWorker } from './backupMessages.ts';

self.onmessage = ({ data }: MessageEvent<ToBackupWorker>) => {
  void work(data).then((answer) => {
    self.postMessage(answer);
  });
};
