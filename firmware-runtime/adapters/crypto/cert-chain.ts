// Whether a certificate leads to an authority that is trusted: SM2 signatures link by link, constraints and use of
// each authority, validity at one time (RFC 5280, as far as signatures over files need it).
import { bitsOf, certTbs, type CertTbs } from './cert-tbs.ts'
import { certificateName, readCertificate } from './certs.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { equalBytes } from './sm4.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { InstantMs } from '../../core/values/instant.ts'

export type ChainFound =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly why: string }

interface Link extends CertTbs {
  readonly der: Uint8Array
  readonly name: string
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
  signed(other: CertTbs): boolean
}

const linksMax = 8
/** Bits of keyUsage. */
const uses = { digitalSignature: 0, keyCertSign: 5 } as const

function linkOf(der: Uint8Array, crypto: GmCrypto): Link | null {
  const tbs = certTbs(der)
  if (tbs === null) return null
  try {
    const { publicKey, certSerial, notBeforeMs, notAfterMs } = readCertificate(der, '')
    const key = crypto.verifyingKey(publicKey, certSerial)
    const signed = (other: CertTbs): boolean => key.verify(other.tbs, other.signature)
    return { ...tbs, der, name: certificateName(der), notBeforeMs, notAfterMs, signed }
  } catch (error) {
    if (error instanceof LaneFault) return null
    throw error
  }
}

const mayBe = (use: number, { keyUsage }: CertTbs): boolean =>
  keyUsage === null || bitsOf(keyUsage).includes(use)

/** Why this authority may not have signed what is `below` authorities over the end; null: it may. */
function refusal(issuer: Link, below: number): string | null {
  if (issuer.isAuthority !== true) return 'is no authority (basicConstraints)'
  if (!mayBe(uses.keyCertSign, issuer)) return 'may not sign certificates (keyUsage)'
  if (issuer.pathLenMax !== null && below > issuer.pathLenMax)
    return 'has too many below it (pathLen)'
  return null
}

/** `trusted`: authorities as they lie in a file; those that sign themselves are where a chain may end. */
export function chainTo(
  der: Uint8Array,
  trusted: readonly Uint8Array[],
  atMs: InstantMs,
  crypto: GmCrypto,
): ChainFound {
  const pool = trusted.flatMap((one) => linkOf(one, crypto) ?? [])
  const no = (why: string): ChainFound => ({ ok: false, why })
  let at = linkOf(der, crypto)
  if (at === null) return no('the certificate cannot be read')
  if (!mayBe(uses.digitalSignature, at)) return no(`${at.name} may not sign (keyUsage)`)
  const names: string[] = []
  for (let below = 0; below < linksMax; below++) {
    const current: Link = at
    names.push(current.name)
    if (atMs < current.notBeforeMs || atMs > current.notAfterMs)
      return no(`${current.name} was not valid at that time`)
    const issuer = pool.find(
      (one) => equalBytes(one.subject, current.issuer) && one.signed(current),
    )
    if (issuer === undefined) return no(`nobody among them signed ${current.name}`)
    const why = refusal(issuer, below)
    if (why !== null) return no(`${issuer.name} ${why}`)
    const isRoot = equalBytes(issuer.subject, issuer.issuer) && issuer.signed(issuer)
    if (isRoot && (atMs < issuer.notBeforeMs || atMs > issuer.notAfterMs))
      return no(`${issuer.name} was not valid at that time`)
    if (isRoot) return { ok: true, names: [...names, issuer.name] }
    at = issuer
  }
  return no('the chain is too long')
}
