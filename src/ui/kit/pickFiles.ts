// Asks the person for files. Call inside the press itself.

/** No filter on the type: phones hide files whose ending they do not know. Empty when nothing was chosen. */
export function pickFiles(): Promise<readonly File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  return new Promise((resolve) => {
    input.addEventListener('change', () => {
      resolve([...(input.files ?? [])]);
    });
    input.addEventListener('cancel', () => {
      resolve([]);
    });
    input.click();
  });
}
