// The key that signs receipts: one per lot, made at the first receipt, sealed to this machine. Its public key is a file
// beside it, for publishing it and for checking receipts.
import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spkiOf } from '#base/crypto/accelerator.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { rawSignature, signatureDer } from '#base/crypto/sm2.ts'
import { readPem } from '#base/files/read-up-to.ts'
import { machineSecret, readSealed, writeSealed } from '#base/secrets/machine-seal.ts'
import type { ReceiptKey } from '#lane/money/receipts.ts'
import type { JudgeParts } from '../../receipts/receipt-judge.ts'
import { keyIdBytes } from '../../receipts/receipt-proof.ts'
import { bytesOfBase64 } from '#base/pure/data/base64.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'

const purpose = 'receipt'
const publicName = 'receipt-public.pem'
const pointBytes = 65

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest())
const keyIdOf = (publicKey: Uint8Array): Uint8Array => sha256(publicKey).subarray(0, keyIdBytes)

const pemOf = (publicKey: Uint8Array): string => {
  const body = Buffer.from(spkiOf(publicKey)).toString('base64').replaceAll(/.{64}/g, '$&\n')
  return `-----BEGIN PUBLIC KEY-----\n${body.trimEnd()}\n-----END PUBLIC KEY-----\n`
}

export const receiptKeyFile = (dir: string): string => join(dir, 'keys', publicName)

interface KeyPair {
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
}

const privateFile = (dir: string): string => join(dir, 'keys', 'receipt.key')

function keptPair(dir: string): KeyPair | null {
  const privateKey = readSealed(privateFile(dir), purpose, machineSecret())
  if (privateKey === null) return null
  return { privateKey, publicKey: openGmCrypto().publicKeyOf(privateKey) }
}

function verifierOf(publicKey: Uint8Array): Pick<JudgeParts, 'keyId' | 'verify'> {
  const key = openGmCrypto().verifyingKey(publicKey, '00')
  return {
    keyId: keyIdOf(publicKey),
    verify: (message, raw) =>
      raw.length === 64 && key.verify(message, signatureDer(raw.subarray(0, 32), raw.subarray(32))),
  }
}

function keyOf(pair: KeyPair): ReceiptKey {
  const signer = openGmCrypto().signingKey(pair, '00')
  return {
    ...verifierOf(pair.publicKey),
    publicKeyPem: pemOf(pair.publicKey),
    sign: (message) => present(rawSignature(signer.sign(message)), 'our signature is strict DER'),
  }
}

/** Makes the key when it does not exist. Throws SEAL-01 when it was sealed on another machine. */
export function receiptKeyOf(dir: string): ReceiptKey {
  const known = keptPair(dir)
  const pair = known ?? openGmCrypto().keyPair()
  if (known === null) writeSealed(privateFile(dir), pair.privateKey, purpose, machineSecret())
  const publicFile = receiptKeyFile(dir)
  orDiskFault({ file: publicFile }, () => {
    if (!existsSync(publicFile)) writeFileSync(publicFile, pemOf(pair.publicKey), { flush: true })
  })
  return keyOf(pair)
}

/** The existing key, for reading only. Throws FILE-01 when no receipt was ever given. */
export function keptReceiptKey(dir: string): ReceiptKey {
  const pair = keptPair(dir)
  if (pair !== null) return keyOf(pair)
  const note = t('还没有开过收据', 'no receipt was given yet')
  throw new LaneFault('FILE-01', { file: privateFile(dir), note })
}

/**
 * Checks receipts against the public key in a PEM file. Throws RECEIPT-02 when the file is missing or has no such key.
 */
export function receiptJudge(file: string): JudgeParts {
  try {
    return judgeOfPem(readPem(file), file)
  } catch (error) {
    if (error instanceof LaneFault) throw error
    const note = error instanceof Error ? error.message : ''
    throw new LaneFault('RECEIPT-02', { file, note })
  }
}

/** Throws RECEIPT-02 when the text has no public key. */
export function judgeOfPem(text: string, file: string): JudgeParts {
  const [, body = ''] =
    /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]*)-----END PUBLIC KEY-----/.exec(text) ?? []
  const spki = bytesOfBase64(body.replaceAll(/\s/g, '')) ?? new Uint8Array()
  const publicKey = spki.subarray(-pointBytes)
  if (publicKey.length !== pointBytes || hexOf(spkiOf(publicKey)) !== hexOf(spki))
    throw new LaneFault('RECEIPT-02', { file })
  return { sha256, ...verifierOf(publicKey) }
}
