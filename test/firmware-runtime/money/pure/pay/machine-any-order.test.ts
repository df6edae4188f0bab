// Events in any order, answers late, twice or lost, a crash between any two effects: at most one charge is kept, a late
// success is refunded once under its derived number, and no attempt stays undecided without an open item.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { must } from '#base/pure/values/must.ts'
import { dueFen, Scene } from './scene.ts'

type Act = (scene: Scene, n: number) => void

const attemptNo = (n: number): string => `O1P${1 + (n % 3)}`

const acts: Readonly<Record<string, Act>> = {
  offer: (scene) => scene.feed({ type: 'offer' }),
  charge: (scene) => scene.feed({ type: 'charge', code: '130000000000000000' }),
  work: (scene, n) => scene.work(n),
  deliver: (scene, n) => scene.deliver(n),
  twice: (scene, n) => scene.deliver(n, true),
  lose: (scene, n) => scene.lose(n),
  tick: (scene) => scene.tick(),
  pay: (scene, n) => scene.pay(attemptNo(n), dueFen),
  payLate: (scene, n) => scene.pay(attemptNo(n), dueFen, true),
  payWrong: (scene, n) => scene.pay(attemptNo(n), n % 2 === 0 ? 1 : 2 * dueFen),
  notified: (scene, n) => scene.feed({ type: 'notified', attemptNo: attemptNo(n) }),
  die: (scene, n) => {
    scene.effectsLeft = n % 4
  },
  restart: (scene) => scene.restart(),
  cash: (scene) => scene.cash(),
  etcStarted: (scene) => scene.etc('started'),
  etcPaid: (scene) => scene.etc('paid'),
  etcEnded: (scene) => scene.etc('ended'),
  stopped: (scene) => scene.feed({ type: 'stopped' }),
  dayEnded: (scene) => scene.feed({ type: 'dayEnded' }),
}

const names = Object.keys(acts)
/** The common events are drawn more often; otherwise hardly anything would be paid. */
const weighted = [
  ...names,
  ...names.filter((name) => /work|deliver|tick|pay|offer|stopped/.test(name)),
]
const history = fc.array(fc.record({ act: fc.constantFrom(...weighted), n: fc.nat({ max: 11 }) }), {
  minLength: 4,
  maxLength: 45,
})

function judge(scene: Scene): void {
  expect(scene.faults).toEqual([])
  expect(scene.keptFen()).toBeLessThanOrEqual(dueFen)
  for (const { attemptNo: no, state, item, paidFen } of scene.order.attempts) {
    if (item === null) expect(['made', 'sent', 'pending', 'cancelling']).not.toContain(state)
    const trade = scene.trades.get(no)
    if (trade === undefined || trade.paidFen === 0) continue
    const isKept = scene.order.paidWith === no
    const refunds = [...trade.refunds]
    if (isKept) expect(refunds).toEqual([])
    else if (scene.order.paidWith !== null && paidFen > 0)
      expect(refunds.map(([refundNo, one]) => [refundNo, one.amountFen, one.state])).toEqual([
        [`${no}R1`, trade.paidFen, 'done'],
      ])
    // A payment is recorded, whenever it was made.
    expect(paidFen).toBe(trade.paidFen)
  }
}

it('keeps P1 to P6 in any order of events', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const scene = new Scene()
      for (const { act, n } of steps) {
        const run = acts[act]
        must(run !== undefined, 'an act of the table')
        run(scene, n)
      }
      scene.rest()
      judge(scene)
    }),
    { numRuns: 1_500 },
  )
})

it('ends as well when the process dies before each effect of each step in turn', () => {
  for (let died = 0; died < 40; died++) {
    const scene = new Scene()
    scene.effectsLeft = died
    const script: (() => void)[] = [
      () => scene.feed({ type: 'offer' }),
      () => scene.work(0),
      () => scene.deliver(0),
      () => scene.feed({ type: 'charge', code: '130000000000000000' }),
      () => scene.work(1),
      () => scene.pay('O1P2', dueFen),
      () => scene.pay('O1P1', dueFen, true),
      () => scene.work(0),
      () => scene.deliver(0),
      () => scene.tick(),
      () => scene.work(0),
      () => scene.deliver(0),
    ]
    for (const act of script) act()
    scene.rest()
    judge(scene)
    expect(scene.keptFen()).toBe(scene.order.paidWith === null ? 0 : dueFen)
  }
})
