// Hands a file to the browser's downloads.

/** The browser may still be reading the file when the press is over; a minute is ample on any device. */
const KEEP_MS = 60_000;

export function download(fileName: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, KEEP_MS);
}
