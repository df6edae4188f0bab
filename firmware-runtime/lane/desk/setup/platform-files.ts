// The files that a lot needs for its platform on this machine: present or not, owner, expiry, and faults.
// Reading neither writes nor seals anything.
import { t } from '#base/pure/words/fault-text.ts'
import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  certificateName,
  certificatesInPem,
  loadCertFolder,
  readSuiteCertificates,
} from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { machineSecret, readSealed } from '#base/secrets/machine-seal.ts'
import type { PlatformFile } from '../../calls/setup-views.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'
import type { JoinedPlatform } from './channel-file.ts'
import { certificateState } from '#base/pure/data/credentials.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { readCertificateText, readText } from '#base/process/read-file.ts'

type Name = PlatformFile['name']

interface Dates {
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
}

const plain = { who: '', certSerial: null, fromIso: null, untilIso: null, fault: null } as const

/** The content of a file, or why it cannot be read. */
function looked(name: Name, file: string, look: () => PlatformFile): PlatformFile {
  try {
    if (file !== '' && existsSync(file)) return look()
    const fault = new LaneFault('CERT-01', {
      file,
      value: file,
      note: t('没有这个文件', 'not there'),
    })
    return { ...plain, name, file, state: 'absent', fault: apiErrorOf(fault) }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { ...plain, name, file, state: 'bad', fault: apiErrorOf(error) }
  }
}

function dated(name: Name, file: string, who: string, at: Dates, nowMs: InstantMs): PlatformFile {
  const { notBeforeMs, notAfterMs } = at
  const judged = certificateState(at, nowMs)
  const state = judged === 'unknown' ? 'bad' : judged
  const [fromIso, untilIso] = [isoOf(notBeforeMs), isoOf(notAfterMs)]
  const note = `${fromIso} - ${untilIso}`
  const code = state === 'bad' ? 'CERT-04' : 'CERT-03'
  const fault = state === 'ok' ? null : apiErrorOf(new LaneFault(code, { file, note }))
  return { ...plain, name, file, state, who, fromIso, untilIso, fault }
}

/** Of several certificates the one that lasts longest: the others are former ones. */
function signed(name: 'client' | 'platform', file: string, nowMs: InstantMs): PlatformFile {
  const text = readCertificateText(file)
  const all = readSuiteCertificates(text, file)
  const own = name === 'client' ? all.slice(0, 1) : all
  const best = present(own.toSorted((a, b) => b.notAfterMs - a.notAfterMs)[0], 'a certificate')
  const who = certificateName(present(certificatesInPem(text)[all.indexOf(best)], 'its bytes'))
  return { ...dated(name, file, who, best, nowMs), certSerial: best.certSerial }
}

/** Root certificate of the connection: any kind of key. */
function authority(file: string, nowMs: InstantMs): PlatformFile {
  const text = readCertificateText(file)
  try {
    const own = new X509Certificate(text)
    const who = /^(?:CN|O)=(.*)$/m.exec(own.subject)?.[1] ?? ''
    const at = { notBeforeMs: Date.parse(own.validFrom), notAfterMs: Date.parse(own.validTo) }
    return dated('ca', file, who, at, nowMs)
  } catch (error) {
    if (error instanceof LaneFault) throw error
    throw new LaneFault('CERT-01', { file, note: t('里面没有证书', 'no certificate inside') })
  }
}

/** The client key: sealed by a start of a live lot, or plain as delivered. */
function clientKey(certDir: string): PlatformFile {
  const [open, sealed] = [join(certDir, 'client.key.pem'), join(certDir, 'client.key.sealed')]
  const isSealed = !existsSync(open) && existsSync(sealed)
  const file = isSealed ? sealed : open
  return looked('key', file, () => {
    const bytes = isSealed ? readSealed(sealed, 'client', machineSecret()) : null
    const pem = bytes === null ? readText(open) : new TextDecoder().decode(bytes)
    try {
      loadCertFolder(certDir, openGmCrypto(), pem)
    } catch (error) {
      // Faults of a certificate are shown with that certificate.
      const isOwn = error instanceof LaneFault && error.detail.file === open
      if (isOwn || !(error instanceof LaneFault)) throw error
    }
    return { ...plain, name: 'key', file, state: 'ok' }
  })
}

/** A platform joined without certificates has the connection's root only. */
export function platformFiles(
  { certDir, caFile }: JoinedPlatform,
  nowMs: InstantMs,
): readonly PlatformFile[] {
  const ca = looked('ca', caFile, () => authority(caFile, nowMs))
  if (certDir === undefined) return [ca]
  const of = (name: 'client' | 'platform'): PlatformFile => {
    const file = certDir === '' ? '' : join(certDir, `${name}.pem`)
    return looked(name, file, () => signed(name, file, nowMs))
  }
  const key = certDir === '' ? looked('key', '', () => of('client')) : clientKey(certDir)
  return [of('client'), key, of('platform'), ca]
}
