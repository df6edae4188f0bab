// A file under SM4-CBC (P9), for a platform that offers no SM4-GCM: compressed, a random IV, PKCS#7, HMAC-SM3 over IV and
// ciphertext. Assumed: the MAC has a key of its own behind the file key, and since CBC binds no file name, the name and one LF
// stand in front of the compressed text.
import { gzipSync } from 'node:zlib'
import { t } from '../pure/words/fault-text.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import type { Random } from '../ports/clocks.ts'
import type { SealedFile } from '../ports/platform-file.ts'
import { joinBytes } from './der.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { digestText, gmSeal, unzipped } from './gzip-seal.ts'
import { equalBytes } from './sm4.ts'

const keyBytes = 16
const headOf = (name: string): Uint8Array => new TextEncoder().encode(`${name}\n`)

type CbcFile = Pick<SealedFile, 'nonce' | 'ciphertext' | 'digest' | 'mac'>

/** Seals under two new keys of 16 bytes each; `keys` is the file key followed by the MAC key. */
export function cbcFileSealed(
  plain: Uint8Array,
  name: string,
  { crypto, random }: { readonly crypto: GmCrypto; readonly random: Random },
): CbcFile & { readonly keys: Uint8Array } {
  const [key, macKey] = [random.bytes(keyBytes), random.bytes(keyBytes)]
  const named = joinBytes(headOf(name), new Uint8Array(gzipSync(plain)))
  const { iv, ciphertext, mac } = crypto.cbcSeal(key, macKey, named)
  const digest = digestText(plain, gmSeal(crypto))
  return { nonce: iv, ciphertext, digest, mac, keys: joinBytes(key, macKey) }
}

/** Throws CRYPTO-02 for keys of another length and CRYPTO-03 where MAC, name or digest differ. */
export function cbcFileOpened(
  { nonce, ciphertext, digest, mac, name }: CbcFile & Pick<SealedFile, 'name'>,
  keys: Uint8Array,
  crypto: GmCrypto,
  plainBytesMax: number,
): Uint8Array {
  if (mac === null) throw new LaneFault('CRYPTO-03', { note: t('没有 MAC', 'it has no MAC') })
  if (keys.length !== 2 * keyBytes)
    throw new LaneFault('CRYPTO-02', { note: t('密钥不是 32 字节', 'keys are not 32 bytes') })
  const box = { iv: nonce, ciphertext, mac }
  const named = crypto.cbcOpen(keys.subarray(0, keyBytes), keys.subarray(keyBytes), box)
  const head = headOf(name)
  if (!equalBytes(named.subarray(0, head.length), head))
    throw new LaneFault('CRYPTO-03', { note: t('它的文件名不同', 'its file name is another') })
  return unzipped(named.subarray(head.length), digest, gmSeal(crypto), plainBytesMax)
}
