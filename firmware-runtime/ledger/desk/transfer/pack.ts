// Writes the unsent records of a lot as files for a stick, sealed to the carrier and signed by the lot.
// The ledger is not changed: the same rows give the same files, and a record carried twice counts once.
import { t } from '#base/pure/words/fault-text.ts'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { loadCertFolder, readCertificates } from '#base/crypto/certs.ts'
import { openGmCrypto, type GmCrypto } from '#base/crypto/gm-crypto.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { boxFile, recoveryHalf, sealBox } from '#base/secrets/folder-keys.ts'
import type { ReaderOptions } from '../../sqlite/ledger-reader.ts'
import { backKey, sealOut, transferName, type Recipient } from '../../files/transfer-file.ts'
import { transferSums } from '#lane/lot/queue/offline-transfer.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { carriedRecords } from '../../pure/queue/offline-transfer-selection.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dialectOf } from '../../pure/platforms/dialects.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { keyPlaceOf } from '../backup/copy-plan.ts'
import { clientKeyOf } from '#lane/folder/client-key.ts'
import { linkHere, type LinkHere } from '#lane/folder/link-here.ts'
import { readCertificateText } from '#base/process/read-file.ts'
import { isTwoStep } from '../../http/two-step.ts'
import type { Packed } from '../../ports/transfer.ts'
import { unsentIn } from './unsent.ts'
import type { OutHead, OutRecord } from './lines.ts'

/** Records per file: half a megabyte, and some minutes at a slow platform. */
const partRecords = 500

interface PackPlan {
  readonly options: ReaderOptions
  readonly config: LotConfig
  readonly to: string
  /** PEM file of the carrier's certificate; `recovery`: a holder of the recovery key. */
  readonly recipient: string
  /** The client key as PEM when the folder's keys are sealed to another machine; else null. */
  readonly clientKey: string | null
}

function recipientOf({ recipient, options, config, clientKey }: PackPlan): Recipient {
  const { dir } = options
  if (recipient !== 'recovery') {
    const [first] = readCertificates(readCertificateText(recipient), recipient)
    if (first === undefined) throw new LaneFault('CERT-01', { file: recipient })
    return { kind: 'certificate', serial: first.certSerial, publicKey: first.publicKey }
  }
  const half = recoveryHalf(dir)
  if (half === null) throw new LaneFault('RECOVERY-05', { file: dir })
  const box = clientKey === null ? sealBox(keyPlaceOf(dir, config)) : readFileSync(boxFile(dir))
  const publicKey = new Uint8Array(Buffer.from(half.publicKey, 'base64'))
  return { kind: 'recovery', id: half.id, publicKey, box: box ?? new Uint8Array() }
}

const firstPem = (pem: string): string =>
  `${/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem)?.[0] ?? ''}\n`

function certsOf({ certDir }: LinkHere, { config, clientKey }: PackPlan, crypto: GmCrypto) {
  const key = clientKey ?? clientKeyOf(certDir, config.mode === 'production')
  const { signingKey } = loadCertFolder(certDir, crypto, key)
  const file = join(certDir, 'client.pem')
  // Only the GM suite is supported: with another one the carrier could not verify the lot's signature.
  if (signingKey.suite !== 'GM')
    throw new LaneFault('CERT-01', { file, note: t('公钥不是 SM2', 'key is not SM2') })
  const pem = (name: string): string => readCertificateText(join(certDir, name))
  return { signingKey, cert: firstPem(pem('client.pem')), platform: pem('platform.pem') }
}

/** Throws TRANSFER-04, RECOVERY-05, CERT-01, or a fault of the ledger or the target folder. */
export function packUnsent(plan: PackPlan): Packed {
  const { options, config, to } = plan
  const crypto = openGmCrypto()
  const joined = linkHere(plan.options.dir, config)
  if (joined === null) throw new LaneFault('TRANSFER-04', { file: options.dir })
  const { lotId, nodeId, provinceCode } = config
  const recipient = recipientOf(plan)
  const { signingKey, cert, platform } = certsOf(joined, plan, crypto)
  const { queue, lot, bodies, at } = unsentIn(options)
  const twoStep = isTwoStep(joined, dialectOf(config))
  const records = [...carriedRecords(queue, lot, twoStep)].map(({ record, send }): OutRecord => {
    const { outboxId, op, businessNo, amountFen } = record
    const frozen = bodies.get(outboxId)
    if (frozen === undefined)
      throw new LaneFault('LEDGER-05', {
        note: t(`没有 ${outboxId} 的内容`, `no body of ${outboxId}`),
      })
    const { body, bodySm3 } = frozen
    return { outboxId, op, businessNo, amountFen, send, bodySm3, body }
  })
  const number = at.seq
  const parts = Math.ceil(records.length / partRecords)
  const { url, appId, caFile, encryptVehicleIds } = joined
  const head: Omit<OutHead, 'records'> = {
    atIso: isoOf(systemWallClock().nowMs()),
    provinceCode,
    appId,
    url,
    ...(encryptVehicleIds === undefined ? {} : { encryptVehicleIds }),
    ca: readCertificateText(caFile),
    platform,
    backKey: Buffer.from(backKey({ lotId, nodeId, number }, options.chainKey, crypto)).toString(
      'base64',
    ),
  }
  const files = Array.from({ length: parts }, (_, i) => {
    const own = records.slice(i * partRecords, (i + 1) * partRecords)
    const id = { way: 'out', lotId, nodeId, number, part: i + 1, parts } as const
    const lines = [{ ...head, records: own.length }, ...own].map((one) => JSON.stringify(one))
    const file = join(to, transferName(id))
    orDiskFault({ file, otherwise: 'FILE-01' }, () => {
      mkdirSync(to, { recursive: true })
      writeWhole(file, sealOut({ id, lines, to: recipient, cert, signer: signingKey }, crypto))
    })
    return file
  })
  return { number, files, records: records.length, ...transferSums(records) }
}
