// The client's signing key in a certificate folder, sealed to this machine: the one in use, and beside it the one of a
// request whose certificate is still to come. Which of them is in use is said by client.pem alone.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readCertificates, readPrivateKey } from '../../adapters/crypto/certs.ts'
import type { FileKey } from '../../adapters/crypto/platform-file.ts'
import { openGmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import type { Sm2KeyPair } from '../../adapters/crypto/sm2.ts'
import { equalBytes } from '../../adapters/crypto/sm4.ts'
import { machineSecret, readSealed, writeSealed } from '../../adapters/secrets/machine-seal.ts'
import { certificateState } from '../../core/etc/credentials.ts'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { SigningKey } from '../../ports/crypto.ts'
import { readText } from './read-file.ts'

/** Inside the folder of a lot that has certificates of its own, or was restored. */
export const certFolder = 'keys/platform'
export const platformCa = 'keys/platform-ca.pem'

/** Where the lot's own certificates lie, and nobody else's. */
export const ownCertDir = (dir: string): string => join(dir, ...certFolder.split('/'))
export const isOwnFolder = (certDir: string, dir: string): boolean =>
  resolve(certDir) === resolve(ownCertDir(dir))

/** Purpose that both are sealed for. */
const purpose = 'client'

/** Files of a certificate folder that only its own lot has. */
export const clientKeyFiles = {
  plain: 'client.key.pem',
  inUse: 'client.key.sealed',
  /** The one before, for as long as its certificate is in force. */
  former: 'client.former.sealed',
  /** Key and request that wait for their certificate. */
  next: 'client.next.sealed',
  request: 'client.csr.pem',
} as const

export interface ClientKey extends Sm2KeyPair {
  readonly pem: string
}

/** A sealed key, or null where there is none. Throws SEAL-01 for one of another machine. */
export function sealedKeyIn(certDir: string, which: 'inUse' | 'next' | 'former'): ClientKey | null {
  const file = join(certDir, clientKeyFiles[which])
  const bytes = readSealed(file, purpose, machineSecret())
  if (bytes === null) return null
  const pem = new TextDecoder().decode(bytes)
  const crypto = openGmCrypto()
  const privateKey = readPrivateKey(pem, file, crypto)
  return { pem, privateKey, publicKey: crypto.publicKeyOf(privateKey) }
}

/** Its folder is made where it is not there yet. */
export const sealNextKey = (certDir: string, pem: string): void =>
  writeSealed(
    join(certDir, clientKeyFiles.next),
    new TextEncoder().encode(pem),
    purpose,
    machineSecret(),
  )

/** The key in use, before the next one takes its place: the platform may not know that one yet. */
function keepFormer(certDir: string, next: ClientKey): void {
  const plain = join(certDir, clientKeyFiles.plain)
  const inUse = sealedKeyIn(certDir, 'inUse')
  const pem = inUse?.pem ?? (existsSync(plain) ? readText(plain) : null)
  // After a power cut behind the change the one in use is the next already.
  if (pem === null || (inUse !== null && equalBytes(inUse.publicKey, next.publicKey))) return
  const file = join(certDir, clientKeyFiles.former)
  writeSealed(file, new TextEncoder().encode(pem), purpose, machineSecret())
}

interface FormerKey {
  readonly signingKey: SigningKey
  readonly fileKey: FileKey
  readonly notAfterMs: InstantMs
}

/** Of the certificate before the one in use; null where none is there, or its time is over. */
export function formerClientKey(certDir: string, nowMs: InstantMs): FormerKey | null {
  try {
    const key = sealedKeyIn(certDir, 'former')
    if (key === null) return null
    const file = join(certDir, 'client.pem')
    const held = readCertificates(readText(file), file).slice(1)
    const own = held.find(({ publicKey }) => equalBytes(publicKey, key.publicKey))
    if (own === undefined || certificateState({ whose: 'client', ...own }, nowMs) === 'bad')
      return null
    const crypto = openGmCrypto()
    const { certSerial, notAfterMs } = own
    return {
      signingKey: crypto.signingKey(key, certSerial),
      notAfterMs,
      fileKey: { certSerial, unwrap: (encKey) => crypto.decryptWith(key.privateKey, encKey) },
    }
  } catch (error) {
    // Of another machine, or damaged: the one in use signs alone.
    if (error instanceof LaneFault) return null
    throw error
  }
}

/** The certificate of the request has come: its key takes the place of the former one. */
function takeNextKey(certDir: string): void {
  if (!existsSync(join(certDir, clientKeyFiles.next))) return
  const certFile = join(certDir, 'client.pem')
  if (!existsSync(certFile)) return
  const [client] = readCertificates(readText(certFile), certFile)
  const next = sealedKeyIn(certDir, 'next')
  if (next === null || client === undefined || !equalBytes(next.publicKey, client.publicKey)) return
  keepFormer(certDir, next)
  const inUse = join(certDir, clientKeyFiles.inUse)
  writeSealed(inUse, new TextEncoder().encode(next.pem), purpose, machineSecret())
  for (const name of ['plain', 'next', 'request'] as const)
    rmSync(join(certDir, clientKeyFiles[name]), { force: true })
}

/**
 * The client's signing key as PEM. A plain key found in the folder is sealed, read back and only then removed; from
 * then on only the sealed one is there. A power cut between a new client.pem and its key is ended here.
 */
export function sealedClientKey(certDir: string): string {
  takeNextKey(certDir)
  const plainFile = join(certDir, clientKeyFiles.plain)
  const sealedFile = join(certDir, clientKeyFiles.inUse)
  const secret = machineSecret()
  if (existsSync(plainFile)) {
    const plain = new TextEncoder().encode(readFileSync(plainFile, 'utf8'))
    writeSealed(sealedFile, plain, purpose, secret)
    if (readSealed(sealedFile, purpose, secret) !== null) rmSync(plainFile)
  }
  const pem = readSealed(sealedFile, purpose, secret)
  if (pem === null)
    throw new LaneFault('CERT-01', { file: sealedFile, note: t('没有客户端密钥', 'no client key') })
  return new TextDecoder().decode(pem)
}

/** Of a rehearsal, whose simulator keeps its key as plain text: undefined, the folder is read as it is. */
export const clientKeyOf = (certDir: string, isLive: boolean): string | undefined =>
  !isLive && existsSync(join(certDir, clientKeyFiles.plain)) ? undefined : sealedClientKey(certDir)
