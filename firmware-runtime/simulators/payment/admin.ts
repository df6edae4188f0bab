// Admin routes of the simulated gateway for scripts: let the customer pay, set the policy, change the key, shift the
// clock, spoil a bill (contract.md sections 6 and 8).
import { isFen } from '#base/pure/values/fen.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { setKnobs } from '../shell/knobs.ts'
import { membersOf, refuse, type Members } from '../shell/members.ts'
import type { Trade } from './trades.ts'
import type { GatewayModel } from './model.ts'

const payWords = ['now', 'late', 'never', 'twice', 'wrongAmount'] as const
/** Later than the time at which a lane gives up a charge, ms. */
const lateMs = 31_000
const afterMsMax = 86_400_000

function wholeOf(from: Members, name: string, otherwise: number, max: number): number {
  const value = from[name] ?? otherwise
  if (!isFen(value) || value > max) throw refuse(name, value, `a whole number up to ${max}`)
  return value
}

const textsOf = (from: Members, name: string): string[] => {
  const list = from[name] ?? []
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string'))
    throw refuse(name, list, 'a list of numbers of attempts')
  return list
}

interface PaymentAdminPorts {
  model(): GatewayModel
  nowMs(): number
  setSkew(ms: number): void
  /** Sets the address for notifications. */
  setTarget(url: string): void
  /** Advances the model after this time. */
  lookAfter(ms: number): void
  /** Makes a new key, writes it beside the certificates and returns its id. */
  changeKey(): string
  settled(): Promise<void>
}

export const tradeRow = ({ no, amountFen, paidFen, refundedFen, state, way }: Trade) => ({
  outTradeNo: no,
  amountFen,
  paidFen,
  refundedFen,
  state,
  way,
})

function pay(ports: PaymentAdminPorts, body: unknown): unknown {
  const from = membersOf(body)
  const { outTradeNo } = from
  const trade = ports.model().state.trades.get(String(outTradeNo))
  if (trade === undefined) throw refuse('outTradeNo', outTradeNo, 'not in the store')
  const word = payWords.find((one) => one === from['do'])
  if (word === undefined) throw refuse('do', from['do'], `one of ${payWords.join(' ')}`)
  const model = ports.model()
  const { no, amountFen } = trade
  const atMs = ports.nowMs()
  if (word === 'late') {
    const afterMs = wholeOf(from, 'afterMs', lateMs, afterMsMax)
    model.record({ t: 'plan', no, fen: amountFen, atMs: atMs + afterMs })
    ports.lookAfter(afterMs)
  }
  if (word === 'never' && (trade.state === 'open' || trade.state === 'paying'))
    model.record({ t: 'state', no, state: 'failed' })
  const fen = word === 'wrongAmount' ? wholeOf(from, 'fen', amountFen + 1, 1e8) : amountFen
  const times = word === 'twice' ? 2 : word === 'now' || word === 'wrongAmount' ? 1 : 0
  for (let i = 0; i < times; i++) model.pay(trade, fen, atMs)
  return tradeRow(trade)
}

/** A driver at a sign types a plate, or pays; the offers of the answer are paid by `POST /pay`. */
function ask(ports: PaymentAdminPorts, body: unknown): unknown {
  const { plate, visitor = 'phone-1', wants = 'sum' } = membersOf(body)
  if (typeof plate !== 'string') throw refuse('plate', plate, 'a text')
  if (typeof visitor !== 'string') throw refuse('visitor', visitor, 'a text')
  if (wants !== 'sum' && wants !== 'pay') throw refuse('wants', wants, 'sum or pay')
  return ports.model().page.type(plate, visitor, wants)
}

export const paymentRoutes = (ports: PaymentAdminPorts): AdminRoutes => ({
  'POST /pay': async ({ body }) => {
    const row = pay(ports, body)
    await ports.settled()
    return row
  },
  'GET /asks': () => ({ rows: [...ports.model().page.asks.values()] }),
  'POST /asks': ({ body }) => ask(ports, body),
  'GET /policy': () => ports.model().policy,
  'POST /policy': ({ body }) => {
    const { policy } = ports.model()
    const words = { charges: ['paid', 'paying'], cancelPaid: ['refuse', 'reverse'] }
    const refunds = ['done', 'accepted', 'failed']
    for (const [name, allowed] of Object.entries({ ...words, refunds })) {
      const value = membersOf(body)[name]
      if (value !== undefined && !allowed.includes(String(value)))
        throw refuse(name, value, `one of ${allowed.join(' ')}`)
    }
    setKnobs(policy, body)
    return policy
  },
  'POST /clock': ({ body }) => {
    const skewMs = membersOf(body)['skewMs']
    if (!Number.isSafeInteger(skewMs)) throw refuse('skewMs', skewMs, 'whole ms')
    ports.setSkew(Number(skewMs))
    return { skewMs }
  },
  'POST /target': ({ body }) => {
    const { url } = membersOf(body)
    if (typeof url !== 'string' || !URL.canParse(url)) throw refuse('url', url, 'an address')
    ports.setTarget(url)
    return { target: url }
  },
  'POST /keys': () => ({ keyId: ports.changeKey() }),
  'POST /bills': ({ body }) => {
    const from = membersOf(body)
    const model = ports.model()
    model.billAdds = textsOf(from, 'add')
    model.billLacks = textsOf(from, 'lack')
    return { add: model.billAdds, lack: model.billLacks }
  },
})
