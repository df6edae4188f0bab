// The parts of a certificate that a chain is judged by: signed bytes, issuer, subject and constraints.
// Read with the strict DER reader; unreadable bytes give null.
import { derElements, derInside, derTag, derUnsigned, type DerElement } from './der.ts'
import { equalBytes } from './sm4.ts'

export interface CertTbs {
  /** The signed bytes. */
  readonly tbs: Uint8Array
  /** DER of r and s. */
  readonly signature: Uint8Array
  /** The INTEGER element as encoded. */
  readonly serial: Uint8Array
  /** Names as encoded. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  /** Null when the extension is missing. */
  readonly isAuthority: boolean | null
  readonly pathLenMax: number | null
  readonly keyUsage: Uint8Array | null
}

/** Tag [3] of the extensions. */
const extensionsTag = 0xa3
/** 2.5.29.19 and 2.5.29.15. */
const oids = {
  basicConstraints: Uint8Array.of(0x55, 0x1d, 0x13),
  keyUsage: Uint8Array.of(0x55, 0x1d, 0x0f),
} as const

/** Content of the extension with this object id; null when it is missing. */
function extension(fields: readonly DerElement[], oid: Uint8Array): Uint8Array | null {
  const outer = fields.find(({ tag }) => tag === extensionsTag)
  const list = outer === undefined ? null : derInside(outer.value, derTag.sequence)
  const found = (list ?? []).find(({ value }) => {
    const [type] = derElements(value) ?? []
    return type?.tag === derTag.objectId && equalBytes(type.value, oid)
  })
  const content = derElements(found?.value ?? new Uint8Array())?.at(-1)
  return content?.tag === derTag.octetString ? content.value : null
}

function constraints(content: Uint8Array | null): Pick<CertTbs, 'isAuthority' | 'pathLenMax'> {
  if (content === null) return { isAuthority: null, pathLenMax: null }
  const [first, second] = derInside(content, derTag.sequence) ?? []
  const isAuthority = first?.tag === derTag.boolean && first.value[0] === 0xff
  const length = derUnsigned(second)
  return { isAuthority, pathLenMax: length === null ? null : (length[0] ?? 0) }
}

/** Numbers of the set bits of a BIT STRING, from 0. */
export const bitsOf = ([, ...octets]: Uint8Array): readonly number[] =>
  octets.flatMap((octet, i) =>
    Array.from({ length: 8 }, (_, bit) => bit).flatMap((bit) =>
      (octet & (0x80 >> bit)) === 0 ? [] : [8 * i + bit],
    ),
  )

export function certTbs(der: Uint8Array): CertTbs | null {
  const [tbs, , signed] = derInside(der, derTag.sequence) ?? []
  if (tbs?.tag !== derTag.sequence || signed?.tag !== derTag.bitString) return null
  const fields = derElements(tbs.value) ?? []
  const from = fields[0]?.tag === derTag.context0 ? 1 : 0
  const [serial, issuer, subject] = [fields[from], fields[from + 2], fields[from + 4]]
  if (
    serial?.tag !== derTag.integer ||
    issuer === undefined ||
    subject === undefined ||
    signed.value[0] !== 0
  )
    return null
  const usage = extension(fields, oids.keyUsage)
  const bits = usage === null ? undefined : derElements(usage)?.[0]
  return {
    tbs: tbs.whole,
    signature: signed.value.subarray(1),
    serial: serial.whole,
    issuer: issuer.whole,
    subject: subject.whole,
    ...constraints(extension(fields, oids.basicConstraints)),
    keyUsage: bits?.tag === derTag.bitString ? bits.value : null,
  }
}
