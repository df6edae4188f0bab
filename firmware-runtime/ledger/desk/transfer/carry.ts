// Sends carried records to the platform from a machine with a network, and writes its answers to files beside them.
// Each request is signed at sending, around the frozen body: an older signature would be refused (P2).
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { fieldSealer } from '#base/crypto/field-sealer.ts'
import { loadCertFolder, readCertificates, readPrivateKey } from '#base/crypto/certs.ts'
import { openGmCrypto, type GmCrypto } from '#base/crypto/gm-crypto.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { platformClient } from '../../http/platform-client.ts'
import { queueVerdict } from '../../http/queue-verdict.ts'
import { signedPlatform, verdictOf, type SignedResult } from '../../http/signed-platform.ts'
import { readKeys } from '#base/secrets/folder-keys.ts'
import { openWithKey, type RecoveryKey } from '#base/secrets/recovery-key.ts'
import {
  fileBytesMax,
  mustBeSigned,
  openBack,
  openOut,
  readEnvelope,
  sealBack,
  transferName,
  type Envelope,
  type Opener,
} from '../../files/transfer-file.ts'
import { type QueueVerdict } from '../../pure/queue/queue.ts'
import { queueTimes } from '../../pure/queue/destination.ts'
import { diskFault, orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { namesMoney } from '../../pure/queue/records.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { dialectOf } from '../../pure/platforms/dialects.ts'
import type { Call } from '../../ports/dialect.ts'
import { sealedClientKey } from '#lane/folder/client-key.ts'
import { readCertificateText, readText } from '#base/process/read-file.ts'
import { sender } from '#base/process/sender.ts'
import {
  backRecord,
  linesAs,
  outHead,
  outRecord,
  type BackRecord,
  type OutHead,
  type OutRecord,
} from './lines.ts'
import { removePath } from '#base/files/held-path.ts'

/** The credentials for sending: the carrier's own certificate, or the lot's certificate by its recovery key. */
export type Carrier =
  | { readonly kind: 'recovery'; readonly key: RecoveryKey }
  | {
      readonly kind: 'certificate'
      /** Folder with client.pem and its key. */
      readonly certDir: string
      /** PEM of the lot whose files are sent; files of another lot are refused. */
      readonly lotCert: string
    }

interface CarriedFile {
  readonly file: string
  readonly back: string
  readonly records: number
  /** Records whose answer is in the answer file. */
  readonly answered: number
  readonly refused: readonly { readonly businessNo: string; readonly reason: string }[]
  /** Records without a final answer, to be carried again. */
  readonly open: number
}

const pemBytesMax = 64 * 1024
/** Post, query, post again: as for a waiting car, with longer limits (P26). */
const triesMax = 3
/** Consecutive records without an answer after which the platform counts as unreachable. */
const silencesMax = 3
const busyMsMax = 60_000
/** Answers are written after this many records: at most so many are lost in a crash. */
const keepEvery = 20

interface Client {
  readonly opener: Opener
  /** PEM. */
  readonly cert: string
  readonly keyPem: string
  /** PEM file of the lot's certificate; null: with the recovery key, the certificate in the file is trusted. */
  readonly lotCert: string | null
}

function clientOf(by: Carrier, envelope: Envelope, file: string, crypto: GmCrypto): Client {
  if (by.kind === 'recovery') {
    const box = openWithKey(new Uint8Array(Buffer.from(envelope.box ?? '', 'base64')), by.key)
    if (box === null)
      throw new LaneFault('TRANSFER-02', {
        file,
        value: envelope.serial,
        note: t('是别的密钥', 'another key'),
      })
    const { client } = readKeys(box, file)
    if (client === null)
      throw new LaneFault('CERT-01', { file, note: t('没有客户端密钥', 'no client key') })
    const keyPem = Buffer.from(client, 'base64').toString('utf8')
    return { opener: by, cert: envelope.cert ?? '', keyPem, lotCert: null }
  }
  const { certDir, lotCert } = by
  const name = join(certDir, 'client.pem')
  const cert = readCertificateText(name)
  const plain = join(certDir, 'client.key.pem')
  const keyPem = existsSync(plain) ? readText(plain, pemBytesMax) : sealedClientKey(certDir)
  const [own] = readCertificates(cert, name)
  const privateKey = readPrivateKey(keyPem, plain, crypto)
  const opener = { kind: 'certificate', serial: own?.certSerial ?? '', privateKey } as const
  return { opener, cert, keyPem, lotCert }
}

/** Throws TRANSFER-02 when the file is not signed by the lot's key. */
function mustBeOfLot(envelope: Envelope, client: Client, file: string, crypto: GmCrypto): void {
  const name = client.lotCert ?? file
  const pem = client.lotCert === null ? client.cert : readCertificateText(client.lotCert)
  const [lot] = readCertificates(pem, name)
  if (lot === undefined) throw new LaneFault('CERT-01', { file: name })
  mustBeSigned(envelope, crypto.verifyingKey(lot.publicKey, lot.certSerial), file)
}

interface Link {
  send(record: OutRecord, op: 'post' | 'query'): Promise<{ call: Call; result: SignedResult }>
  judge(call: Call, record: OutRecord, result: SignedResult): QueueVerdict
  close(): Promise<void>
}

function openLink(head: OutHead, client: Client, crypto: GmCrypto): Link {
  const dir = mkdtempSync(join(tmpdir(), 'etc-lane-carry-'))
  try {
    writeFileSync(join(dir, 'ca.pem'), head.ca)
    writeFileSync(join(dir, 'platform.pem'), head.platform)
    writeFileSync(join(dir, 'client.pem'), client.cert)
    const {
      signingKey,
      platformKeys,
      platform: certificates,
    } = loadCertFolder(dir, crypto, client.keyPem)
    const dialect = dialectOf({ provinceCode: head.provinceCode })
    const caFile = join(dir, 'ca.pem')
    const http = platformClient({ baseUrl: head.url, caFile, mono: systemMonoClock() })
    const platform = signedPlatform({
      dialect,
      http,
      crypto,
      appId: head.appId,
      signingKey,
      platformKeys,
      fields: fieldSealer({
        suite: signingKey.suite,
        crypto,
        certificates: () => certificates,
        nowMs: () => systemWallClock().nowMs(),
        vehicleIds: head.encryptVehicleIds ?? dialect.sensitive.encryptVehicleIds,
      }),
      ...sender(),
    })
    return {
      send(record, op) {
        const { businessNo, amountFen, body } = record
        const query = op === 'query' ? dialect.queryOf(record.op) : null
        const call: Call = {
          op: query ?? record.op,
          businessNo,
          body: query === null ? body : '',
          amountFen: namesMoney.has(record.op) ? amountFen : null,
        }
        const { promise, resolve } = Promise.withResolvers<SignedResult>()
        const request = dialect.requestFor(call)
        platform.send({ ...request, timeoutMs: queueTimes.backgroundMs }, resolve)
        return promise.then((result) => ({ call, result }))
      },
      judge: (call, record, result) => {
        const sent = result.answer.kind === 'answer' || result.answer.sent
        return queueVerdict(record.op, verdictOf(dialect, call, result, null), sent)
      },
      close: () => http.close(),
    }
  } finally {
    removePath(dir, { recursive: true, force: true })
  }
}

interface Tried {
  readonly verdict: QueueVerdict
  /** The signed answer that led to the verdict; null without one. */
  readonly answer: BackRecord | null
}

function answerOf(
  { outboxId, businessNo }: OutRecord,
  send: 'post' | 'query',
  { answer, verified }: SignedResult,
): BackRecord | null {
  if (answer.kind === 'silence' || verified !== 'valid') return null
  const { status, headers } = answer
  const body = Buffer.from(answer.body).toString('base64')
  const found = backRecord.safeParse({ outboxId, businessNo, send, status, headers, body })
  return found.success ? found.data : null
}

const isEnd = ({ kind }: QueueVerdict): boolean => kind === 'confirmed' || kind === 'refused'

/** Sends up to three requests for one record, all with its own number. */
async function tryRecord(link: Link, record: OutRecord, signal: AbortSignal): Promise<Tried> {
  let last: Tried = { verdict: { kind: 'notFound' }, answer: null }
  let op = record.send
  for (let tryNo = 0; tryNo < triesMax; tryNo++) {
    const { call, result } = await link.send(record, op)
    const verdict = link.judge(call, record, result)
    const answer = answerOf(record, op, result)
    // A refused post need not name its number; the query does when the platform knows it.
    if (!(last.verdict.kind === 'refused' && !isEnd(verdict))) last = { verdict, answer }
    if (verdict.kind === 'confirmed' || (isEnd(verdict) && op === 'query')) break
    if (verdict.kind === 'held' || (verdict.kind === 'notFound' && record.send === 'query')) break
    if (last.verdict.kind === 'refused' && verdict.kind !== 'refused') break
    if (verdict.kind === 'busy')
      await sleep(Math.min(verdict.afterMs ?? 0, busyMsMax), null, { signal })
    op = op === 'query' && record.send === 'post' && verdict.kind === 'notFound' ? 'post' : 'query'
  }
  return last
}

/** Answers from an earlier run; an unreadable file is written anew. */
function knownIn(back: string, id: Envelope, key: Uint8Array, crypto: GmCrypto): BackRecord[] {
  if (!existsSync(back)) return []
  return orIfFault(() => {
    const envelope = readEnvelope(readText(back, fileBytesMax), back)
    if (envelope.number !== id.number || envelope.part !== id.part) return []
    return linesAs(backRecord, openBack(envelope, key, crypto, back), back)
  }, [])
}

interface Open {
  readonly file: string
  readonly envelope: Envelope
  readonly client: Client
  readonly head: OutHead
  readonly records: readonly OutRecord[]
}

function openFile(file: string, by: Carrier, crypto: GmCrypto): Open {
  const envelope = readEnvelope(readText(file, fileBytesMax), file)
  if (envelope.way !== 'out') throw new LaneFault('TRANSFER-01', { file, note: envelope.way })
  const client = clientOf(by, envelope, file, crypto)
  mustBeOfLot(envelope, client, file, crypto)
  const [first = '', ...rest] = openOut(envelope, client.opener, crypto, file)
  const [head] = linesAs(outHead, [first], file)
  const records = linesAs(outRecord, rest, file)
  if (head?.records !== records.length)
    throw new LaneFault('TRANSFER-01', {
      file,
      note: t(`里面有 ${records.length} 条记录`, `${records.length} records in it`),
    })
  for (const { body, bodySm3, outboxId } of records)
    if (hexOf(crypto.sm3(new TextEncoder().encode(body))).toLowerCase() !== bodySm3)
      throw new LaneFault('TRANSFER-01', {
        file,
        value: outboxId,
        note: t('内容被改动', 'its body was changed'),
      })
  return { file, envelope, client, head, records }
}

interface CarryPlan {
  readonly from: string
  readonly by: Carrier
  /** Pause between two records in ms. */
  readonly paceMs: number
  /** Stops at once; the next run queries the answer to a request under way. */
  readonly stopped: AbortSignal
  /** Called with the number of processed records and of all records. */
  onRecord(done: number, records: number): void
}

class Carrying {
  private silences = 0
  private done = 0
  private readonly crypto: GmCrypto
  private readonly plan: Omit<CarryPlan, 'from' | 'by'>
  private readonly records: number
  private readonly stop: Promise<null>

  constructor(crypto: GmCrypto, plan: Omit<CarryPlan, 'from' | 'by'>, records: number) {
    this.crypto = crypto
    this.plan = plan
    this.records = records
    const { stopped } = plan
    this.stop = new Promise((done) =>
      stopped.addEventListener('abort', () => done(null), { once: true }),
    )
  }

  private isOver(): boolean {
    return this.plan.stopped.aborted || this.silences >= silencesMax
  }

  private tell(): void {
    this.done++
    this.plan.onRecord(this.done, this.records)
  }

  async file({ file, envelope, client, head, records }: Open): Promise<CarriedFile> {
    const { crypto } = this
    const id = { ...envelope, way: 'back' as const }
    const back = join(file, '..', transferName(id))
    const key = new Uint8Array(Buffer.from(head.backKey, 'base64'))
    const answers = new Map(knownIn(back, envelope, key, crypto).map((one) => [one.outboxId, one]))
    const refused: { businessNo: string; reason: string }[] = []
    const keep = (): void => {
      const lines = [...answers.values()].map((one) => JSON.stringify(one))
      writeWhole(back, sealBack(id, lines, key, crypto))
    }
    const link = openLink(head, client, crypto)
    try {
      for (const [at, record] of records.entries()) {
        if (answers.has(record.outboxId)) {
          this.tell()
          continue
        }
        if (this.isOver()) break
        const tried = await Promise.race([tryRecord(link, record, this.plan.stopped), this.stop])
        if (tried === null) break
        const { verdict, answer } = tried
        this.silences = verdict.kind === 'silence' ? this.silences + 1 : 0
        if (verdict.kind === 'refused' || verdict.kind === 'held')
          refused.push({ businessNo: record.businessNo, reason: verdict.reason })
        if (isEnd(verdict) && answer !== null) answers.set(record.outboxId, answer)
        if (at % keepEvery === keepEvery - 1) keep()
        this.tell()
        await Promise.race([sleep(this.plan.paceMs), this.stop])
      }
      keep()
    } catch (error) {
      throw diskFault(error, { file: back })
    } finally {
      await link.close()
    }
    const open = records.filter(({ outboxId }) => !answers.has(outboxId)).length
    const answered = records.length - open
    return { file, back, records: records.length, answered, refused, open }
  }
}

/**
 * Opens every file before the first record is sent, so that a wrong file stops them all. Throws TRANSFER-01 and -02.
 */
export async function carry({ from, by, ...plan }: CarryPlan): Promise<readonly CarriedFile[]> {
  const crypto = openGmCrypto()
  const names = orDiskFault({ file: from, otherwise: 'FILE-01' }, () =>
    readdirSync(from).filter((name) => name.endsWith('.etcout')),
  )
  const files = names.toSorted().map((name) => openFile(join(from, name), by, crypto))
  if (files.length === 0)
    throw new LaneFault('FILE-01', {
      file: from,
      note: t('里面没有 *.etcout', 'no *.etcout in it'),
    })
  const records = files.reduce((sum, one) => sum + one.records.length, 0)
  const carrying = new Carrying(crypto, plan, records)
  const done: CarriedFile[] = []
  for (const file of files) done.push(await carrying.file(file))
  return done
}
