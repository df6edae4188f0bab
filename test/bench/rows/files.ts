// Exit transactions in sealed files of 400 (P9, P12): built, compressed, sealed, sent over HTTPS, taken one by one by the
// platform simulator, answered by a sealed file, opened and checked. Beside the same bytes over bare HTTPS, refused.
// The promise concerns the lot's processor time: the simulator, also in JavaScript, takes more than half of the total
// time.
import { Pool } from 'undici'
import { readFileSync } from 'node:fs'
import { must } from '#base/pure/values/must.ts'
import { encodeExitCharge } from '#ledger/pure/platforms/guangxi/encode.ts'
import type { FiledRecord } from '#ledger/ports/uploader.ts'
import { resultOf, rounds, roundsOf, type BenchResult, type BenchRow } from '../kit/measure.ts'
import { inFolder } from '../kit/place.ts'
import { signedClient } from '../kit/signed-client.ts'
import {
  chargeFacts,
  debitOf,
  unitOf,
} from '../../firmware-runtime/ledger/pure/platforms/guangxi/exit-charge.ts'

const roundCount = roundsOf(9)
const filesEach = 5
/** The queue's batch size (ADR 305). */
const recordsEach = 400
const promisedPerSec = 5_000

/** A different car for every record, so that the repeat filter does not apply. */
function recordOf(n: number, exAtMs: number): FiledRecord {
  const number = String(n).padStart(9, '0')
  const plate = `测A${String(n % 100_000).padStart(5, '0')}`
  const body = encodeExitCharge({
    ...chargeFacts(`PX01${number}`, exAtMs),
    mode: 1,
    plate,
    entryNo: `S${n}`,
    listVersion: '0',
    offline: true,
    unit: unitOf(n, plate),
    debit: { ...debitOf(n), transNo: n % 65_536 },
  })
  return { outboxId: `U${n}`, op: 'exitUpload', businessNo: `PX01${number}`, body, amountFen: 1500 }
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const client = await signedClient(dir, 1)
  const bare = new Pool(client.baseUrl, {
    connections: 1,
    connect: { ca: readFileSync(client.caFile, 'utf8') },
  })
  const exAtMs = Math.floor(Date.now() / 1000) * 1000 - 60_000
  let made = 0
  const someOf = (): readonly FiledRecord[] =>
    Array.from({ length: recordsEach }, () => recordOf(++made, exAtMs))
  const sent = (records: readonly FiledRecord[]): Promise<void> =>
    new Promise((resolve, reject) =>
      client.files.send(records, 60_000, (answer) => {
        const isTaken = typeof answer !== 'string'
        if (isTaken && answer.every(({ verdict }) => verdict.kind === 'confirmed')) resolve()
        else reject(new Error(`a file was answered ${JSON.stringify(answer).slice(0, 400)}`))
      }),
    )
  /** Records a second, one file after the other: by the clock, and by this process's processor time. */
  const pace = async (send: (records: readonly FiledRecord[]) => Promise<void>) => {
    const files = Array.from({ length: filesEach }, someOf)
    const startNs = process.hrtime.bigint()
    const startedCpu = process.cpuUsage()
    for (const file of files) await send(file)
    const { user, system } = process.cpuUsage(startedCpu)
    const perNs = filesEach * recordsEach * 1e9
    return {
      wall: perNs / Number(process.hrtime.bigint() - startNs),
      own: perNs / 1000 / (user + system),
    }
  }
  const turnedAway = async (records: readonly FiledRecord[]): Promise<void> => {
    const body = `[${records.map((one) => one.body).join(',')}]`
    const answer = await bare.request({ method: 'POST', path: '/v1/files/exit-trades', body })
    await answer.body.text()
    must(answer.statusCode >= 400, 'nobody is served without a signature')
  }
  try {
    const ofOwn: number[] = []
    const pairs = await rounds(
      roundCount,
      async () => {
        const { wall, own } = await pace(sent)
        ofOwn.push(own)
        return wall
      },
      async () => (await pace(turnedAway)).wall,
    )
    const peerName = 'the same records over bare HTTPS, turned away unsigned'
    const common = { unit: 'records/s', better: 'higher' } as const
    const pledge = { metric: 'records in sealed files, processor of the lot, of what is promised' }
    return [
      resultOf({ metric: 'records in sealed files', peerName, ...common }, pairs),
      resultOf(
        { ...pledge, peerName: `${promisedPerSec} a second`, ...common },
        ofOwn.slice(1).map((ours) => [ours, promisedPerSec]),
      ),
    ]
  } finally {
    await bare.destroy()
    await client.close()
  }
}

export const filesRow: BenchRow = { run: () => inFolder(measure) }
