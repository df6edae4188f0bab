// Output of a program of Windows: its console code page is 936 on a Chinese machine, 65001 where somebody set it.

/** The text: UTF-8 where the bytes are that, else GB 18030, which contains code page 936. */
export function consoleText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
