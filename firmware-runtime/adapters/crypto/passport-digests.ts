// The digests of passports on the product's own SM3: upper-case hex, texts as UTF-8.
// Separate, so that whoever reads a passport takes them from one place.
import { hexOf } from '../../core/values/bytes.ts'
import type { Digests } from '../../core/values/passport/container.ts'
import type { Crypto } from '../../ports/crypto.ts'

const utf8 = new TextEncoder()

export const digestsOf = ({ sm3 }: Pick<Crypto, 'sm3'>): Digests => ({
  ofBytes: (bytes) => hexOf(sm3(bytes)),
  ofText: (text) => hexOf(sm3(utf8.encode(text))),
})
