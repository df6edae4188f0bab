// Reads answers brought back on a stick: each must be signed by the platform and name its record.
// The carrier can leave an answer out but cannot forge one.
import { t } from '#base/pure/words/fault-text.ts'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { loadPlatformKeys } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { queueVerdict } from '../../http/queue-verdict.ts'
import { backKey, fileBytesMax, openBack, readEnvelope } from '../../files/transfer-file.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { namesMoney } from '../../pure/queue/records.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dialectOf } from '../../pure/platforms/dialects.ts'
import { linkHere } from '#lane/folder/link-here.ts'
import { unprovenByStick } from '#lane/folder/stick-proof.ts'
import type { Call, Dialect } from '../../ports/dialect.ts'
import type { BroughtAnswer, BroughtBack, TransferService } from '../../ports/transfer.ts'
import { readText } from '#base/process/read-file.ts'
import { backRecord, linesAs, type BackRecord } from './lines.ts'

type Keys = ReturnType<typeof loadPlatformKeys>['platformKeys']

/** The checks of an answer over the link, without the time window: a stick may travel for days. */
function proven(
  { outboxId, businessNo, send, status, headers, body: base }: BackRecord,
  { dialect, keys, file }: { dialect: Dialect; keys: Keys; file: string },
): BroughtAnswer {
  const body = new Uint8Array(Buffer.from(base, 'base64'))
  const refused = (value: string): LaneFault =>
    new LaneFault('TRANSFER-03', { file, field: businessNo, value })
  const why = unprovenByStick(dialect, keys, { headers, body })
  if (why !== null) throw refused(why)
  return { outboxId, businessNo, send, answer: { status, headers, body, verified: 'valid' } }
}

export function judgeBrought(lot: Pick<LotConfig, 'provinceCode'>): TransferService['judge'] {
  const dialect = dialectOf(lot)
  return ({ op, businessNo, amountFen }, { send, answer }) => {
    const query = send === 'query' ? dialect.queryOf(op) : null
    const call: Call = {
      op: query ?? op,
      businessNo,
      body: '',
      amountFen: namesMoney.has(op) ? amountFen : null,
    }
    const text = new TextDecoder().decode(answer.body)
    const verdict = dialect.judge(call, { ...answer, sinceLastAttemptMs: null })
    const requestId = answer.headers['request-id'] ?? null
    const meta = { httpStatus: answer.status, respCode: dialect.respCodeOf(text), requestId }
    // On a link the connection matches answer and request; here the answer itself must name the business number.
    if (!text.includes(`"${businessNo}"`))
      return { verdict: { kind: 'unclear', reason: 'otherNumber' }, meta }
    return { verdict: queueVerdict(op, verdict, true), meta }
  }
}

interface Place {
  readonly dir: string
  readonly config: LotConfig
  readonly chainKey: Uint8Array
}

/** Throws TRANSFER-01, TRANSFER-03 or TRANSFER-04; one answer that is not the platform's refuses the whole stick. */
export function readBrought({ dir, config, chainKey }: Place, from: string): BroughtBack {
  const joined = linkHere(dir, config)
  if (joined === null) throw new LaneFault('TRANSFER-04', {})
  const crypto = openGmCrypto()
  const dialect = dialectOf(config)
  const names = orDiskFault({ file: from, otherwise: 'FILE-01' }, () =>
    readdirSync(from).filter((name) => name.endsWith('.etcback')),
  )
  if (names.length === 0)
    throw new LaneFault('FILE-01', {
      file: from,
      note: t('里面没有平台的回执 (.etcback)', 'no answers of the platform (.etcback) in it'),
    })
  const keys = loadPlatformKeys(joined.certDir, crypto).platformKeys
  const answers: BroughtAnswer[] = []
  const files: string[] = []
  for (const name of names.toSorted()) {
    const file = join(from, name)
    const envelope = readEnvelope(readText(file, fileBytesMax), file)
    if (envelope.lotId !== config.lotId || envelope.nodeId !== config.nodeId) continue
    const lines = openBack(envelope, backKey(envelope, chainKey, crypto), crypto, file)
    files.push(name)
    for (const line of linesAs(backRecord, lines, file))
      answers.push(proven(line, { dialect, keys, file }))
  }
  return { files, others: names.length - files.length, answers }
}
