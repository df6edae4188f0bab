// A lot without devices whose ledger holds records that the platform, in another process, has not received, and the
// folder of a stick for both. The lot can be disconnected from the platform.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto, type GmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { bcdDateTimeOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { unsentIn } from '#ledger/desk/transfer/unsent.ts'
import { chargeBody, exceptionBody } from '#ledger/pure/platforms/guangxi/bodies.ts'
import { carObuOf } from '#lane/pure/exit-checks.ts'
import { cardReadEvent, proofFor } from '../../firmware-runtime/lane/pure/lane-bench.ts'
import { newFolder, Program, type Line } from './live-program.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { bareLot } from '../../kit/bare-lot.ts'

const dayMs = 86_400_000

let lots = 0
type Endpoints = Readonly<Record<string, string>>

/** A platform in its own process. */
export async function startPlatform(...more: string[]): Promise<Endpoints> {
  const root = newFolder()
  const program = new Program([
    ...['platform-sim', '--listen', 'https://127.0.0.1:0', '--certs', join(root, 'certs')],
    ...['--books', join(root, 'books.jsonl'), '--tac', 'any', ...more],
  ])
  const ready = await program.line(({ event }) => event === 'ready')
  return { certDir: join(root, 'certs'), ...(ready['endpoints'] as Endpoints) }
}

export class TransferLot {
  readonly root = newFolder()
  readonly dir = join(this.root, 'lot')
  readonly stick = join(this.root, 'stick')
  private readonly at: Endpoints
  private made = 0
  /** Its number, different from other lots at a platform. */
  private readonly lotNo = ++lots
  private readonly numbers = `PGX00012L${String(this.lotNo).padStart(4, '0')}`

  /** Its certificates are copies of its own. */
  constructor(at: Endpoints, over: object = {}) {
    this.at = at
    const { baseUrl: url = '', caFile = '', appId = '' } = at
    const { certDir } = this
    cpSync(at['certDir'] ?? '', certDir, { recursive: true })
    mkdirSync(this.stick)
    writeLot(
      this.dir,
      bareLot({ platform: { url, caFile, certDir, appId, ...over }, capacity: 10 }),
      null,
    )
    const mode = 'demo'
    const body = { repair: 'none', version: 'test', mode, lotId: 'GX00012', chargeMode: 'card' }
    this.append(() => ({ kind: 'boot', atMs: Date.now() - dayMs, body }) as RowDraft)
  }

  get certDir(): string {
    return join(this.root, 'certs')
  }

  /** Disconnects or reconnects the lot. */
  online(is: boolean): void {
    this.sets({ url: is ? this.at['baseUrl'] : 'https://127.0.0.1:9' })
  }

  /** Changes its platform settings. */
  sets(platform: object): void {
    const file = join(this.dir, 'lot.json')
    const config = JSON.parse(readFileSync(file, 'utf8')) as { platform: object }
    writeFileSync(
      file,
      JSON.stringify({ ...config, platform: { ...config.platform, ...platform } }),
    )
  }

  /** Adds that many records: card debits, and an exception for every third. */
  adds(count: number): void {
    this.append((crypto) => this.record(++this.made, crypto), count)
  }

  private append(rowOf: (crypto: GmCrypto) => RowDraft, count = 1): void {
    const crypto = openGmCrypto()
    const { ledger } = openLedger({
      dir: this.dir,
      nodeId: 'n1',
      chainKey: chainKeyOf(this.dir, systemRandom()),
      crypto,
      durability: 'full',
      version: 'test',
    })
    for (let i = 0; i < count; i++) ledger.append([rowOf(crypto)])
    ledger.close()
  }

  private record(n: number, crypto: GmCrypto): RowDraft {
    const names = { lotId: 'GX00012', provinceCode: '4501' }
    const op = n % 3 === 0 ? 'exception' : 'exitUpload'
    const businessNo = `${this.numbers}${String(n).padStart(8, '0')}`
    const atMs = Date.now() - dayMs
    const cardNo = `4501${this.numbers.slice(-4)}${String(n).padStart(12, '0')}`
    const plate = `测A${String(this.lotNo * 100 + n).padStart(5, '0')}`
    const stayId = `n1-S${this.lotNo * 100 + n}`
    const facts = { laneId: 'exit', stayId, orderId: `n1-O${n}`, businessNo, plate, atMs }
    const body =
      op === 'exception'
        ? exceptionBody(names, {
            ...facts,
            exceptionNo: businessNo,
            exceptionType: 'obuNotRead',
            outTradeNo: null,
            obuId: null,
            cardNo: null,
            paid: null,
            handling: 'manualRelease',
          })
        : chargeBody(
            names,
            op,
            {
              ...facts,
              deductionId: `n1-O${n}.D1`,
              outTradeNo: businessNo,
              colour: 'blue',
              enteredAtMs: atMs - 3_600_000,
              amountFen: 500,
              obu: carObuOf({ ...cardReadEvent({ card: { cardNo } }) }),
              proof: {
                ...proofFor(9500),
                psamSerial: this.lotNo * 100 + n,
                timeBcd: bcdDateTimeOf(atMs),
              },
              offline: true,
            },
            '0',
          )
    const bodySm3 = hexOf(crypto.sm3(new TextEncoder().encode(body))).toLowerCase()
    return {
      kind: 'outbox',
      atMs,
      laneId: 'exit',
      stayId,
      amountFen: op === 'exception' ? 0 : 500,
      body: { outboxId: `n1-U${n}`, destination: 'platform', op, businessNo, body, bodySm3 },
    }
  }

  /** Number of unsent records in the ledger, read beside its writer. */
  unsent(): number {
    return unsentIn(readerOptions(this.dir)).queue.records.size
  }

  /** Ends of records by their number; each must have one. */
  ends(): readonly string[] {
    const { confirmed, aside } = unsentIn(readerOptions(this.dir)).queue
    return [
      ...Array<string>(confirmed).fill('confirmed'),
      ...[...aside.values()].map((r) => r.state),
    ]
  }

  async admin(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await fetch(`${this.at['admin']}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await answer.json()) as Record<string, unknown>
  }

  /** The platform's books: number of each record and how often it was sent. */
  async books(): Promise<readonly Line[]> {
    const kinds = ['exit-charges', 'exceptions']
    const all = await Promise.all(kinds.map((kind) => this.admin('GET', `/books?kind=${kind}`)))
    const numbers = new RegExp(`"${this.numbers}`)
    return all
      .flatMap(({ rows }) => rows as Line[])
      .filter((row) => numbers.test(JSON.stringify(row)))
  }
}
