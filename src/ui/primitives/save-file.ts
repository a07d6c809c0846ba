/** Lets the browser save what a blob URL or a text holds under a name. */
export function saveUrl(url: string, name: string): void {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
}

/** The same for a text of ours, such as a receipt. */
export function saveText(text: string, name: string, mime: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mime }));
  saveUrl(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const fileUrlMs = 60_000;

/** The same for a file, however large. */
export function saveFile(file: File, name: string): void {
  const url = URL.createObjectURL(file);
  saveUrl(url, name);
  setTimeout(() => URL.revokeObjectURL(url), fileUrlMs);
}
