// What is large, read beside the page: one thing, one answer. Built with the page, whose files it shares.
import { readAnyFile, unlock } from './decodeFile.ts';
import type { ToReader } from './decodeClient.ts';
import type { Opened } from './decodedFile.ts';

self.onmessage = ({ data }: MessageEvent<ToReader>) => {
  void ('file' in data ? readAnyFile(data.file) : unlock(data.locked, data.passphrase)).then((opened) => {
    // A backup has its own place; nothing is done with its content here.
    const answer: Opened = opened.ok && opened.kind === 'backup' ? { ...opened, value: null } : opened;
    self.postMessage(answer);
  });
};
