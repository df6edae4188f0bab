// The client's signing keys in a certificate folder, sealed to this machine: the key in use, and the key of a request
// whose certificate has not come yet. client.pem decides which key is in use.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readSuiteCertificates } from '#base/crypto/certs.ts'
import { equalBytes } from '#base/crypto/sm4.ts'
import { machineSecret, readSealed, writeSealed } from '#base/secrets/machine-seal.ts'
import type { CertificateWord } from '#ledger/pure/etc/former-certificates.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import {
  clientKeyFrom,
  clientPurpose as purpose,
  formerKeysIn,
  keepFormers,
  keepWord,
  wordOfCertificate,
  type ClientKey,
  type FormerKey,
} from './former-keys.ts'
import { readCertificateText, readText } from '#base/process/read-file.ts'
import { removePath } from '#base/files/held-path.ts'

/** Inside the data folder of a lot that has its own certificates or was restored. */
export const certFolder = 'keys/platform'
export const platformCa = 'keys/platform-ca.pem'

/** Folder of the lot's own certificates. */
export const ownCertDir = (dir: string): string => join(dir, ...certFolder.split('/'))
export const isOwnFolder = (certDir: string, dir: string): boolean =>
  resolve(certDir) === resolve(ownCertDir(dir))

/** Files in a lot's own certificate folder. */
export const clientKeyFiles = {
  plain: 'client.key.pem',
  inUse: 'client.key.sealed',
  /** Key and request that wait for their certificate. */
  next: 'client.next.sealed',
  request: 'client.csr.pem',
} as const

/** A sealed key, or null when the file does not exist. Throws SEAL-01 for a key sealed on another machine. */
export function sealedKeyIn(certDir: string, which: 'inUse' | 'next'): ClientKey | null {
  const file = join(certDir, clientKeyFiles[which])
  const bytes = readSealed(file, purpose, machineSecret())
  return bytes === null ? null : clientKeyFrom(new TextDecoder().decode(bytes), file)
}

/** Seals the key of a new request; makes its folder when it is missing. */
export const sealNextKey = (certDir: string, pem: string): void =>
  writeSealed(
    join(certDir, clientKeyFiles.next),
    new TextEncoder().encode(pem),
    purpose,
    machineSecret(),
  )

/** The key in use, sealed or plain; null when neither file exists. Throws SEAL-01, CERT-01. */
export function keyInUse(certDir: string): ClientKey | null {
  const plain = join(certDir, clientKeyFiles.plain)
  const sealed = sealedKeyIn(certDir, 'inUse')
  return sealed ?? (existsSync(plain) ? clientKeyFrom(readText(plain), plain) : null)
}

/** The key in use, or null when it cannot be opened here: what callers report of certificates does not need it. */
const keyHere = (certDir: string): ClientKey | null => orIfFault(() => keyInUse(certDir), null)

/** Signing keys of certificates before the one in use, newest first: those that may still sign (ADR 295). */
export const formerClientKeys = (certDir: string, nowMs: InstantMs): readonly FormerKey[] =>
  formerKeysIn(certDir, keyHere(certDir), nowMs)

/** Stores whether the platform accepted a certificate, for the next change; false when the disk refuses the write. */
export const certificateWord = (
  certDir: string,
  said: { readonly certSerial: string; readonly word: CertificateWord },
  nowMs: InstantMs,
): boolean =>
  orIfFault(() => {
    if (wordOfCertificate(certDir, said.certSerial) !== said.word)
      keepWord(certDir, keyHere(certDir), said, nowMs)
    return true
  }, false)

/** When the certificate of the pending request is in client.pem, its key becomes the key in use. */
function takeNextKey(certDir: string): void {
  if (!existsSync(join(certDir, clientKeyFiles.next))) return
  const certFile = join(certDir, 'client.pem')
  if (!existsSync(certFile)) return
  const [client] = readSuiteCertificates(readCertificateText(certFile), certFile)
  const next = sealedKeyIn(certDir, 'next')
  if (next === null || client === undefined || !equalBytes(next.publicKey, client.publicKey)) return
  // After a power cut past the change, the key in use is already the next one.
  const before = keyInUse(certDir)
  if (before !== null && !equalBytes(before.publicKey, next.publicKey))
    keepFormers(certDir, before, null)
  const inUse = join(certDir, clientKeyFiles.inUse)
  writeSealed(inUse, new TextEncoder().encode(next.pem), purpose, machineSecret())
  for (const name of ['plain', 'next', 'request'] as const)
    removePath(join(certDir, clientKeyFiles[name]), { force: true })
}

/**
 * The client's signing key as PEM. A plain key in the folder is sealed and read back, then its plain file is removed;
 * only the sealed key stays. A change of key that a power cut interrupted after the new client.pem is completed here.
 */
export function sealedClientKey(certDir: string): string {
  takeNextKey(certDir)
  const plainFile = join(certDir, clientKeyFiles.plain)
  const sealedFile = join(certDir, clientKeyFiles.inUse)
  const secret = machineSecret()
  if (existsSync(plainFile)) {
    const plain = new TextEncoder().encode(readFileSync(plainFile, 'utf8'))
    writeSealed(sealedFile, plain, purpose, secret)
    if (readSealed(sealedFile, purpose, secret) !== null) removePath(plainFile)
  }
  const pem = readSealed(sealedFile, purpose, secret)
  if (pem === null)
    throw new LaneFault('CERT-01', { file: sealedFile, note: t('没有客户端密钥', 'no client key') })
  return new TextDecoder().decode(pem)
}

/** For a rehearsal whose simulator keeps its key as plain text: undefined, the folder is read as it is. */
export const clientKeyOf = (certDir: string, isLive: boolean): string | undefined =>
  !isLive && existsSync(join(certDir, clientKeyFiles.plain)) ? undefined : sealedClientKey(certDir)
