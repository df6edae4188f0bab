// Reads a list of revoked certificates from a person's file, as the command line does.
// Separate from gm.ts, so that pages without such lists do not load it.
import { revocationBytesMax, revocationSchema } from '#devices/pure/revocation-list.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import type { Revocations } from '#base/pure/data/signed.ts'
import { strictText } from './gm.ts'

/** Throws FILE-02 or PROFILE-17, like `--revoked`. */
export function revocationsIn(bytes: Uint8Array, file: string): Revocations {
  if (bytes.length > revocationBytesMax)
    throw new LaneFault('FILE-02', { file, note: `more than ${revocationBytesMax} bytes` })
  let value: unknown
  try {
    value = JSON.parse(strictText(bytes) ?? '')
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new LaneFault('FILE-02', { file, note: error.message })
  }
  const read = revocationSchema.safeParse(value)
  if (read.success) return new Map(read.data.revoked.map((one) => [one.fingerprint, one.why]))
  const [issue] = read.error.issues
  const field = jsonPointer(issue?.path ?? [])
  throw new LaneFault('PROFILE-17', { file, field, note: issue?.message ?? '' })
}
