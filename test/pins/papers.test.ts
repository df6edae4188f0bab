// Files that people take away and open elsewhere: a receipt as code, paper and head of its day; evidence of a survey;
// the passport of a lane. Test keys sign them, and a digest replaces the signature, so that nothing is random.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { leafOf } from '#money/receipts/receipt-leaf.ts'
import { receiptPaper } from '#lane/money/receipt-paper.ts'
import { headText } from '#money/receipts/receipt-proof.ts'
import { Receipts } from '#lane/money/receipts.ts'
import { tablesView } from '#devices/passport/passport-store.ts'
import { readPassportDatabase } from '#devices/files/passport-database.ts'
import { evidenceCommand } from '#acceptance/desk/commands/evidence.ts'
import { parsed } from '#base/pure/data/json.ts'
import { present } from '#base/pure/values/must.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { openContainer, signedPassportText } from '#base/pure/passport/container.ts'
import { standardPrinter } from '#devices/pure/printer/escpos/config.ts'
import { drawerPulse, paperBytes } from '#devices/pure/printer/escpos/paper-bytes.ts'
import { surveyDigests } from '#survey/files/open-survey.ts'
import { firstHash, recordHash, type StoredRecord } from '#survey/pure/file/chain.ts'
import { evidenceBody, evidenceText, signedEvidence } from '#survey/pure/file/evidence.ts'
import {
  carRows,
  newFolder,
  optionsFor,
  removeFolders,
  startMs,
} from '../firmware-runtime/ledger/sqlite/ledger-kit.ts'
import { Bench, make } from '../firmware-runtime/devices/passport/passport-bench.ts'
import { passingBodies } from '../firmware-runtime/survey/pure/passing-survey.ts'
import { recordsOf } from '../firmware-runtime/survey/pure/records.ts'
import { digestOf, pin } from './pin.ts'
import { answerOf } from './commands.ts'
import { readsOf } from '../kit/read-ledger.ts'

afterAll(removeFolders)
const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest())

/** A lot with four cars, of which two paid cash and one was partly refunded. */
function receiptsOf(dir: string): Receipts {
  const { ledger } = openLedger(optionsFor(dir))
  for (let n = 0; n < 4; n++) ledger.append(carRows(n, n % 2 === 0))
  const read = readsOf(optionsFor(dir))
  return new Receipts({
    lotId: 'LOT-1',
    service: {
      timeline: (stayId) => read((reader) => reader.timeline(stayId)),
      query: (kind, filter) => read((reader) => reader.query(kind, filter)),
    },
    sha256,
    random: { bytes: (count) => new Uint8Array(count).fill(0x5a) },
    key: () => ({
      keyId: new Uint8Array(8).fill(1),
      publicKeyPem: 'PEM',
      sign: (message) => Uint8Array.from([...sha256(message), ...sha256(message)]),
      verify: () => true,
    }),
    nowMs: () => startMs + 3_600_000,
    append: (rows) => void ledger.append(rows),
  })
}

it('receipts', async () => {
  const receipts = receiptsOf(newFolder())
  const first = await receipts.give('s1')
  const given = [first, await receipts.give('s3'), await receipts.give('s1')]
  const name = '测试停车场'
  const paper = receiptPaper({ ...first, refundedFen: 100 }, name, 'masked')
  pin(new URL('./kept/receipts.txt', import.meta.url), {
    given: given.map(({ receipt, ...one }) => ({
      ...one,
      receipt: { ...receipt, salt: hexOf(receipt.salt) },
    })),
    leaf: hexOf(leafOf(first.receipt)),
    head: headText({ day: 20_261_120, size: 2, root: new Uint8Array(32), atSec: 1 }),
    day: await receipts.day(20_261_120),
    paper,
    whole: receiptPaper(first, name, 'whole')[5],
    none: receiptPaper(first, name, 'none')[5],
    escpos: hexOf(paperBytes(paper, standardPrinter)),
    drawer: [hexOf(drawerPulse('pin2')), hexOf(drawerPulse('pin5'))],
  })
})

it('evidence of a survey', async () => {
  const digests = surveyDigests()
  const head = { surveyId: 'S-1', createdAtMs: startMs }
  let hash = firstHash(head, digests.ofText)
  const records = recordsOf(passingBodies).map(({ body, ...record }): StoredRecord => {
    const stored = { ...record, body: JSON.stringify(body) }
    hash = recordHash(hash, stored, digests.ofText)
    return { ...stored, hash }
  })
  const photo = { digest: 'AB', mime: 'image/png', bytes: Uint8Array.of(1, 2, 3) }
  const body = evidenceBody({ ...head, records, photos: [photo] }, digests)
  const certificate = Uint8Array.of(9, 9)
  const signature = Uint8Array.of(7)
  const file = new URL('../fixtures/survey/signed.etcevidence', import.meta.url)
  const lines = body.trimEnd().split('\n')
  const kinds = new Map(recordsOf(passingBodies).map(({ body: { kind } }, at) => [kind, at + 1]))
  pin(new URL('./kept/evidence.txt', import.meta.url), {
    body: digestOf(body),
    head: lines[0],
    photo: lines.at(-1),
    kinds: Object.fromEntries([...kinds].map(([kind, at]) => [kind, lines[at]])),
    signed: hexOf(signedEvidence('body\n', certificate, startMs, digests)),
    seal: evidenceText('', { signedAtMs: startMs, certificate, signature, timeStamp: signature }),
    verified: await answerOf(evidenceCommand, ['verify', file.pathname]),
    kept: digestOf(readFileSync(file)),
  })
})

it('the passport of a lane', async () => {
  const bench = new Bench()
  bench.antennaTells(12)
  bench.profiles = [
    {
      device: 'rsu',
      profile: 'rsu/generic/ver',
      status: 'simulated',
      signature: 'signed',
      signedBy: 'TEST',
      print: 'AA',
    },
  ]
  await bench.store.make({ ...make, certificateId: 'A'.repeat(32) })
  const { bytes } = present(bench.files.at(-1), 'a passport')
  const opened = openContainer(bytes)
  if (!opened.ok) throw new Error(opened.part)
  const { seal, database } = opened
  const { tables } = seal.claim
  const text = new TextDecoder('latin1').decode(bytes.subarray(database.length))
  const sealed = parsed(text.trim().split('\n')[0] ?? '')
  // SQLite writes its version into the pages, and the certificate is generated.
  const claim = { bytes: 1, database: '00', tables }
  pin(new URL('./kept/passport.txt', import.meta.url), {
    tables: tablesView(present(readPassportDatabase(database), 'its tables')),
    digests: tables,
    signed: signedPassportText(claim, seal.signedAtMs, '00'),
    seal: Object.keys((sealed ?? {}) as object).toSorted(),
    tail: text.slice(text.lastIndexOf('\n', text.length - 2) + 9),
  })
})
