// SM4-GCM and SM4-CBC with everything explicit: key, nonce, tag, AAD, padding, MAC (rule 7 of C.3).
// The library defaults to ECB, to a zero IV, and opens GCM without a tag (C.2, 12 to 16).
import { joinedWhy, t, type Why } from '../pure/words/fault-text.ts'
import { sm4 } from 'sm-crypto-v2'
import { LaneFault } from '../pure/faults/faults.ts'
import { joinBytes } from './der.ts'

const sm4KeyBytes = 16
const gcmNonceBytes = 12
const gcmTagBytes = 16
const blockBytes = 16
/** Random 96-bit nonces stay safe for 2^32 messages under one key (NIST SP 800-38D 8.3). */
const gcmSealsMax = 2 ** 32

export interface GcmBox {
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
}

export interface GcmKey {
  seal(plain: Uint8Array, aad: Uint8Array): GcmBox
  /** Throws CRYPTO-03 when any byte was changed. */
  open(box: GcmBox, aad: Uint8Array): Uint8Array
}

const refusal = (note: Why): LaneFault => new LaneFault('CRYPTO-03', { note })

function checkSm4Key(key: Uint8Array): Uint8Array {
  if (key.length !== sm4KeyBytes) {
    throw new LaneFault('CRYPTO-02', { note: t('SM4 密钥不是 16 字节', 'SM4 key is not 16 bytes') })
  }
  return key
}

/** Bare GCM with a given nonce: only `gcmKey` and the self-test call it. */
export function gcmSealWith(
  key: Uint8Array,
  nonce: Uint8Array,
  plain: Uint8Array,
  aad: Uint8Array,
): GcmBox {
  checkSm4Key(key)
  if (nonce.length !== gcmNonceBytes)
    throw refusal(t('GCM 随机数不是 12 字节', 'GCM nonce is not 12 bytes'))
  const sealed = sm4.encrypt(plain, key, {
    mode: 'gcm',
    output: 'array',
    outputTag: true,
    iv: nonce,
    associatedData: aad,
  })
  if (sealed.tag?.length !== gcmTagBytes)
    throw refusal(t('GCM 没有给出校验标签', 'GCM gave no tag'))
  return { nonce, ciphertext: sealed.output, tag: sealed.tag }
}

function gcmOpen(key: Uint8Array, box: GcmBox, aad: Uint8Array): Uint8Array {
  if (box.nonce.length !== gcmNonceBytes)
    throw refusal(t('GCM 随机数不是 12 字节', 'GCM nonce is not 12 bytes'))
  if (box.tag.length !== gcmTagBytes)
    throw refusal(t('GCM 校验标签不是 16 字节', 'GCM tag is not 16 bytes'))
  try {
    return sm4.decrypt(box.ciphertext, key, {
      mode: 'gcm',
      output: 'array',
      iv: box.nonce,
      associatedData: aad,
      tag: box.tag,
    })
  } catch (reason) {
    throw refusal(joinedWhy([t('GCM 打不开', 'GCM open failed'), String(reason)]))
  }
}

/** A key that makes its own nonces and counts them. */
export function gcmKey(
  key: Uint8Array,
  randomBytes: (count: number) => Uint8Array,
  sealsMax: number = gcmSealsMax,
): GcmKey {
  checkSm4Key(key)
  let seals = 0
  return {
    seal(plain, aad) {
      if (seals >= sealsMax)
        throw new LaneFault('CRYPTO-02', { note: t('GCM 密钥已用完', 'GCM key is used up') })
      seals++
      return gcmSealWith(key, randomBytes(gcmNonceBytes), plain, aad)
    },
    open: (box, aad) => gcmOpen(key, box, aad),
  }
}

function padded(plain: Uint8Array): Uint8Array {
  const count = blockBytes - (plain.length % blockBytes)
  return joinBytes(plain, new Uint8Array(count).fill(count))
}

function unpadded(blocks: Uint8Array): Uint8Array {
  const count = blocks[blocks.length - 1] ?? 0
  const bad = count < 1 || count > blockBytes || count > blocks.length
  if (bad || !blocks.subarray(blocks.length - count).every((b) => b === count)) {
    throw refusal(t('填充不是 PKCS#7', 'padding is not PKCS#7'))
  }
  return blocks.subarray(0, blocks.length - count)
}

export interface CbcBox {
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  /** HMAC-SM3 over IV and ciphertext (P9). */
  readonly mac: Uint8Array
}

interface CbcKeys {
  readonly key: Uint8Array
  readonly macKey: Uint8Array
  readonly hmac: (key: Uint8Array, data: Uint8Array) => Uint8Array
}

const macKeyBytesMin = 16

function checkCbcKeys(keys: CbcKeys): void {
  checkSm4Key(keys.key)
  if (keys.macKey.length < macKeyBytesMin) {
    throw new LaneFault('CRYPTO-02', {
      note: t('MAC 密钥短于 16 字节', 'MAC key is shorter than 16 bytes'),
    })
  }
}

const checkIv = (iv: Uint8Array): Uint8Array => {
  if (iv.length !== blockBytes)
    throw refusal(t('CBC 初始向量不是 16 字节', 'CBC IV is not 16 bytes'))
  return iv
}

export function cbcSeal(plain: Uint8Array, iv: Uint8Array, keys: CbcKeys): CbcBox {
  checkCbcKeys(keys)
  const ciphertext = sm4.encrypt(padded(plain), keys.key, {
    mode: 'cbc',
    padding: 'none',
    output: 'array',
    iv: checkIv(iv),
  })
  return { iv, ciphertext, mac: keys.hmac(keys.macKey, joinBytes(iv, ciphertext)) }
}

/** Equal length and content; the time does not depend on where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

/** The MAC is checked before one block is decrypted, so padding is never an oracle. */
export function cbcOpen(box: CbcBox, keys: CbcKeys): Uint8Array {
  checkCbcKeys(keys)
  checkIv(box.iv)
  if (!equalBytes(box.mac, keys.hmac(keys.macKey, joinBytes(box.iv, box.ciphertext)))) {
    throw refusal(t('MAC 不符', 'MAC does not match'))
  }
  if (box.ciphertext.length === 0 || box.ciphertext.length % blockBytes !== 0) {
    throw refusal(t('密文不是整块', 'ciphertext is not whole blocks'))
  }
  const blocks = sm4.decrypt(box.ciphertext, keys.key, {
    mode: 'cbc',
    padding: 'none',
    output: 'array',
    iv: box.iv,
  })
  return unpadded(blocks)
}
