// HMAC-SHA256 of a text under a shared secret, as a reservation platform signs (P27).
// Compared in constant time; a signature of another length is refused.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ReservationSigner } from '../ports/reservation.ts'

export function hmacSha256(secret: string): ReservationSigner {
  const sign = (text: string): string =>
    createHmac('sha256', Buffer.from(secret, 'utf8')).update(text, 'utf8').digest('hex')
  return {
    sign,
    isSigned(text, signature) {
      const [ours, theirs] = [Buffer.from(sign(text)), Buffer.from(signature)]
      return ours.length === theirs.length && timingSafeEqual(ours, theirs)
    },
  }
}
