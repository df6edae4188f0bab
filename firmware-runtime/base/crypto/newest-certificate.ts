// The platform certificate for sealing (P8): the valid one that expires last, chosen anew each time, because a platform
// changes certificates while a lot runs.
import type { InstantMs } from '../pure/values/instant.ts'
import type { SuiteCertificate } from './certs.ts'

export interface Holder {
  certificates(): readonly SuiteCertificate[]
  nowMs(): InstantMs
}

/** Null when no certificate is valid: nothing can be sealed or sent then. */
export function newestOf({ certificates, nowMs }: Holder): SuiteCertificate | null {
  const now = nowMs()
  const valid = certificates().filter((one) => one.notBeforeMs <= now && now < one.notAfterMs)
  return valid.toSorted((a, b) => b.notAfterMs - a.notAfterMs)[0] ?? null
}
