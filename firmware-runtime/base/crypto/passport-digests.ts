// The digests of passports by the program's own SM3: upper-case hex, texts as UTF-8.
// A module of its own, shared by all readers of passports.
import { hexOf } from '../pure/data/bytes.ts'
import type { Digests } from '../pure/passport/container.ts'
import type { Crypto } from '../ports/crypto.ts'

const utf8 = new TextEncoder()

export const digestsOf = ({ sm3 }: Pick<Crypto, 'sm3'>): Digests => ({
  ofBytes: (bytes) => hexOf(sm3(bytes)),
  ofText: (text) => hexOf(sm3(utf8.encode(text))),
})
