// The certificate of a platform that something is sealed to (P8): the valid one that ends last, looked for anew each time,
// because a platform changes them while a lot runs.
import type { InstantMs } from '../../core/values/instant.ts'
import type { SuiteCertificate } from './certs.ts'

export interface Holder {
  certificates(): readonly SuiteCertificate[]
  nowMs(): InstantMs
}

/** Null: none is in force, so nothing can be sealed and nothing leaves. */
export function newestOf({ certificates, nowMs }: Holder): SuiteCertificate | null {
  const now = nowMs()
  const valid = certificates().filter((one) => one.notBeforeMs <= now && now < one.notAfterMs)
  return valid.toSorted((a, b) => b.notAfterMs - a.notAfterMs)[0] ?? null
}
