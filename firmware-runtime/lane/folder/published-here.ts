// What the interface to billing systems needs on this machine: its card, its keys, its certificates and when they end, and a
// partner with the right for each lane. Reading neither writes nor seals anything.
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { readCertificates } from '#base/crypto/certs.ts'
import { equalBytes } from '#base/crypto/sm4.ts'
import { cardsHere } from '#devices/find/machine.ts'
import type { CodedFault } from '#base/calls/rows.ts'
import { bestOf, certificateState, type CredentialState } from '#base/pure/data/credentials.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import type { LotConfig, PublishedConfig } from '#base/pure/lot/config.ts'
import { bothOf, t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { isLoopback } from '#base/pure/lot/simulated.ts'
import { readCertificateText, readText } from '#base/process/read-file.ts'
import { clientKeyFiles, keyInUse } from './client-key.ts'

export interface PublishedTrouble extends CodedFault {
  readonly code: FaultCode
  readonly why: BilingualText
  /** JSON pointer in the lot file, and the value there. */
  readonly field: string
  readonly value: string
}

interface PublishedCertificate {
  /** `own`: signs the answers; `https`: of the connection; else the id of a partner. */
  readonly whose: 'own' | 'https' | { readonly partner: string }
  readonly serial: string
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
  readonly state: CredentialState
}

interface PublishedHere {
  /** Those that can be read; of several in a file the one that lasts longest. */
  readonly certificates: readonly PublishedCertificate[]
  readonly troubles: readonly PublishedTrouble[]
}

type Read = Pick<PublishedCertificate, 'serial' | 'notBeforeMs' | 'notAfterMs'>
type Whose = PublishedCertificate['whose']

const whoseWords = (whose: Whose): BilingualText =>
  whose === 'own'
    ? t('接口的签名证书', 'signing certificate of the interface')
    : whose === 'https'
      ? t('接口的 HTTPS 证书', 'HTTPS certificate of the interface')
      : t(`计费系统 ${whose.partner} 的证书`, `certificate of the billing system ${whose.partner}`)

const unusable = (file: string, note: BilingualText): LaneFault =>
  new LaneFault('CERT-01', { file, note })

/** SM2 certificates of a file, the first one first. Throws CERT-01, FILE-01. */
const certificatesIn = (file: string): readonly (Read & { readonly publicKey: Uint8Array })[] =>
  readCertificates(readCertificateText(file), file).map(({ certSerial, ...one }) => ({
    serial: certSerial,
    ...one,
  }))

function ownIn({ certDir }: PublishedConfig): readonly Read[] {
  const own = certificatesIn(join(certDir, 'client.pem')).slice(0, 1)
  const key = keyInUse(certDir)
  if (key === null)
    throw unusable(join(certDir, clientKeyFiles.inUse), t('没有这个文件', 'not there'))
  if (own.every(({ publicKey }) => !equalBytes(publicKey, key.publicKey)))
    throw unusable(certDir, t('私钥和证书不是一对', 'the key does not belong to the certificate'))
  return own
}

/** Judged as the HTTPS server judges them. */
function httpsIn(keyFile: string, certFile: string): readonly Read[] {
  const [key, cert] = [readText(keyFile), readText(certFile)]
  try {
    createSecureContext({ key, cert })
    const { serialNumber: serial, validFrom, validTo } = new X509Certificate(cert)
    return [{ serial, notBeforeMs: Date.parse(validFrom), notAfterMs: Date.parse(validTo) }]
  } catch (error) {
    throw unusable(certFile, bothOf(error instanceof Error ? error.message : String(error)))
  }
}

interface Files {
  readonly whose: Whose
  readonly member: string
  readonly file: string
  read(): readonly Read[]
}

const filesOf = (published: PublishedConfig): readonly Files[] => {
  const { certDir, keyFile, certFile, partners } = published
  return [
    { whose: 'own', member: 'certDir', file: certDir, read: () => ownIn(published) },
    ...(keyFile === undefined || certFile === undefined
      ? []
      : [
          {
            whose: 'https',
            member: 'certFile',
            file: certFile,
            read: () => httpsIn(keyFile, certFile),
          } as const,
        ]),
    ...partners.map(({ id, certFile: file }, i) => ({
      whose: { partner: id },
      member: `partners/${i}/certFile`,
      file,
      read: () => certificatesIn(file),
    })),
  ]
}

/** Lanes whose partner may not send orders, and partners that may and have no lane. */
function rightTroubles({ lanes, published }: Judged): readonly PublishedTrouble[] {
  const { partners = [] } = published ?? {}
  const maySend = partners.filter(({ rights }) => rights.includes('orders')).map(({ id }) => id)
  const trouble = (code: FaultCode, field: string, value: string): PublishedTrouble => ({
    code,
    field,
    value,
    note: value,
    why: bothOf(value),
  })
  return [
    ...lanes.flatMap(({ ordersFrom }, i) =>
      ordersFrom === undefined || maySend.includes(ordersFrom)
        ? []
        : [trouble('BILLING-05', `/lanes/${i}/ordersFrom`, ordersFrom)],
    ),
    ...partners.flatMap(({ id }, i) =>
      !maySend.includes(id) || lanes.some(({ ordersFrom }) => ordersFrom === id)
        ? []
        : [trouble('BILLING-06', `/published/partners/${i}/rights`, id)],
    ),
  ]
}

type Judged = Pick<LotConfig, 'published' | 'lanes'>

/** `nowMs`: real time, by which requests are judged. A lot that publishes nothing has neither. */
export function publishedHere(config: Judged, nowMs: InstantMs): PublishedHere {
  const { published } = config
  if (published === undefined) return { certificates: [], troubles: [] }
  const certificates: PublishedCertificate[] = []
  const troubles: PublishedTrouble[] = []
  const add = (code: FaultCode, member: string, value: string, why: BilingualText): void => {
    troubles.push({ code, field: `/published/${member}`, value, note: why.en, why })
  }
  const { host } = published
  const isHere = cardsHere().some(({ address }) => address === host)
  if (!isHere && !isLoopback(host) && host !== '0.0.0.0')
    add('BILLING-02', 'host', host, noCard(host))
  for (const { whose, member, file, read } of filesOf(published)) {
    const name = whoseWords(whose)
    const best = onFault(
      () => bestOf(read(), nowMs),
      ({ detail }) => {
        const [at, note] = [detail.file ?? file, bothOf(detail.note)]
        add(
          'BILLING-01',
          member,
          file,
          t(`${name.zh} ${at} ${note.zh}`, `${name.en} ${at} ${note.en}`),
        )
      },
    )
    if (best === undefined) continue
    const state = certificateState(best, nowMs)
    const { serial, notBeforeMs, notAfterMs } = best
    certificates.push({ whose, serial, notBeforeMs, notAfterMs, state })
    if (state === 'ok') continue
    const dates = `${serial}: ${isoOf(notBeforeMs)} - ${isoOf(notAfterMs)}`
    const [zh, en] = [`本机时间 ${isoOf(nowMs)}`, `time here ${isoOf(nowMs)}`]
    const why = t(`${name.zh} ${dates}; ${zh}`, `${name.en} ${dates}; ${en}`)
    add(state === 'soon' ? 'BILLING-03' : 'BILLING-04', member, file, why)
  }
  return { certificates, troubles: [...troubles, ...rightTroubles(config)] }
}

const noCard = (host: string): BilingualText =>
  t(`这台电脑没有网卡 ${host}`, `no network card of this computer has ${host}`)
