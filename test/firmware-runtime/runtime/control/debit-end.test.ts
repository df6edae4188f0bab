// A sign-in that is not renewed, and a status list without a new download: the desk announces hours ahead when the lane
// stops debiting cards. Until then cards pay, afterwards the lot's other way, and a renewal resumes debits. Virtual time.
import { expect, it } from 'vitest'
import { ControlViews, type ViewParts } from '#runtime/control/control-views.ts'
import type { LaneView } from '#lane/calls/views.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { act, loop, plate, plateEvent } from '../../lane/pure/lane-bench.ts'
import { lotFile } from '../../lane/lot/lot-kit.ts'
import { inside, lateLot, newCard, type LateLot } from '../../lane/lot/late-scene.ts'
import { startMs, MemoryLedgerService } from './control-kit.ts'

const hourMs = 3_600_000
const minuteMs = 60_000
const far = startMs + 1_000 * hourMs
const { caps } = lotFile()

/** The control views of a lot whose antenna has one PSAM, signed in until `signInUntilMs`. */
function scene(signInUntilMs: number, listAsOfMs?: number) {
  const lot = lateLot('card', 'lane', listAsOfMs === undefined ? {} : { listAsOfMs })
  const { runtime, antenna, ledger } = lot
  const signedInUntil = (untilMs: number): void => {
    const body = { psamNo: '1', psamTerminal: '1', validUntilMs: untilMs, status: 1 }
    runtime.append([{ kind: 'signIn', atMs: runtime.nowMs(), laneId: 'exit', body }])
  }
  signedInUntil(signInUntilMs)
  antenna.up()
  const views = new ControlViews({
    config: { ...lotFile(), chargeMode: 'card' },
    runtime,
    service: new MemoryLedgerService(ledger as never),
    device: () => undefined,
    seenOf: () => ({ devices: {}, display: null }),
    platformSeen: () => null,
    clockOffsetMs: () => null,
    machineNtp: () => null,
    clockKept: () => null,
    head: () => ledger.head,
    networkUp: () => true,
    hasControls: false,
    upkeep: () => null,
    repair: 'B',
    version: 'test',
  } as unknown as ViewParts)
  const said = (): LaneView['debitEnd'] =>
    present(
      views.board().lanes.find(({ laneId }) => laneId === 'exit'),
      'the exit',
    ).debitEnd
  return { ...lot, said, signedInUntil }
}

let cars = 0
/** A car arrives, with an attendant who takes cash if needed; returns how its stay ends. */
function passes(lot: LateLot): string {
  const { time, antenna, dispatch, lane, ledger, opens } = lot
  const stayId = inside(lot)
  antenna.put(newCard(++cars))
  dispatch(loop('arrive', 'on'))
  dispatch(plateEvent(plate))
  const opened = opens.length
  time.runTo(time.nowUs + 20e6, () => opens.length > opened || lane.state.name === 'manual')
  const { manual = null } = lane.state.car ?? {}
  if (lane.state.name === 'manual')
    dispatch({ type: 'settle', means: 'cash', amountFen: null, act: act() })
  expect(opens).toHaveLength(opened + 1)
  const paid = ledger.list.filter((row) => row.kind === 'payment' && row.stayId === stayId)
  expect(paid).toHaveLength(1)
  dispatch(loop('under', 'on'))
  dispatch(loop('arrive', 'off'))
  dispatch(loop('under', 'off'))
  antenna.put(null)
  dispatch({ type: 'barrier', position: 'closed' } as never)
  time.runTo(time.nowUs + 120e6, () => lane.state.name === 'idle')
  expect(lane.state.name).toBe('idle')
  return manual ?? (paid[0]?.kind === 'payment' ? paid[0].body.means : '')
}

const untilMs = startMs + 20 * hourMs
const rows = [
  [
    'signInExpired',
    scene(untilMs),
    { saidMs: untilMs - 4 * hourMs, endMs: untilMs + caps.signInAgeMin * minuteMs },
  ],
  [
    'listTooOld',
    scene(far, startMs),
    { saidMs: startMs + 30 * minuteMs, endMs: startMs + caps.blacklistAgeMin * minuteMs },
  ],
] as const

it.each(rows)(
  '%s: told hours before, cards until then, cash behind it',
  (why, lot, { saidMs, endMs }) => {
    const { time, said } = lot
    const to = (atMs: number): void => void time.runTo((atMs - startMs) * 1000)
    to(saidMs)
    expect(said()).toBe(undefined)
    to(saidMs + 1)
    expect(said()).toEqual({ atIso: isoOf(endMs), isOver: false, why, then: 'person' })
    expect(endMs - saidMs).toBeGreaterThan(3 * hourMs)
    expect(passes(lot)).toBe('etc')
    to(endMs - 10 * minuteMs)
    expect(said()).toMatchObject({ isOver: false, why })
    expect(passes(lot)).toBe('etc')
    to(endMs + minuteMs)
    expect(said()).toEqual({ atIso: isoOf(endMs), isOver: true, why, then: 'person' })
    expect(passes(lot)).toBe(why)
    if (why === 'listTooOld') return
    lot.signedInUntil(lot.runtime.nowMs() + 24 * hourMs)
    expect(said()).toBe(undefined)
    to(endMs + hourMs)
    expect(passes(lot)).toBe('etc')
  },
)
