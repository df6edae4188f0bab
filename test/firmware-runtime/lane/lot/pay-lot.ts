// A car at the exit of a lot with a payment gateway, in virtual time: what is shown, scanned, paid and written.
// `judge` checks two days later that the gateway holds what the ledger says.
import { expect } from 'vitest'
import type { DisplayCommand } from '#devices/pure/lane/display.ts'
import { isSettled } from '#money/pure/pay/order.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { SimGateway } from '#harness/lot/sim-gateway.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { loop, plate, plateEvent } from '../pure/lane-bench.ts'
import { startMs } from '../../runtime/control/control-kit.ts'
import { LatePlatform, lateLot } from './late-scene.ts'
import { violationsOf } from '../pure/lot/violations.ts'
import { cameIn } from '../pure/lot/row-kit.ts'
import type { StandingProcess } from '../../../kit/standing-process.ts'

export const minuteUs = 60_000_000
export const hourUs = 60 * minuteUs

/** A car inside for seventy minutes at the exit; `etc` `never`: its tag is not read. */
export function carAtExit(
  chargeMode: 'card' | 'online' = 'card',
  time = new VirtualTime(),
  process?: StandingProcess,
) {
  const gateway = new SimGateway(time.clock, () => startMs + Math.floor(time.nowUs / 1000))
  const platform = new LatePlatform(time)
  const shown: DisplayCommand[] = []
  const begin = (ledger?: ReturnType<typeof lateLot>['ledger']) =>
    lateLot(chargeMode, 'lane', {
      time,
      platform,
      gateway: gateway.reach(({ request }) => ({
        request: (asked, done) =>
          request(asked, (answer) =>
            process === undefined ? done(answer) : process.hears(() => done(answer)),
          ),
      })),
      ...(process === undefined ? {} : { process }),
      shows: (command) => shown.push(command),
      ...(ledger === undefined ? {} : { ledger }),
    })
  const lot = begin()
  const appends: (readonly LedgerRow[])[] = []
  const append = lot.ledger.append.bind(lot.ledger)
  lot.ledger.append = (drafts) => {
    const rows = append(drafts)
    appends.push(rows)
    return rows
  }
  const { runtime, dispatch } = lot
  const body = { psamNo: '1', validUntilMs: startMs + 1e12, status: 1 }
  runtime.append([{ kind: 'signIn', atMs: startMs, laneId: 'exit', body }])
  const enteredAtMs = startMs - 70 * 60_000
  runtime.append([cameIn('n1-S1', enteredAtMs)])
  lot.antenna.up()
  dispatch(loop('arrive', 'on'))
  dispatch(plateEvent(plate))
  return { ...lot, time, gateway, platform, shown, appends, begin }
}
export type World = ReturnType<typeof carAtExit>

export const codeOf = ({ runtime, lane }: World) =>
  runtime.payments?.codeOf(lane.state.car?.orderId ?? null) ?? null

export function waitForCode(world: World) {
  const { time } = world
  time.runTo(time.nowUs + minuteUs, () => codeOf(world) !== null)
  return present(codeOf(world), 'a code is shown')
}

export const runMs = ({ time }: World, ms: number): void => void time.runTo(time.nowUs + ms * 1000)

export const rowsOf = <K extends LedgerRow['kind']>({ ledger }: World, kind: K) =>
  ledger.list.filter((row): row is Extract<LedgerRow, { kind: K }> => row.kind === kind)

export const words = (world: World): string[] =>
  rowsOf(world, 'pay').map(({ body }) =>
    body.row === 'state' ? body.state : body.row === 'orderPaid' ? `by ${body.with}` : body.row,
  )

export const paidFen = (world: World): number =>
  rowsOf(world, 'payment').reduce((sum, { amountFen = 0 }) => sum + amountFen, 0)

/** Two days later every attempt is decided, the gateway holds what the ledger says, and the invariants hold. */
export function judge(world: World): void {
  const { time, runtime, ledger, gateway } = world
  time.runTo(time.nowUs + 48 * hourUs)
  for (const { order } of runtime.lot.pays.values()) expect(isSettled(order)).toBe(true)
  const byGateway = rowsOf(world, 'payment').filter(({ body }) => body.means === 'qr')
  expect(gateway.keptFen).toBe(byGateway.reduce((sum, { amountFen = 0 }) => sum + amountFen, 0))
  expect(violationsOf(ledger.list)).toEqual([])
}

export const attempt = (world: World): string => {
  const [row] = rowsOf(world, 'pay')
  return row?.body.row === 'made' ? row.body.attemptNo : ''
}

/** The kinds of the rows written in one transaction with the first row that `is` selects. */
export function together(world: World, is: (row: LedgerRow) => boolean): string[] {
  const { appends } = world
  const group = present(
    appends.find((rows) => rows.some(is)),
    'the transaction',
  )
  return group.map((row) =>
    row.kind === 'pay' ? (row.body.row === 'state' ? row.body.state : row.body.row) : row.kind,
  )
}

export const leave = ({ dispatch, opens }: World): void => {
  dispatch(loop('under', 'on'))
  dispatch(loop('arrive', 'off'))
  dispatch(loop('under', 'off'))
  dispatch({ type: 'passed', passId: opens.at(-1) ?? '' })
}

export const heldFen = ({ gateway }: World): number => gateway.keptFen
