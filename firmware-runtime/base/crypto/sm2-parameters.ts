// The curve of a key in DER: by its name, or by all of its numbers (ECParameters, SEC 1 C.2), as Java and old OpenSSL write
// it. Every number is compared, the generator included: a key of another curve must not pass for one of SM2.
import { sm2CurveOid } from './accelerator.ts'
import { derElements, derTag, derUnsigned, type DerElement } from './der.ts'
import { bigOf, sm2A, sm2B, sm2Gx, sm2Gy, sm2N, sm2P } from './sm2-curve.ts'
import { equalBytes } from './sm4.ts'

/** 1.2.840.10045.1.1: a field of a prime. */
const primeField = Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 1, 1)

const inside = (element: DerElement | undefined): readonly DerElement[] =>
  element?.tag === derTag.sequence ? (derElements(element.value) ?? []) : []
const octets = (element: DerElement | undefined): Uint8Array | null =>
  element?.tag === derTag.octetString ? element.value : null
const isNumber = (bytes: Uint8Array | null, value: bigint): boolean =>
  bytes !== null && bigOf(bytes) === value

/** Uncompressed, or compressed with the sign of y. */
function isGenerator(point: Uint8Array | null): boolean {
  if (point === null) return false
  const [form] = point
  const isX = bigOf(point.subarray(1, 33)) === sm2Gx
  if (form === 4) return isX && point.length === 65 && bigOf(point.subarray(33)) === sm2Gy
  return isX && point.length === 33 && form === 2 + Number(sm2Gy & 1n)
}

/** True for the parameters of SM2 (GB/T 32918.5). */
export function isSm2Curve(curve: DerElement | undefined): boolean {
  if (curve?.tag === derTag.objectId) return equalBytes(curve.value, sm2CurveOid)
  const [version, field, numbers, base, order, cofactor] = inside(curve)
  const [kind, prime] = inside(field)
  const [a, b] = inside(numbers)
  return (
    [1, 2, 3].includes(derUnsigned(version)?.[0] ?? 0) &&
    kind?.tag === derTag.objectId &&
    equalBytes(kind.value, primeField) &&
    isNumber(derUnsigned(prime), sm2P) &&
    isNumber(octets(a), sm2A) &&
    isNumber(octets(b), sm2B) &&
    isGenerator(octets(base)) &&
    isNumber(derUnsigned(order), sm2N) &&
    (cofactor === undefined || isNumber(derUnsigned(cofactor), 1n))
  )
}
