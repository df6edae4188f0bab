// A partner that sends all its orders at once over hundreds of connections: every request ends, with an answer or with its
// connection; sent again, each order is in the ledger once; and the desk is answered meanwhile.
import { readFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { once } from '#base/pure/values/once.ts'
import { partnerLimits } from '#money/partners/server.ts'
import { answerOf } from '../kit/partner-kit.ts'
import { newAccessLot, ownOf, sent, signedBy } from './kit/access-lot.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { cleanUp, Program, runToEnd } from './kit/live-program.ts'

const agents: Agent[] = []
afterEach(async () => {
  for (const agent of agents.splice(0)) agent.destroy()
  await cleanUp()
})

const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString()
const orderNo = (n: number): string => `FLOOD-${String(n).padStart(5, '0')}`

/** PUTs of different orders of an open lot. */
function ordersOf(count: number) {
  return Array.from({ length: count }, (_, n) => {
    const plate = `测A${String(n).padStart(5, '0')}`
    const own = { stayNo: `STAY-${n}`, laneId: null, plate, colour: 'blue', amountFen: 500 }
    // Made when it is first sent, since it has to be of the last five minutes; sent again, it is the same.
    const body = once(() => {
      const times = { enteredAtIso: at(90), leftAtIso: at(5), madeAtIso: at(0) }
      return { ...own, ...times }
    })
    return { method: 'PUT', path: `/v1/orders/${orderNo(n)}`, body }
  })
}
type Asked = ReturnType<typeof ordersOf>[number]

/** Peak of the resident memory, MB; null: this system does not say. */
function peakMb({ child }: Program): number | null {
  if (process.platform !== 'linux') return null
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) / 1024
}

const deskEvery = 250

class Flood {
  /** How many requests ended how: status and code, or the error of the connection. */
  readonly ends = new Map<string, number>()
  /** Calls of the desk, one with every `deskEvery`th request that ends. */
  readonly desk: Promise<unknown>[] = []
  private readonly lot: Awaited<ReturnType<typeof newAccessLot>>
  private readonly program: Program
  private endedCount = 0

  constructor(lot: Flood['lot'], program: Program) {
    this.lot = lot
    this.program = program
  }

  /** Sends all at once; returns those that had no 200. */
  async round(asked: readonly Asked[], connections: number): Promise<Asked[]> {
    const agent = new Agent({ keepAlive: true, maxSockets: connections })
    agents.push(agent)
    const [url, own] = [`http://127.0.0.1:${this.lot.port}`, ownOf(this.lot)]
    const ends: string[] = []
    const left = [...asked.entries()].toReversed()
    // Signed when its connection is free: a signature holds for five minutes.
    const oneAfterTheOther = async (): Promise<void> => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const [n, one] = next
        const end = await sent(url, signedBy({ ...one, body: one.body() }), agent).then(
          async (response) => {
            const { status, isSigned, refused } = await answerOf(response, own)
            return [isSigned ? '' : 'unsigned', status, refused?.[0] ?? ''].join(' ').trim()
          },
          (error: NodeJS.ErrnoException) => error.code ?? error.message,
        )
        if (this.endedCount++ % deskEvery === 0) this.desk.push(this.program.call('status.get'))
        this.ends.set(end, (this.ends.get(end) ?? 0) + 1)
        ends[n] = end
      }
    }
    await Promise.all(Array.from({ length: connections }, oneAfterTheOther))
    agent.destroy()
    return asked.filter((_, n) => ends[n] !== '200')
  }
}

const isEnd = (end: string): boolean =>
  /^(?:200|429 ORDER-11|503 [A-Z]+-\d+|ECONNRESET|EPIPE)$/.test(end)

it.each([
  ['fewer connections than the limit', 10_000, partnerLimits.connectionsMax / 2],
  ['more connections than the limit', 3_000, partnerLimits.connectionsMax * 1.5],
])('orders at once, over %s', async (_, count, connections) => {
  const lot = await newAccessLot({}, '7.2.1')
  expect((await runToEnd(['access', 'keys', '--data', lot.dir])).code).toBe(0)
  const program = new Program(['access', '--data', lot.dir, '--timing', 'instant'])
  await program.ready()
  const flood = new Flood(lot, program)
  const beforeMb = peakMb(program)
  const all = ordersOf(count)
  for (let left = all; left.length > 0;) {
    left = await flood.round(left, connections)
    expect([...flood.ends.keys()].filter((end) => !isEnd(end))).toEqual([])
  }
  // Connections beyond the limit end without an answer, and no other does.
  expect(flood.ends.size > 1).toBe(connections > partnerLimits.connectionsMax)
  expect(await flood.round(all.slice(0, 200), connections)).toEqual([])
  expect(await Promise.all(flood.desk)).not.toEqual([])
  const made = ledgerRows(lot.dir).flatMap((row) =>
    row.kind === 'orderMade' && row.body.sent !== undefined ? [row.body.sent.orderNo] : [],
  )
  expect(made.toSorted()).toEqual(all.map((_order, n) => orderNo(n)))
  const mostMb = peakMb(program)
  if (beforeMb !== null && mostMb !== null) expect(mostMb - beforeMb).toBeLessThan(800)
  expect(await program.stop()).toBe(0)
})
