// Sends a file to the running lanes in parts, under an id by which the next act names it (`photo.hold`).
// Nothing is kept before that act is accepted.
import { randomUUID } from 'node:crypto'
import { photoPartCharsMax } from '../../calls/photo.ts'
import type { RuntimeClient } from './client.ts'

/** Bytes in one call: as base64 they fill the limit of a call. */
const partBytes = (photoPartCharsMax / 4) * 3

export async function heldDraft(client: RuntimeClient, bytes: Uint8Array): Promise<string> {
  const draftId = `cli-${randomUUID()}`
  for (let at = 0; at < bytes.length; at += partBytes) {
    const base64 = Buffer.from(bytes.subarray(at, at + partBytes)).toString('base64')
    await client.call('photo.hold', { draftId, bytes: bytes.length, at, base64 })
  }
  return draftId
}
