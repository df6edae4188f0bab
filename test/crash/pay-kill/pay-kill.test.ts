// A lot with a gateway dies between each pair of steps of a payment: before and after every row, every request
// and every answer. At every step: never two charges that are kept, never late money that stays.
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { checkInvariants } from '#lane/pure/lot/invariants.ts'
import { payOrdersOf } from '#money/pure/pay/stay-orders.ts'
import { isSettled } from '#money/pure/pay/order.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { SimGateway } from '#harness/lot/sim-gateway.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { HttpClient } from '#base/ports/http-client.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { simulatedKeys } from '#lane/folder/simulated-keys.ts'
import { act, loop, plate, plateEvent } from '../../firmware-runtime/lane/pure/lane-bench.ts'
import { startMs } from '../../firmware-runtime/runtime/control/control-kit.ts'
import { LatePlatform, lateLot, newCard } from '../../firmware-runtime/lane/lot/late-scene.ts'
import { folderOfFile } from '../../kit/own-folder.ts'

const secondUs = 1_000_000
const hourUs = 3_600 * secondUs
class Killed extends Error {}

/** Throws at the nth step; 0 never does. */
class Steps {
  seen = 0
  isCounting = false
  readonly dieAt: number
  constructor(dieAt: number) {
    this.dieAt = dieAt
  }
  step(): void {
    if (this.isCounting && ++this.seen === this.dieAt) throw new Killed(`step ${this.seen}`)
  }
}

const folder = folderOfFile('etc-pay-kill-')

interface Life {
  alive: boolean
}

class World {
  readonly time = new VirtualTime()
  readonly gateway = new SimGateway(this.time.clock, () => this.nowMs)
  readonly platform = new LatePlatform(this.time)
  readonly dir = mkdtempSync(join(folder, 'lot-'))
  readonly steps: Steps
  card = newCard(1)
  isCardThere = false
  isCarThere = true
  /** Codes that the display showed, in order. */
  readonly codes: string[] = []
  readonly #scanned = new Set<string>()
  lives = 0
  #life: Life = { alive: true }
  #lot = this.#begin()

  constructor(dieAt: number) {
    this.steps = new Steps(dieAt)
    const { runtime } = this.#lot
    const signIn = { psamNo: '1', validUntilMs: startMs + 1e12, status: 1 }
    const enteredAtMs = startMs - 70 * 60_000
    const stay = { plate, colour: 'blue', enteredAtMs, noEntry: false, photo: null } as const
    runtime.append([
      { kind: 'signIn', atMs: startMs, laneId: 'exit', body: signIn },
      { kind: 'stayOpened', atMs: enteredAtMs, laneId: 'entry', stayId: 'n1-S1', body: stay },
    ])
    this.steps.isCounting = true
  }

  get nowMs(): number {
    return startMs + Math.floor(this.time.nowUs / 1000)
  }

  get lot() {
    return this.#lot
  }

  #mono(life: Life): MonoClock {
    const { clock } = this.time
    const after: MonoClock['after'] = (delayMs, fn) =>
      clock.after(delayMs, () => {
        if (life.alive) fn()
      })
    return { nowUs: () => clock.nowUs(), after }
  }

  #http(http: HttpClient, life: Life): HttpClient {
    return {
      request: (request, done) => {
        this.steps?.step()
        const cancel = http.request(request, (answer) => {
          if (!life.alive) return
          this.steps.step()
          done(answer)
        })
        this.steps?.step()
        return cancel
      },
    }
  }

  #ledger(): Ledger & { readonly list: LedgerRow[] } {
    const { ledger } = openLedger({
      ...simulatedKeys,
      dir: this.dir,
      nodeId: 'n1',
      durability: 'simulated',
      version: 'test',
    })
    return {
      nodeId: ledger.nodeId,
      get head() {
        return ledger.head
      },
      get list() {
        return [...ledger.rows(0)]
      },
      append: (drafts) => {
        this.steps?.step()
        const rows = ledger.append(drafts)
        this.steps?.step()
        return rows
      },
      rows: (afterSeq) => ledger.rows(afterSeq),
      rowsSm3: (from, to) => ledger.rowsSm3(from, to),
      close: () => ledger.close(),
    }
  }

  #begin() {
    const life: Life = { alive: true }
    this.#life = life
    this.lives++
    const reached = this.gateway.reach((http) => this.#http(http, life))
    // Skips queries to an idle gateway, which move nothing.
    const times = { ...reached.times, idleAskMs: 100 * 3_600_000 }
    return lateLot('card', 'lane', {
      time: this.time,
      platform: this.platform,
      mono: this.#mono(life),
      ledger: this.#ledger(),
      gateway: { ...reached, times },
      shows: (command) => {
        if (command.do === 'showPay') this.codes.push(command.url)
      },
    })
  }

  /** Something happens to the lot; if it dies, it starts again with the same car waiting. */
  give(happens: (lot: World['lot']) => void): void {
    try {
      happens(this.#lot)
    } catch (error) {
      this.#died(error)
    }
  }

  #died(error: unknown): void {
    if (!(error instanceof Killed)) throw error
    this.#life.alive = false
    // Further messages of devices reach nobody.
    this.#lot.runtime.stop()
    this.#lot.ledger.close()
    this.#lot = this.#begin()
    if (this.isCarThere) this.arrive()
  }

  arrive(): void {
    this.isCarThere = true
    this.give(({ antenna, dispatch }) => {
      antenna.up()
      dispatch(loop('arrive', 'on'))
      dispatch(plateEvent(plate))
    })
    this.give(({ antenna }) => {
      if (this.isCardThere) antenna.put(this.card)
    })
  }

  leave(): void {
    this.isCarThere = false
    this.give(({ dispatch }) => dispatch(loop('under', 'on')))
    this.give(({ dispatch }) => dispatch(loop('arrive', 'off')))
    this.give(({ dispatch }) => dispatch(loop('under', 'off')))
    this.give(({ dispatch, opens }) => dispatch({ type: 'passed', passId: opens.at(-1) ?? '' }))
  }

  /** Runs until `done`, or for that time; a death restarts the lot and continues. */
  run(us: number, done: () => boolean = () => false): void {
    const untilUs = this.time.nowUs + us
    for (;;)
      try {
        this.time.runTo(untilUs, done)
        return
      } catch (error) {
        this.#died(error)
      }
  }

  /** The driver pays the shown code, each code once. */
  scan(anyway = false): void {
    const code = this.codes.at(-1)
    if (code === undefined || this.#scanned.has(code)) return
    this.#scanned.add(code)
    this.gateway.scan(code, { anyway })
  }

  get isOpen(): boolean {
    return this.#lot.lane.state.name === 'opening'
  }

  /** Waits until the lane opens; a driver who sees a new code scans it. */
  wait(scans: boolean): void {
    for (let n = 0; n < 60 && !this.isOpen; n++) {
      this.run(5 * secondUs, () => this.isOpen)
      if (scans) this.scan()
    }
  }

  /** Two people refund a part; a person who sees that it was not recorded asks again. */
  giveBack(amountFen: number): void {
    const isWritten = (): boolean => this.#backFen() > 0
    for (let n = 0; n < 3 && !isWritten(); n++)
      this.give(({ runtime, ledger }) => {
        const row = ledger.list.findLast(
          ({ kind, body }) => kind === 'pay' && 'row' in body && body.row === 'orderPaid',
        )
        const [orderId, known] =
          [...payOrdersOf(ledger.list)].find(([id]) => id === row?.orderId) ?? []
        if (orderId === undefined || known === undefined) return
        const attemptNo = known.order.paidWith ?? ''
        const asked = { attemptNo, amountFen, requestedBy: '甲', approvedBy: '乙', aloneFenMax: 0 }
        const body = {
          act: 'pay.refund',
          by: '甲',
          role: 'owner',
          reason: '',
          commandId: 'r1',
          result: 'done',
        } as const
        runtime.payments?.refund(orderId, known, asked, [{ kind: 'audit', atMs: this.nowMs, body }])
      })
  }

  #backFen(): number {
    return this.#lot.ledger.list.reduce(
      (sum, { kind, body }) =>
        kind === 'pay' && 'row' in body && body.row === 'refund' && body.why === 'person'
          ? sum + body.amountFen
          : sum,
      0,
    )
  }

  judge(): { readonly wrong: string[]; readonly kept: number; readonly backFen: number } {
    this.run(60 * hourUs)
    const { runtime, ledger } = this.#lot
    const rows = ledger.list
    const paid = (means: string): number =>
      rows.reduce(
        (sum, row) =>
          row.kind === 'payment' && row.body.means === means ? sum + (row.amountFen ?? 0) : sum,
        0,
      )
    const wrong: string[] = []
    const [byCode, byCard, byCash] = [paid('qr'), paid('etc'), paid('cash')]
    const debited = this.card.debits.reduce((sum, { amountFen }) => sum + amountFen, 0)
    const backFen = this.#backFen()
    if (this.gateway.keptFen !== byCode - backFen)
      wrong.push(
        `the gateway holds ${this.gateway.keptFen}, the ledger says ${byCode} - ${backFen}`,
      )
    if (debited !== byCard) wrong.push(`the card lost ${debited}, the ledger says ${byCard}`)
    for (const { order } of runtime.lot.pays.values())
      if (!isSettled(order)) wrong.push(`${order.orderId} is not settled`)
    const outside = { charges: null, refunds: null, cardDebits: null }
    const live = { chainOk: true, unsent: 0, unknown: 0, lanesReady: true, healed: false }
    for (const one of checkInvariants(rows, outside, live).violations)
      wrong.push(`${one.id} ${one.detail}`)
    runtime.stop()
    ledger.close()
    return { wrong, kept: byCode + byCard + byCash, backFen }
  }
}

const hasCode = (world: World) => (): boolean => world.codes.length > 0

/** The steps at the exit; the same with and without a death. */
const scenes: Record<string, (world: World) => void> = {
  'scanned and paid': (world) => {
    world.arrive()
    world.wait(true)
    world.leave()
  },
  'scanned while the card is read at last': (world) => {
    world.arrive()
    world.run(20 * secondUs, hasCode(world))
    world.scan()
    world.isCardThere = true
    world.give(({ antenna }) => antenna.put(world.card))
    world.wait(true)
    world.leave()
  },
  'paid by code, and two people give a part back': (world) => {
    world.arrive()
    world.wait(true)
    world.leave()
    world.giveBack(100)
  },
  'paid late, after an attendant took cash': (world) => {
    world.arrive()
    world.run(20 * secondUs, hasCode(world))
    world.give(({ dispatch, lane }) => {
      if (lane.state.name === 'manual')
        dispatch({ type: 'settle', means: 'cash', amountFen: null, act: act('c1') })
    })
    world.scan(true)
    world.wait(true)
    world.leave()
  },
}

describe.each(Object.entries(scenes))('%s', (name, play) => {
  it('holds at every step', () => {
    const whole = new World(0)
    play(whole)
    const { wrong, kept, backFen } = whole.judge()
    expect(wrong).toEqual([])
    expect(kept).toBeGreaterThan(0)
    expect(backFen).toBe(name.includes('part') ? 100 : 0)
    const found: string[] = []
    for (let dieAt = 1; dieAt <= whole.steps.seen; dieAt++) {
      const world = new World(dieAt)
      play(world)
      const judged = world.judge()
      found.push(...judged.wrong.map((words) => `step ${dieAt}: ${words}`))
      if (world.lives < 2) found.push(`step ${dieAt} was not reached`)
      if (judged.backFen !== backFen) found.push(`step ${dieAt}: ${judged.backFen} went back`)
      if (judged.kept < kept) found.push(`step ${dieAt}: kept ${judged.kept} of ${kept}`)
    }
    expect(whole.steps.seen).toBeGreaterThan(20)
    expect(found).toEqual([])
  })
})
