// Whether a certificate leads to a trusted authority: SM2 signatures link by link, constraints and use of each
// authority, validity at one time (RFC 5280, as far as signatures over files need it).
import { t, type BilingualText } from '../pure/words/fault-text.ts'
import { bitsOf, certTbs, type CertTbs } from './cert-tbs.ts'
import { certificateName, readCertificate } from './certs.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { revokedSince, type RevocationList } from './revocation.ts'
import { equalBytes } from './sm4.ts'
import { orIfFault } from '../pure/faults/on-fault.ts'
import { isoOf, type InstantMs } from '../pure/values/instant.ts'

export type ChainFound =
  | { readonly ok: true; readonly names: readonly string[] }
  /** `revoked`: by a valid list of its issuer; no other proof outweighs it. */
  | { readonly ok: false; readonly why: BilingualText; readonly revoked?: true }

/** Revocation lists, and whether the time of signing is attested. */
interface RevocationRequest {
  readonly lists: readonly RevocationList[]
  /** A third party attests the time: a signature made before a revocation stays valid. */
  readonly attested: boolean
}

interface Link extends CertTbs {
  readonly der: Uint8Array
  readonly name: string
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
  signed(other: Pick<CertTbs, 'tbs' | 'signature'>): boolean
}

const linksMax = 8
/** Bits of keyUsage. */
const uses = { digitalSignature: 0, keyCertSign: 5, crlSign: 6 } as const

function linkOf(der: Uint8Array, crypto: GmCrypto): Link | null {
  const tbs = certTbs(der)
  if (tbs === null) return null
  return orIfFault(() => {
    const { publicKey, certSerial, notBeforeMs, notAfterMs } = readCertificate(der, '')
    const key = crypto.verifyingKey(publicKey, certSerial)
    const signed: Link['signed'] = (other) => key.verify(other.tbs, other.signature)
    return { ...tbs, der, name: certificateName(der), notBeforeMs, notAfterMs, signed }
  }, null)
}

const mayBe = (use: number, { keyUsage }: CertTbs): boolean =>
  keyUsage === null || bitsOf(keyUsage).includes(use)

/** Why this authority may not have signed a certificate with `below` authorities under it; null when it may. */
function refusal(issuer: Link, below: number): BilingualText | null {
  if (issuer.isAuthority !== true)
    return t(
      `${issuer.name} 不是签发者(basicConstraints)`,
      `${issuer.name} is no authority (basicConstraints)`,
    )
  if (!mayBe(uses.keyCertSign, issuer))
    return t(
      `${issuer.name} 不得签发证书(keyUsage)`,
      `${issuer.name} may not sign certificates (keyUsage)`,
    )
  if (issuer.pathLenMax !== null && below > issuer.pathLenMax)
    return t(
      `${issuer.name} 之下层数过多(pathLen)`,
      `${issuer.name} has too many below it (pathLen)`,
    )
  return null
}

/** Judged by the newest valid list of its issuer; null when the certificate was not revoked then. */
function revocation(
  { name, serial }: Link,
  issuer: Link,
  { lists, attested }: RevocationRequest,
  atMs: InstantMs,
): Extract<ChainFound, { ok: false }> | null {
  const own = lists
    .filter((list) => equalBytes(list.issuer, issuer.subject) && issuer.signed(list))
    .toSorted((a, b) => b.fromMs - a.fromMs)
  const [list] = mayBe(uses.crlSign, issuer) ? own : []
  if (list === undefined)
    return {
      ok: false,
      why: t(`${issuer.name} 没有有效的吊销列表`, `no revocation list of ${issuer.name} holds`),
    }
  if (list.untilMs !== null && list.untilMs < atMs)
    return {
      ok: false,
      why: t(
        `${issuer.name} 的吊销列表在那时已过期`,
        `the revocation list of ${issuer.name} ended before that time`,
      ),
    }
  const sinceMs = revokedSince(list, serial)
  if (sinceMs === null || (attested && sinceMs > atMs)) return null
  return {
    ok: false,
    revoked: true,
    why: t(`${name} 于 ${isoOf(sinceMs)} 吊销`, `${name} was revoked at ${isoOf(sinceMs)}`),
  }
}

/** `trusted`: authorities from a file; a chain may end at the self-signed ones. */
export function chainTo(
  der: Uint8Array,
  trusted: readonly Uint8Array[],
  atMs: InstantMs,
  crypto: GmCrypto,
  revoked: RevocationRequest | null = null,
): ChainFound {
  const pool = trusted.flatMap((one) => linkOf(one, crypto) ?? [])
  const no = (why: BilingualText): ChainFound => ({ ok: false, why })
  let at = linkOf(der, crypto)
  if (at === null) return no(t('证书读不出', 'the certificate cannot be read'))
  if (!mayBe(uses.digitalSignature, at))
    return no(t(`${at.name} 不得用于签名(keyUsage)`, `${at.name} may not sign (keyUsage)`))
  const names: string[] = []
  for (let below = 0; below < linksMax; below++) {
    const current: Link = at
    names.push(current.name)
    if (atMs < current.notBeforeMs || atMs > current.notAfterMs)
      return no(
        t(`${current.name} 在那时不在有效期内`, `${current.name} was not valid at that time`),
      )
    const issuer = pool.find(
      (one) => equalBytes(one.subject, current.issuer) && one.signed(current),
    )
    if (issuer === undefined)
      return no(t(`其中没有签发 ${current.name} 的`, `none of them signed ${current.name}`))
    const why = refusal(issuer, below)
    if (why !== null) return no(why)
    const gone = revoked === null ? null : revocation(current, issuer, revoked, atMs)
    if (gone !== null) return gone
    const isRoot = equalBytes(issuer.subject, issuer.issuer) && issuer.signed(issuer)
    if (isRoot && (atMs < issuer.notBeforeMs || atMs > issuer.notAfterMs))
      return no(t(`${issuer.name} 在那时不在有效期内`, `${issuer.name} was not valid at that time`))
    if (isRoot) return { ok: true, names: [...names, issuer.name] }
    at = issuer
  }
  return no(t('证书链过长', 'the chain is too long'))
}
