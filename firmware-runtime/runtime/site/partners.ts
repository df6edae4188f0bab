// The published interface of a lot: its keys from certDir, the certificates of its partners, and its server.
// When one of them is missing, the lanes run without the interface and the fault is reported. The files of the partners are
// looked at each minute: changed certificates are used, and those that end are reported.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { readCertificates, readPrivateKey } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { PartnerServer } from '#money/partners/server.ts'
import type { Partner } from '#money/partners/seal.ts'
import type { CodedFault } from '#base/calls/rows.ts'
import type { InvoiceBooks } from '#money/desk/partners/partner-invoices.ts'
import { partnerFeed } from '#money/desk/partners/partner-feed.ts'
import { partnerPorts, type PartnersLot } from '#money/desk/partners/partner-ports.ts'
import type { SenderLot } from '#money/desk/partners/webhook-sender.ts'
import type { WebSpaces } from '#money/partners/web.ts'
import { spacesNow } from '#money/desk/partners/partner-spaces.ts'
import { LaneFault, tracedFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import type { LotConfig, PublishedConfig } from '#base/pure/lot/config.ts'
import { bothOf, t } from '#base/pure/words/fault-text.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { Cancel, WallClock } from '#base/ports/clocks.ts'
import type { SigningKey } from '#base/ports/crypto.ts'
import { openBoards } from './boards.ts'
import { noPartners, type OpenedPartners, type PartnersOptions } from './opened-partners.ts'
import { clientKeyFiles, clientKeyOf } from '#lane/folder/client-key.ts'
import { publishedHere } from '#lane/folder/published-here.ts'
import { webhooksOf, type Webhooks } from './partner-webhooks.ts'
import { readCertificateText, readText } from '#base/process/read-file.ts'

/** How often the files are looked at. */
const lookMs = minuteMs

/** Certificates of a partner. Throws CERT-01, FILE-01. */
const keysIn = (file: string): Partner['keys'] => {
  const crypto = openGmCrypto()
  return readCertificates(readCertificateText(file), file).map((one) => ({
    ...crypto.verifyingKey(one.publicKey, one.certSerial),
    notBeforeMs: one.notBeforeMs,
    notAfterMs: one.notAfterMs,
  }))
}

/** When a file was written last; the epoch for one that is not there. */
const writtenMs = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** The partners, with the certificates of their files, which are read again after a change. Throws CERT-01, FILE-01. */
class ReadPartners {
  all: readonly Partner[]
  private readonly files: readonly string[]
  private written: readonly number[]

  constructor({ partners }: PublishedConfig) {
    this.files = partners.map(({ certFile }) => certFile)
    this.written = this.files.map(writtenMs)
    this.all = partners.map(({ id, rights, certFile }) => ({ id, rights, keys: keysIn(certFile) }))
  }

  /** A file that cannot be read, for example while it is being written, changes nothing. */
  look(): void {
    const before = this.written
    this.written = this.files.map(writtenMs)
    const changed = this.files.map((file, i) => (this.written[i] === before[i] ? null : file))
    this.all = this.all.map((one, i) => {
      const file = changed[i] ?? null
      return file === null ? one : { ...one, keys: orIfFault(() => keysIn(file), one.keys) }
    })
  }
}

interface PartnerKeys {
  readonly own: SigningKey
  readonly partners: ReadPartners
}

/** Keys and certificates of the interface. Throws CERT-01, FILE-01, SEAL-01. */
export function partnerKeys(published: PublishedConfig, mode: LotConfig['mode']): PartnerKeys {
  const { certDir } = published
  const crypto = openGmCrypto()
  const certFile = join(certDir, 'client.pem')
  const keyFile = join(certDir, clientKeyFiles.plain)
  const [own] = readCertificates(readCertificateText(certFile), certFile)
  const { publicKey, certSerial } = present(own, 'a file without a certificate is refused')
  const pem = clientKeyOf(certDir, mode === 'production') ?? readText(keyFile)
  const privateKey = readPrivateKey(pem, keyFile, crypto)
  const pair = { privateKey, publicKey: crypto.publicKeyOf(privateKey) }
  if (!Buffer.from(pair.publicKey).equals(publicKey)) {
    const note = t('私钥和证书不是一对', 'the key does not belong to the certificate')
    throw new LaneFault('CERT-01', { file: certFile, note })
  }
  return { own: crypto.signingKey(pair, certSerial), partners: new ReadPartners(published) }
}

interface Serving {
  readonly clock: WallClock
  readonly lot: Lot
  readonly books: () => InvoiceBooks | null
}

type Opening = PartnersOptions & { readonly published: PublishedConfig }

async function openServer(
  { config, published, mono }: Opening,
  { own, partners }: PartnerKeys,
  { clock, lot, books }: Serving,
): Promise<PartnerServer> {
  // Loaded by lots that use it alone: it takes longer than the rest of a start.
  const { openPartnerServer } = await import('#money/partners/server.ts')
  const { PartnerSeal } = await import('#money/partners/seal.ts')
  const { host, port, keyFile, certFile } = published
  const held = {
    own,
    clock,
    get partners() {
      return partners.all
    },
  }
  const portsOf = ({ id }: Pick<Partner, 'id'>) => partnerPorts(lot, config, id, books)
  return openPartnerServer({
    seal: new PartnerSeal(held),
    portsOf,
    feedOf({ id, rights }) {
      const { orders, ...ports } = portsOf({ id })
      return partnerFeed(
        lot,
        { orders: rights.includes('orders') ? orders : null, ...ports },
        rights,
        () => books()?.service ?? null,
      )
    },
    web: published.web === true ? webSpaces(lot, config) : null,
    mono,
    host,
    port,
    tls: keyFile === undefined || certFile === undefined ? null : { keyFile, certFile },
    failed(error) {
      // A bug ends the process, as it does in a lane.
      queueMicrotask(() => {
        throw error
      })
    },
  })
}

const webSpaces = (lot: PartnersLot, config: LotConfig): WebSpaces => ({
  name: config.name,
  now: () => spacesNow(lot, config),
})

type Lot = PartnersLot & SenderLot

/** A notice until the next start: what did not open stays closed. */
function closedBy({ code, detail: { file, value = file, note } }: LaneFault): CodedFault {
  const [name, { zh, en }] = [value ?? '', bothOf(note)]
  const why = t(`${name} ${zh}`, `${name} ${en}`)
  return { code: code === 'LINK-01' ? 'BILLING-02' : 'BILLING-01', note: why.en, why }
}

/** What the lot tells others: its interface, and the boards that show its free spaces. */
export async function openPartners(options: PartnersOptions, lot: Lot): Promise<OpenedPartners> {
  const opened = await openInterface(options, lot)
  const boards = openBoards(lot, options.config, options)
  return {
    ...opened,
    close() {
      boards.close()
      return opened.close()
    },
  }
}

async function openInterface(options: PartnersOptions, lot: Lot): Promise<OpenedPartners> {
  const { config, mono } = options
  const { published, mode } = config
  if (published === undefined) return noPartners
  const clock = systemWallClock()
  let server: PartnerServer | null = null
  let keys: PartnerKeys | null = null
  let closed: CodedFault | null = null
  let books: InvoiceBooks | null = null
  let webhooks: Webhooks = []
  let open: readonly (() => Promise<void>)[] = []
  try {
    keys = partnerKeys(published, mode)
    const serving = { clock, lot, books: () => books }
    server = await openServer({ ...options, published }, keys, serving)
    webhooks = await webhooksOf({ config, mono, own: keys.own, ...serving })
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    lot.trace('', null, 'fault', tracedFault(error))
    closed = closedBy(error)
  }
  let found: readonly CodedFault[] = []
  let stop: Cancel = () => undefined
  const look = (): void => {
    keys?.partners.look()
    found = publishedHere(config, clock.nowMs()).troubles
    stop = mono.after(lookMs, look)
  }
  look()
  return {
    url: server?.url ?? null,
    readBy(given) {
      books = given
      open = webhooks.map((start) => start())
    },
    notices: () =>
      closed === null || found.some(({ code }) => code === closed.code)
        ? found
        : [closed, ...found],
    async close() {
      stop()
      await Promise.all([server?.close(), ...open.map((close) => close())])
    },
  }
}
