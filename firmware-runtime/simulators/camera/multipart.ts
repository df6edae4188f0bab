// Multipart bodies as cameras write them, for pushes, heartbeats and streams (lane-devices.md 1.1).
import { joined } from '#base/pure/data/bytes.ts'

const text = new TextEncoder()

/** One part: boundary line, headers, empty line, body, line end. */
export function multipartPart(
  boundary: string,
  headers: readonly string[],
  body: Uint8Array,
): Uint8Array {
  const head = text.encode([`--${boundary}`, ...headers, '', ''].join('\r\n'))
  return joined([head, body, Uint8Array.of(13, 10)])
}

/** A whole body: its parts and the closing line. */
export const multipartBody = (boundary: string, parts: readonly Uint8Array[]): Uint8Array =>
  joined([...parts, text.encode(`--${boundary}--\r\n`)])
