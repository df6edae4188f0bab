// What the centre's certificate authority does for its doors and its desk.
import type { InstantMs } from '#base/pure/values/instant.ts'

/** The keys of a lot: of its connection (P-256) and of its signatures (SM2). */
export type KeyUse = 'tls' | 'sign'

export interface IssuedCertificate {
  readonly pem: string
  readonly der: Uint8Array
  /** Upper-case hex. */
  readonly serial: string
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}

export interface Authority {
  readonly certificatePem: string
  readonly certificateDer: Uint8Array
  /** PEM of the key and certificate of the doors: common name `etc-lane centre`, issued anew when it would end. */
  readonly server: { readonly key: string; readonly cert: string }
  /** Throws CENTRE-21 for a request that breaks a rule; `request` is its DER. */
  check(use: KeyUse, request: Uint8Array, lotId: string): Promise<void>
  /** `request`: DER of a PKCS#10 request whose own signature is checked. Throws CENTRE-21 for one that breaks a rule. */
  issue(
    use: KeyUse,
    request: Uint8Array,
    lotId: string,
    atMs: InstantMs,
  ): Promise<IssuedCertificate>
}
