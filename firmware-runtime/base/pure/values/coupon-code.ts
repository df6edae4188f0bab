// The code of a coupon: prefix, tag of its lot, eight random characters, two to check them. Pure.
// A misread code, one of another lot and one that was never issued are three different refusals.
import { crc32 } from '../data/crc32.ts'

/** Without I, L, O and U: no two of them look alike. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const shape = /^YH[0-9A-HJKMNP-TV-Z]{14}$/
/** Number of random bytes: 40 bits are eight characters. */
export const couponRandomBytes = 5

const characters = (value: number, count: number): string =>
  Array.from({ length: count }, (_, i) => alphabet[Math.floor(value / 32 ** i) % 32]).join('')

const sumOf = (text: string): number =>
  crc32(
    Uint8Array.from([...text].flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8])),
  )

export const couponTagOf = (lotId: string): string => characters(sumOf(lotId), 4)

export function couponCodeOf(lotId: string, random: Uint8Array): string {
  const value = random.reduce((all, byte) => all * 256 + byte, 0)
  const own = `YH${couponTagOf(lotId)}${characters(value, 8)}`
  return `${own}${characters(sumOf(own), 2)}`
}

type CouponRead =
  | { readonly kind: 'coupon'; readonly code: string; readonly tag: string }
  | { readonly kind: 'misread' }

/** As typed or scanned: small letters and dashes are taken for what they stand for. */
export function readCoupon(text: string): CouponRead {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '')
  const own = code.slice(0, -2)
  if (!shape.test(code) || characters(sumOf(own), 2) !== code.slice(-2)) return { kind: 'misread' }
  return { kind: 'coupon', code, tag: code.slice(2, 6) }
}
