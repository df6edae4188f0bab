// The demo's simulators through their admin ports, as contract.md section 6 names them.
// The test drives, shows and releases cars itself, so that it does not rely on the demo's own driver.
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { BoardView, StatusView } from '#lane/calls/views.ts'
import type { StayView } from '#ledger/ports/ledger-reader.ts'
import { present } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'

interface Admin {
  readonly admin: string
}
/** The simulators of a lane. */
export interface LaneSimsAdmin {
  readonly camera: Admin
  readonly barrier: Admin
}
interface LaneSims extends LaneSimsAdmin {
  readonly rsu: Admin | null
  readonly display: Admin
}
export interface Endpoints {
  readonly platform: Admin
  readonly operator: Admin
  readonly etcOperator: Admin
  readonly sims: Readonly<Record<'entry' | 'exit', LaneSims>>
}

export function endpointsOf(dataDir: string): Endpoints {
  const file = join(dataDir, 'run', 'runtime.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { endpoints: Endpoints }).endpoints
}

export async function admin<T>(
  { admin: url }: Admin,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const answer = await fetch(`${url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' },
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

export const loops = (
  sims: LaneSimsAdmin,
  loopArrive: boolean,
  loopUnder: boolean,
): Promise<unknown> => admin(sims.barrier, 'POST', '/inputs', { loopArrive, loopUnder })

export const picture = (sims: LaneSimsAdmin, plate: string): Promise<unknown> =>
  admin(sims.camera, 'POST', '/plates', { plate, colour: 'blue', confidence: 96 })

/** Waits for the boom itself, not for the board's report. */
export async function untilBoom(sims: LaneSimsAdmin, position: string): Promise<void> {
  const seen = async (): Promise<string> =>
    (await admin<{ position: string }>(sims.barrier, 'GET', '/state')).position
  await eventually(seen, { what: 'the boom' }).toBe(position)
}

/** Drives under the open boom and away. The car stays under the boom until the lane has noticed it. */
export async function driveOut(page: Page, laneId: string, sims: LaneSimsAdmin): Promise<void> {
  const seen = async () => {
    const { lanes } = await callOk<BoardView>(page, 'board.get')
    const found = lanes.find((one) => one.laneId === laneId)
    return present(found, `lane ${laneId}`).barrier
  }
  await untilBoom(sims, 'open')
  await eventually(seen).toMatchObject({ position: 'open' })
  await loops(sims, false, true)
  await eventually(seen).toMatchObject({ under: 'on' })
  await loops(sims, false, false)
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'
const pick = (text: string): string => text[Math.floor(Math.random() * text.length)] ?? ''
const digits = (count: number): string =>
  Array.from({ length: count }, () => pick('0123456789')).join('')

/** A different plate in each run; its province does not exist. */
export const randomPlate = (): string =>
  `测${pick('ABCDEFGH')}${Array.from({ length: 5 }, () => pick(letters)).join('')}`

export const randomCar = (plate: string) => ({
  obuId: Array.from({ length: 8 }, () => pick('0123456789ABCDEF')).join(''),
  cardNo: `450122${digits(14)}`,
  cardType: 22,
  plate,
  colour: 'blue',
  balanceFen: 20_000 + Math.floor(Math.random() * 80_000),
  cardSerial: 1 + Math.floor(Math.random() * 60_000),
  stayMs: 600_000,
})

/** The answer that the window itself would get, for comparison with what it shows. */
export async function callOk<T>(page: Page, name: string, args: object = {}): Promise<T> {
  const expression = `lane.call(${JSON.stringify(name)}, ${JSON.stringify(args)})`
  const reply = (await page.evaluate(expression)) as { ok: boolean; data: T }
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply)}`)
  return reply.data
}

/** Longer than the free minutes of the demo tariff. */
const beyondFreeMs = 3_600_000

/** A car that is inside and has an amount to pay. */
export async function insidePlate(page: Page): Promise<string> {
  const { rows } = await callOk<{ rows: StayView[] }>(page, 'ledger.query', {
    kind: 'stay',
    limit: 500,
  })
  const { clock } = await callOk<StatusView>(page, 'status.get')
  const paysIfBeforeMs = Date.parse(clock.businessIso) - beyondFreeMs
  const plates = rows.flatMap((r) =>
    r.plate !== null && r.leftAtIso === null && Date.parse(r.enteredAtIso) < paysIfBeforeMs
      ? [r.plate]
      : [],
  )
  const plate = plates[randomInt(plates.length)]
  if (plate === undefined) throw new Error('no car is inside')
  return plate
}
