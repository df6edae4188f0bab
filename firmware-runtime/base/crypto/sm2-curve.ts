// The numbers of the SM2 curve (GB/T 32918.5) and the range checks of rule 3.
// Checked here before any library sees a key: both libraries take 0, n and short keys (C.2, 19).
import { t } from '../pure/words/fault-text.ts'
import { LaneFault } from '../pure/faults/faults.ts'

export const sm2P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn
export const sm2A = sm2P - 3n
export const sm2B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n
export const sm2N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
export const sm2Gx = 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n
export const sm2Gy = 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n

const hexDigits = Array.from({ length: 256 }, (_, b) => b.toString(16).padStart(2, '0'))

/** Lower-case hex: the only text form passed to the library. */
export function lowHex(bytes: Uint8Array): string {
  let text = ''
  for (const b of bytes) text += hexDigits[b] ?? ''
  return text
}

export const bigOf = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : BigInt(`0x${lowHex(bytes)}`)

/** 32 bytes, big endian. */
export function bytes32(value: bigint): Uint8Array {
  const hex = value.toString(16).padStart(64, '0')
  const out = new Uint8Array(32)
  for (let i = 0; i < 32; i++) out[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return out
}

/** Bytes of the library's own hex output; anything else is a bug of the library. */
export function bytesOfLowHex(hex: string): Uint8Array {
  const out = new Uint8Array(hex.length / 2)
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return out
}

/**
 * A private key as 32 bytes: programs that write it as a number leave out leading zeros or add one (`openssl pkey` reads
 * both). Other lengths are returned unchanged, for the check to refuse.
 */
export function scalar32(key: Uint8Array): Uint8Array {
  const from = key.findIndex((byte) => byte !== 0)
  const bare = from < 0 ? new Uint8Array() : key.subarray(from)
  if (bare.length === 0 || bare.length > 32) return key
  const out = new Uint8Array(32)
  out.set(bare, 32 - bare.length)
  return out
}

/** 32 bytes with 1 <= d <= n-2. n-1 makes some signers loop for ever (C.2, 6). */
export function checkPrivateKey(key: Uint8Array): Uint8Array {
  if (key.length !== 32)
    throw new LaneFault('CRYPTO-02', { note: t('私钥不是 32 字节', 'private key is not 32 bytes') })
  const d = bigOf(key)
  if (d < 1n || d > sm2N - 2n) {
    throw new LaneFault('CRYPTO-02', {
      note: t('私钥不在 1 到 n-2 之内', 'private key is outside 1 to n-2'),
    })
  }
  return key
}

/** True for coordinates below p that fulfil the curve equation. */
export function onCurve(x: bigint, y: bigint): boolean {
  if (x >= sm2P || y >= sm2P) return false
  return (y * y) % sm2P === (((x * x + sm2A) % sm2P) * x + sm2B) % sm2P
}

/** Exactly 65 bytes, 04, on the curve. Compressed and hybrid forms are refused. */
export function checkPublicKey(key: Uint8Array): Uint8Array {
  if (key.length !== 65 || key[0] !== 4) {
    throw new LaneFault('CRYPTO-02', {
      note: t('公钥不是以 04 开头的 65 字节', 'public key is not 65 bytes with 04'),
    })
  }
  if (!onCurve(bigOf(key.subarray(1, 33)), bigOf(key.subarray(33)))) {
    throw new LaneFault('CRYPTO-02', {
      note: t('公钥不在曲线上', 'public key is not on the curve'),
    })
  }
  return key
}

/** 1 <= value <= n-1, the range of r and s. */
export const isSignatureScalar = (value: bigint): boolean => value >= 1n && value < sm2N
