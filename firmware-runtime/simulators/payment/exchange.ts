// One exchange with the simulated gateway and its faults (reference 1.7): faults before the effect, the effect with its
// rows on disk, faults after it. The result tells the socket what to do.
import { flipBits, outagePage, withheld, type Delivery } from '../platform/records/exchange.ts'
import type { FaultAction, FaultWhen } from '../shell/faults.ts'
import { membersIn, type Members } from '../shell/members.ts'
import { answerHeaders, type SignedRequest } from './envelope.ts'
import { placeOf, type GatewayAnswer, type GatewayModel } from './model.ts'

/**
 * Faults beside those of every simulator. Before the effect: `pay` (the customer pays at that moment), `fail`.
 * After it, in a signed answer: `userPaying`, `payAfter` (closed, but paid), `otherAmount`, `otherNumber`,
 * `otherMerchant`; `stale`: a signature ten minutes old.
 */
export const paymentActions = [
  'pay',
  'fail',
  'userPaying',
  'payAfter',
  'otherAmount',
  'otherNumber',
  'otherMerchant',
  'stale',
] as const

export interface PaymentPorts {
  model(): GatewayModel
  decide(place: string, when: FaultWhen): FaultAction | null
  nowMs(): number
  wait(ms: number): Promise<void>
  settled(): Promise<void>
  silence(ms: number): void
  isSilent(): boolean
  outage(ms: number, forget: boolean): void
}

const staleMs = 600_000
/** A silence that names no time. */
const silenceMs = 1_000

const membersOf = (answer: GatewayAnswer): Members =>
  membersIn(JSON.parse(Buffer.from(answer.body).toString('utf8')))

function attemptNoOf({ path, body }: SignedRequest): string {
  const fromPath = /\/v1\/attempts\/([^/]+)/.exec(path)?.[1]
  if (fromPath !== undefined) return fromPath
  return /"attemptNo"\s*:\s*"([^"]*)"/.exec(Buffer.from(body).toString('utf8'))?.[1] ?? ''
}

function before(ports: PaymentPorts, request: SignedRequest, fault: FaultAction): Delivery | null {
  const model = ports.model()
  const trade = model.state.trades.get(attemptNoOf(request))
  if (fault.do === 'pay' && trade !== undefined) model.pay(trade, trade.amountFen, ports.nowMs())
  if (fault.do === 'fail' && trade !== undefined)
    model.record({ t: 'state', no: trade.no, state: 'failed' })
  if (fault.do === 'cut') return { do: 'half', answer: outagePage(502) }
  if (fault.do !== 'forge') return null
  // An unsigned success without an effect.
  const json = { attemptNo: attemptNoOf(request), state: 'paid', paidFen: trade?.amountFen ?? 0 }
  const body = Uint8Array.from(Buffer.from(JSON.stringify(json)))
  return { do: 'answer', answer: { status: 200, headers: {}, body } }
}

/** The answer with a changed member, correctly signed. */
function changed(
  ports: PaymentPorts,
  nonce: string,
  answer: GatewayAnswer,
  change: Record<string, unknown>,
): GatewayAnswer {
  const json = { ...membersOf(answer), ...change }
  return ports.model().seal(answer.status, json, nonce, ports.nowMs())
}

function after(
  ports: PaymentPorts,
  request: SignedRequest,
  answer: GatewayAnswer,
  fault: FaultAction,
): Delivery {
  const nonce = request.headers['pay-nonce'] ?? ''
  const model = ports.model()
  const give = (change: Record<string, unknown>): Delivery => ({
    do: 'answer',
    answer: changed(ports, nonce, answer, change),
  })
  const { amountFen } = membersOf(answer)
  const otherFen = (typeof amountFen === 'number' ? amountFen : 0) + 1
  const trade = model.state.trades.get(attemptNoOf(request))
  switch (fault.do) {
    case 'userPaying':
      return give({ state: 'paying' })
    case 'payAfter':
      if (trade !== undefined) model.pay(trade, trade.amountFen, ports.nowMs(), true)
      return { do: 'answer', answer }
    case 'otherAmount':
      return give({ amountFen: otherFen, paidFen: otherFen })
    case 'otherNumber':
      return give({ attemptNo: 'OTHER-NUMBER' })
    case 'otherMerchant':
      return give({ merchantNo: 'OTHER-MERCHANT' })
    case 'stale': {
      const atMs = ports.nowMs() - staleMs
      const headers = answerHeaders(model.keys, answer.status, nonce, answer.body, atMs)
      return { do: 'answer', answer: { ...answer, headers } }
    }
    case 'forge':
      return {
        do: 'answer',
        answer: { ...answer, body: Buffer.concat([answer.body, Buffer.from(' ')]) },
      }
    case 'flip':
      return { do: 'answer', answer: { ...answer, body: flipBits(answer.body, fault.bits) } }
    case 'duplicate':
      return { do: 'twice', answer }
    case 'cut':
      return { do: 'half', answer }
    default:
      return { do: 'answer', answer }
  }
}

export async function payExchange(
  ports: PaymentPorts,
  signedRequest: SignedRequest,
): Promise<Delivery> {
  if (ports.isSilent()) return { do: 'nothing' }
  const place = placeOf(signedRequest)
  // Every name counts its pass, so that `skip` means the same for any name.
  const decide = (when: FaultWhen): FaultAction | null => {
    const own = ports.decide(place, when)
    return ports.decide('*', when) ?? own
  }
  const early = decide('before')
  let request = signedRequest
  if (early !== null) {
    const gone = (await withheld(ports, early, silenceMs)) ?? before(ports, signedRequest, early)
    if (gone !== null) return gone
    if (early.do === 'flip')
      request = { ...signedRequest, body: flipBits(signedRequest.body, early.bits) }
  }
  const answer = ports.model().handle(request, ports.nowMs())
  // A duplicate made by the network: its nonce was used, so it has no effect.
  if (early?.do === 'duplicate') ports.model().handle(request, ports.nowMs())
  await ports.settled()
  const late = decide('after')
  if (late === null) return { do: 'answer', answer }
  const delivery =
    (await withheld(ports, late, silenceMs)) ?? after(ports, signedRequest, answer, late)
  await ports.settled()
  return delivery
}
