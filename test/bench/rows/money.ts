// What a person or a driver waits for: checking a PIN, beside the bare scrypt of Node; and one payment by a shown
// code through client, signatures, HTTPS and the gateway's process, beside a bare HTTPS request to that process.
import { randomBytes, scrypt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Pool } from 'undici'
import { systemMonoClock, systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { secretHasher } from '#ledger/crypto/secret-hash.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import { paymentClient } from '#money/pay/payment-client.ts'
import { payKeysOf } from '#base/crypto/signing.ts'
import { standardPayTimes } from '#money/pure/pay/times.ts'
import { must, present } from '#base/pure/values/must.ts'
import { spawnLauncher, startSimProcess } from '#harness/lot/sim-process.ts'
import { median, resultOf, rounds, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'
import { program } from '../kit/place.ts'

const roundCount = roundsOf(9)
const paymentsEach = 40

/** Median time of one act, in ms. */
async function oneOf(count: number, act: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const startNs = process.hrtime.bigint()
    await act()
    times.push(Number(process.hrtime.bigint() - startNs) / 1e6)
  }
  return median(times)
}

async function pinCheck(): Promise<BenchResult> {
  const pepper = randomBytes(32)
  const hasher = secretHasher(() => pepper)
  const stored = await hasher.hash('483920')
  const { n, r, p } = stored
  const salt = randomBytes(16)
  const checked = async (): Promise<void> => must(await hasher.matches('483920', stored), 'its PIN')
  const bare = (): Promise<void> =>
    new Promise((resolve) => {
      scrypt('483920', salt, 32, { N: n, r, p, maxmem: 256 * n * r }, () => resolve())
    })
  const pairs = await rounds(
    roundCount,
    () => oneOf(2, checked),
    () => oneOf(2, bare),
  )
  const peerName = 'scrypt of Node with the same parameters'
  return resultOf({ metric: 'PIN check', unit: 'ms', peerName, better: 'lower' }, pairs)
}

async function payments(): Promise<BenchResult> {
  const listen = ['--listen', 'https://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const sim = await startSimProcess('payment-sim', listen, spawnLauncher(program()))
  const at = (name: 'baseUrl' | 'caFile' | 'merchantNo' | 'keyFile'): string =>
    present(sim.endpoints[name], `the gateway has its ${name}`)
  const [baseUrl, caFile, merchantNo] = [at('baseUrl'), at('caFile'), at('merchantNo')]
  const http = platformClient({ baseUrl, caFile, mono: systemMonoClock() })
  const payment = paymentClient({
    http,
    keys: payKeysOf(readFileSync(at('keyFile'), 'utf8').trim(), 'bench'),
    merchantNo,
    clock: systemWallClock(),
    random: systemRandom(),
    answerMs: standardPayTimes.chargeAnswerMs,
  })
  const bare = new Pool(baseUrl, { connections: 1, connect: { ca: readFileSync(caFile, 'utf8') } })
  let count = 0
  const paid = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const attemptNo = `BENCH${String(++count).padStart(12, '0')}`
      const code = `13${String(count).padStart(16, '0')}`
      payment.attempt({ ask: 'charge', attemptNo, amountFen: 300, code }, (answer) => {
        if (answer.kind === 'attempt' && answer.state === 'paid') resolve()
        else reject(new Error(`a charge was answered ${JSON.stringify(answer)}`))
      })
    })
  const turnedAway = async (): Promise<void> => {
    const answer = await bare.request({ method: 'POST', path: '/v1/charges', body: '{}' })
    await answer.body.text()
    must(answer.statusCode >= 400, 'nobody is served without a signature')
  }
  try {
    const pairs = await rounds(
      roundCount,
      () => oneOf(paymentsEach, paid),
      () => oneOf(paymentsEach, turnedAway),
    )
    const metric = 'payment by a shown code'
    const peerName = 'a bare HTTPS request to the same process, turned away unsigned'
    return resultOf({ metric, unit: 'ms', peerName, better: 'lower' }, pairs)
  } finally {
    await http.close()
    await bare.destroy()
    await sim.kill()
  }
}

const run = async (): Promise<readonly BenchResult[]> => [await pinCheck(), await payments()]

export const moneyRow: BenchRow = { run }
