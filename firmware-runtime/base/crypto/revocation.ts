// Certificate revocation lists (CRL, RFC 5280 section 5): issuer, validity, and revoked serials with their dates.
// Read with the strict DER reader, so at most 64 KB; a list with an unknown critical extension is refused.
import { certTime } from './certs.ts'
import { derElements, derInside, derTag, type DerElement } from './der.ts'
import { equalBytes } from './sm4.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import type { InstantMs } from '../pure/values/instant.ts'

export interface RevocationList {
  /** The signed bytes, and the DER of r and s over them. */
  readonly tbs: Uint8Array
  readonly signature: Uint8Array
  /** Name as encoded. */
  readonly issuer: Uint8Array
  readonly fromMs: InstantMs
  /** Null when the list has no nextUpdate. */
  readonly untilMs: InstantMs | null
  /** Serial numbers as encoded elements, with the time of revocation. */
  readonly revoked: readonly { readonly serial: Uint8Array; readonly sinceMs: InstantMs }[]
}

/** Whether an extension is critical. */
const isCritical = ({ value }: DerElement): boolean =>
  (derElements(value) ?? []).some(({ tag, value: [is] }) => tag === derTag.boolean && is === 0xff)

const isTime = (element: DerElement | undefined): element is DerElement =>
  element?.tag === derTag.utcTime || element?.tag === derTag.generalizedTime

/** Null for an entry that cannot be read, or that has a critical extension. */
function entryOf({ value }: DerElement): RevocationList['revoked'][number] | null {
  const [serial, since, extensions] = derElements(value) ?? []
  const sinceMs = certTime(since)
  if (serial?.tag !== derTag.integer || sinceMs === null) return null
  const own = extensions === undefined ? [] : (derElements(extensions.value) ?? [])
  return own.some(isCritical) ? null : { serial: serial.whole, sinceMs }
}

function revocationList(der: Uint8Array): RevocationList | null {
  const [tbs, , signed] = derInside(der, derTag.sequence) ?? []
  if (tbs?.tag !== derTag.sequence || signed?.tag !== derTag.bitString) return null
  if (signed.value[0] !== 0) return null
  const fields = derElements(tbs.value) ?? []
  const from = fields[0]?.tag === derTag.integer ? 1 : 0
  const [, issuer, thisUpdate, ...more] = fields.slice(from)
  const fromMs = certTime(thisUpdate)
  if (issuer?.tag !== derTag.sequence || fromMs === null) return null
  const [next] = more
  const untilMs = isTime(next) ? certTime(next) : null
  const [list, extensions] = [
    more.find(({ tag }) => tag === derTag.sequence),
    more.find(({ tag }) => tag === derTag.context0),
  ]
  const own = extensions === undefined ? [] : derInside(extensions.value, derTag.sequence)
  const entries = list === undefined ? [] : (derElements(list.value)?.map(entryOf) ?? [null])
  const revoked = entries.filter((entry) => entry !== null)
  if (own === null || own.some(isCritical) || revoked.length < entries.length) return null
  return {
    tbs: tbs.whole,
    signature: signed.value.subarray(1),
    issuer: issuer.whole,
    fromMs,
    untilMs,
    revoked,
  }
}

/** When a serial number was revoked; null when it is not on the list. */
export const revokedSince = (list: RevocationList, serial: Uint8Array): InstantMs | null =>
  list.revoked.find((entry) => equalBytes(entry.serial, serial))?.sinceMs ?? null

/** All lists of a PEM file. Throws EVIDENCE-08 when it has none or one cannot be read. */
export function revocationLists(pem: string, file: string): readonly RevocationList[] {
  const blocks = [...pem.matchAll(/-----BEGIN X509 CRL-----([\s\S]*?)-----END X509 CRL-----/g)]
  const lists = blocks.map(([, base64 = '']) =>
    revocationList(new Uint8Array(Buffer.from(base64, 'base64'))),
  )
  const read = lists.filter((list) => list !== null)
  if (lists.length === 0 || read.length < lists.length) throw new LaneFault('EVIDENCE-08', { file })
  return read
}
