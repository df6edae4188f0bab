// One exchange with the simulated access system: the envelope of the request, faults before the effect, the effect with its
// rows on disk, faults after it, and the signed answer.
import { answerText, passGate, type Gate } from '../platform/envelope.ts'
import type { PlatformRequest } from '../platform/envelope.ts'
import { flipBits, withheld, type Delivery } from '../platform/records/exchange.ts'
import type { PlatformAnswer as Answer } from '../platform/model.ts'
import type { FaultAction, FaultWhen } from '../shell/faults.ts'
import type { AccessModel } from './model.ts'
import { refused, routeOf, type Said } from './said.ts'

export interface AccessPorts {
  model(): AccessModel
  readonly gate: Gate
  readonly serial: string
  sign(message: Uint8Array): Uint8Array
  /** 32 of A-Z 0-9. */
  token(): string
  decide(place: string, when: FaultWhen): FaultAction | null
  nowMs(): number
  wait(ms: number): Promise<void>
  settled(): Promise<void>
  silence(ms: number): void
  isSilent(): boolean
  outage(ms: number, forget: boolean): void
}

/** A silence that names no time. */
const silenceMs = 1_000

/** In the envelope of P3. */
function sealed(ports: AccessPorts, { status, json }: Said): Answer {
  const body = Uint8Array.from(Buffer.from(JSON.stringify(json)))
  const timestamp = String(Math.floor(ports.nowMs() / 1000))
  const nonce = ports.token()
  const signature = ports.sign(answerText(timestamp, nonce, body))
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'request-id': ports.token(),
    'etc-timestamp': timestamp,
    'etc-nonce': nonce,
    'etc-serial': ports.serial,
    'etc-signature': Buffer.from(signature).toString('base64'),
  }
  return { status, headers, body }
}

function bodyOf({ body }: PlatformRequest): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return value
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function effectOf(ports: AccessPorts, request: PlatformRequest): Said {
  const nowMs = ports.nowMs()
  if (!passGate(ports.gate, request, nowMs).ok) return refused('ORDER-02')
  return ports.model().serve(request, request.method === 'PUT' ? bodyOf(request) : null, nowMs)
}

/** A success that nobody signed. */
const forged = (answer: Answer): Answer => ({
  ...answer,
  headers: { 'content-type': 'application/json' },
})

function spoilt(answer: Answer, fault: FaultAction | null): Delivery {
  switch (fault?.do) {
    case 'duplicate':
      return { do: 'twice', answer }
    case 'cut':
      return { do: 'half', answer }
    case 'forge':
      return { do: 'answer', answer: forged(answer) }
    case 'flip':
      return { do: 'answer', answer: { ...answer, body: flipBits(answer.body, fault.bits) } }
    default:
      return { do: 'answer', answer }
  }
}

export async function accessExchange(
  ports: AccessPorts,
  request: PlatformRequest,
): Promise<Delivery> {
  if (ports.isSilent()) return { do: 'nothing' }
  const place = routeOf(request)?.place ?? '*'
  // Every name counts its pass, so that `skip` means the same for any name.
  const decide = (when: FaultWhen): FaultAction | null => {
    const own = ports.decide(place, when)
    return ports.decide('*', when) ?? own
  }
  const early = decide('before')
  const gone = early === null ? null : await withheld(ports, early, silenceMs)
  if (gone !== null) return gone
  const answer = sealed(ports, effectOf(ports, request))
  await ports.settled()
  const late = decide('after')
  const lost = late === null ? null : await withheld(ports, late, silenceMs)
  return lost ?? spoilt(answer, late)
}
