// The published interface of a lot: its keys from certDir, the certificates of its partners, and its server.
// When one of them is missing, the lanes run without the interface and the fault is reported.
import { join } from 'node:path'
import { readCertificates, readPrivateKey } from '../../adapters/crypto/certs.ts'
import { openGmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import type { PartnerServer } from '../../adapters/partners/server.ts'
import type { Partner, PartnerSealOptions } from '../../adapters/partners/seal.ts'
import type { WebSpaces } from '../../adapters/partners/web.ts'
import { partnerFeed } from '../../app/partners/partner-feed.ts'
import { partnerPorts, type PartnersLot } from '../../app/partners/partner-ports.ts'
import { spacesNow } from '../../app/partners/partner-spaces.ts'
import type { LotRuntime } from '../../app/lot/lot-runtime.ts'
import { LaneFault, tracedFault } from '../../core/faults/faults.ts'
import type { LotConfig, PublishedConfig } from '../../core/lot/config.ts'
import { t } from '../../core/values/fault-text.ts'
import { present } from '../../core/values/must.ts'
import type { MonoClock, WallClock } from '../../ports/clocks.ts'
import { openBoards } from './boards.ts'
import { clientKeyFiles, clientKeyOf } from '../folder/client-key.ts'
import { readCertificateText, readText } from '../process/read-file.ts'

export interface OpenedPartners {
  /** Null: the lot has none, or it did not open. */
  readonly url: string | null
  close(): Promise<void>
}

export const noPartners: OpenedPartners = { url: null, close: () => Promise.resolve() }

/** Keys and certificates of the interface. Throws CERT-01, FILE-01, SEAL-01. */
export function partnerKeys(
  { certDir, partners }: PublishedConfig,
  mode: LotConfig['mode'],
): Pick<PartnerSealOptions, 'partners' | 'own'> {
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
  return {
    own: crypto.signingKey(pair, certSerial),
    partners: partners.map(({ id, certFile: file, rights }): Partner => ({
      id,
      rights,
      keys: readCertificates(readCertificateText(file), file).map((one) => ({
        ...crypto.verifyingKey(one.publicKey, one.certSerial),
        notBeforeMs: one.notBeforeMs,
        notAfterMs: one.notAfterMs,
      })),
    })),
  }
}

const webSpaces = (lot: PartnersLot, config: LotConfig): WebSpaces => ({
  name: config.name,
  now: () => spacesNow(lot, config),
})

interface PartnersOptions {
  readonly config: LotConfig
  readonly business: WallClock
  readonly mono: MonoClock
}

type PublishedLot = PartnersLot & Pick<LotRuntime, 'trace'>

/** What the lot tells others: its interface, and the boards that show its free spaces. */
export async function openPartners(
  options: PartnersOptions,
  lot: PublishedLot,
): Promise<OpenedPartners> {
  const { url, close } = await openInterface(options, lot)
  const boards = openBoards(lot, options.config, options)
  return {
    url,
    close() {
      boards.close()
      return close()
    },
  }
}

async function openInterface(
  { config, mono }: PartnersOptions,
  lot: PublishedLot,
): Promise<OpenedPartners> {
  const { published, mode } = config
  if (published === undefined) return noPartners
  try {
    // Loaded by lots that use it alone: it takes longer than the rest of a start.
    const { openPartnerServer } = await import('../../adapters/partners/server.ts')
    const { PartnerSeal } = await import('../../adapters/partners/seal.ts')
    const { host, port, keyFile, certFile } = published
    const seal = new PartnerSeal({ ...partnerKeys(published, mode), clock: systemWallClock() })
    const server: PartnerServer = await openPartnerServer({
      seal,
      portsOf: ({ id }) => partnerPorts(lot, config, id),
      feedOf: ({ id, rights }) =>
        partnerFeed(lot, rights.includes('orders') ? lot.ordersOf(id) : null, rights, config),
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
    return { url: server.url, close: () => server.close() }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    lot.trace('', null, 'fault', tracedFault(error))
    return noPartners
  }
}
