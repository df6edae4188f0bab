// Messages and commands over HTTPS while the broker is unreachable: what is sent, what is accepted, and how an answer to
// another request, a forged or a late one is handled. The other side is the simulator's own envelope.
import { expect, it } from 'vitest'
import { hmacSha256 } from '#ledger/crypto/hmac-sha256.ts'
import { HttpExchange } from '#lane/reservation/http-exchange.ts'
import { Receiver } from '#lane/reservation/receiver.ts'
import { shenzhen } from '#ledger/pure/platforms/shenzhen/dialect.ts'
import { seal, type Spoilt } from '#simulators/reservation/envelope.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { Scene } from '../pure/reservation/kit.ts'

const keys = { appId: 'sz-demo', parkCode: '4403000001', secret: 'demo-secret' }
const wallMs = 1_772_416_200_000

interface Asked {
  readonly path: string
  readonly data: unknown
  answer(text: string | null): void
}

class Bench {
  readonly time = new VirtualTime()
  readonly asked: Asked[] = []
  readonly acked: number[] = []
  readonly obeyed: string[] = []
  private nonces = 0
  readonly exchange: HttpExchange

  constructor() {
    const scene = new Scene().joined()
    const receiver = new Receiver({
      dialect: shenzhen,
      names: keys,
      signer: hmacSha256(keys.secret),
      list: scene.lot.reservations,
      spaces: 1,
      wallMs: () => wallMs,
      nowMs: () => scene.nowMs,
      isClockSure: () => true,
      monoMs: () => this.time.clock.nowUs() / 1000,
      sm3Hex: (text) => text,
      write: () => true,
    })
    this.exchange = new HttpExchange({
      dialect: shenzhen,
      names: keys,
      mono: this.time.clock,
      broke: () => undefined,
      post: (path, text) =>
        new Promise((answer) => this.asked.push({ path, data: JSON.parse(text), answer })),
      sealed: (data) => ({ text: data, nonce: this.nonce() }),
      believed: (bytes) => receiver.believed(bytes),
      waiting: () => [{ word: 'event', data: '{"seq":1}' }],
      acked: (seq) => this.acked.push(seq),
      answerOf: (type, text) => {
        this.obeyed.push(`${type} ${text}`)
        return '{"cmdId":"C1","code":0}'
      },
    })
  }

  private nonce = (): string => String(++this.nonces).padStart(32, '0')

  /** Advances time and lets the pending answers be handled. */
  async passes(ms: number): Promise<void> {
    this.time.runTo(this.time.nowUs + ms * 1000)
    await Promise.resolve()
  }

  /** The platform answers the newest request. */
  async says(of: number, spoilt: Spoilt = {}, commands: readonly object[] = []): Promise<void> {
    const data = JSON.stringify({ of: String(of).padStart(32, '0'), ackSeq: 7, commands })
    const own = String(1_000 + ++this.nonces).padStart(32, '0')
    this.asked.at(-1)?.answer(seal(keys, data, wallMs, own, spoilt))
    for (let i = 0; i < 4; i++) await Promise.resolve()
  }
}

it('begins when the broker was away for ten seconds, and tells what it carried out with the next request', async () => {
  const bench = new Bench()
  bench.exchange.begin()
  await bench.passes(9_999)
  expect(bench.asked).toEqual([])
  await bench.passes(1)
  const [first] = bench.asked
  expect(first?.path).toBe('/v1/park/4403000001/exchange')
  expect(first?.data).toEqual({ messages: [{ type: 'event', data: { seq: 1 } }], answers: [] })
  await bench.says(1, {}, [{ type: 'flow', text: '{"on":true}' }])
  expect([bench.acked, bench.obeyed]).toEqual([[7], ['flow {"on":true}']])
  await bench.passes(1)
  expect(bench.asked.at(-1)?.data).toMatchObject({ answers: [{ cmdId: 'C1', code: 0 }] })
  expect([bench.exchange.answered, bench.exchange.failed]).toEqual([1, 0])
})

it.each([
  ['of another request', 99, {}],
  ['with a forged signature', 1, { sign: true }],
] as const)('an answer %s moves nothing and is asked for again', async (_, of, spoilt) => {
  const bench = new Bench()
  bench.exchange.begin()
  await bench.passes(10_000)
  await bench.says(of, spoilt, [{ type: 'flow', text: '{"on":true}' }])
  expect([bench.acked, bench.obeyed, bench.exchange.failed]).toEqual([[], [], 1])
  await bench.passes(10_000)
  expect(bench.asked).toHaveLength(2)
})

it('an answer that comes when the broker is back is dropped', async () => {
  const bench = new Bench()
  bench.exchange.begin()
  await bench.passes(10_000)
  bench.exchange.rest()
  await bench.says(1, {}, [{ type: 'flow', text: '{"on":true}' }])
  await bench.passes(60_000)
  expect([bench.acked, bench.obeyed, bench.asked.length]).toEqual([[], [], 1])
})
