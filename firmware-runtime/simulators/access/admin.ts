// Admin routes of the simulated access system: cars in front of its antennas, its policy, and results of charges that it
// does not know (contract.md section 6).
import { isFen } from '#base/pure/values/fen.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { setKnobs } from '../shell/knobs.ts'
import { membersOf, refuse, type Members } from '../shell/members.ts'
import type { AccessModel, SimCar } from './model.ts'

interface AdminPorts {
  model(): AccessModel
  nowMs(): number
  settled(): Promise<void>
}

const charges = ['paid', 'unknown']
const refunds = ['sent', 'pending', 'approved', 'abnormal', 'success', 'rejected']
const cardShape = /^\d{20}$/
const obuShape = /^[0-9A-F]{8}$/

function textIn(from: Members, name: string, shape?: RegExp): string {
  const value = from[name]
  const isText = typeof value === 'string' && value !== '' && value.length <= 64
  if (!isText || shape?.test(value) === false) throw refuse(name, value, 'a text of that kind')
  return value
}

function carOf(body: unknown, nowMs: number): SimCar {
  const from = membersOf(body)
  const { obuId = null, balanceFen = 100_000, stayMs = null } = from
  if (!isFen(balanceFen)) throw refuse('balanceFen', balanceFen, 'whole fen')
  if (stayMs !== null && !isFen(stayMs)) throw refuse('stayMs', stayMs, 'whole ms, or null')
  return {
    laneId: textIn(from, 'laneId'),
    obuId: obuId === null ? null : textIn(from, 'obuId', obuShape),
    plate: textIn(from, 'plate'),
    cardNo: textIn(from, 'cardNo', cardShape),
    balanceFen,
    sinceMs: nowMs,
    stayMs,
  }
}

const wordOf = (from: Members, name: string, of: readonly string[]): void => {
  const value = from[name]
  if (value !== undefined && !of.some((one) => one === value))
    throw refuse(name, value, `one of ${of.join(' ')}`)
}

export const accessRoutes = (ports: AdminPorts): AdminRoutes => ({
  'POST /cars': ({ body }) => {
    const car = carOf(body, ports.nowMs())
    ports.model().cars.set(car.laneId, car)
    return car
  },
  'DELETE /cars/:id': ({ id }) => ({ wasThere: ports.model().cars.delete(id) }),
  'GET /policy': () => ports.model().policy,
  'POST /policy': ({ body }) => {
    const from = membersOf(body)
    wordOf(from, 'charges', charges)
    wordOf(from, 'refunds', refunds)
    setKnobs(ports.model().policy, body)
    return ports.model().policy
  },
  'POST /charges': async ({ body }) => {
    const from = membersOf(body)
    const model = ports.model()
    const order = model.books.orders.get(textIn(from, 'orderNo'))
    if (order === undefined) throw refuse('orderNo', from['orderNo'], 'not in the books')
    wordOf(from, 'do', ['paid', 'notPaid'])
    if (from['do'] === 'paid') model.charge(order, ports.nowMs())
    else model.release(order, ports.nowMs())
    await ports.settled()
    return model.viewOf(order)
  },
})
