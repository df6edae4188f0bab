// Signed requests through the whole client (encode, sign, HTTPS, verify, check) to the platform
// simulator, beside bare HTTPS requests that it refuses as unsigned.
import { Pool } from 'undici'
import { readFileSync } from 'node:fs'
import { verdictOf } from '#ledger/http/signed-platform.ts'
import { must } from '#base/pure/values/must.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import type { Call } from '#ledger/ports/dialect.ts'
import { resultOf, rounds, roundsOf, type BenchResult, type BenchRow } from '../kit/measure.ts'
import { inFolder } from '../kit/place.ts'
import { signedClient } from '../kit/signed-client.ts'

const roundCount = roundsOf(9)
const requestsEach = 150
const atOnce = 8

/** Requests a second with `atOnce` of them always in flight. */
async function pace(one: (n: number) => Promise<void>): Promise<number> {
  let next = 0
  const startNs = process.hrtime.bigint()
  const worker = async (): Promise<void> => {
    while (next < requestsEach) await one(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return (requestsEach * 1e9) / Number(process.hrtime.bigint() - startNs)
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const client = await signedClient(dir, atOnce)
  const { platform, baseUrl, caFile } = client
  const bare = new Pool(baseUrl, {
    connections: atOnce,
    connect: { ca: readFileSync(caFile, 'utf8') },
  })
  let requestCount = 0
  const signed = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const businessNo = `BENCH${String(++requestCount).padStart(8, '0')}`
      const call: Call = { op: 'chargeQuery', businessNo, body: '', amountFen: 500 }
      platform.send({ ...guangxi.requestFor(call), timeoutMs: 10_000 }, (result) => {
        const { kind } = verdictOf(guangxi, call, result, null)
        if (result.verified === 'valid' && kind === 'notFound') resolve()
        else reject(new Error(`a query was answered ${result.verified} ${kind}`))
      })
    })
  const unsigned = async (n: number): Promise<void> => {
    const path = `/v1/etc/exit-charges/bench/${n}`
    const answer = await bare.request({ method: 'GET', path })
    await answer.body.text()
    must(answer.statusCode >= 400, 'nobody is served without a signature')
  }
  try {
    const pairs = await rounds(
      roundCount,
      () => pace(signed),
      () => pace(unsigned),
    )
    const metric = 'signed requests through the whole client'
    const peerName = 'bare HTTPS requests to the same process, turned away unsigned'
    return [resultOf({ metric, unit: '1/s', peerName, better: 'higher' }, pairs)]
  } finally {
    await bare.destroy()
    await client.close()
  }
}

export const signedRow: BenchRow = { run: () => inFolder(measure) }
