// The platform model behind an HttpClient in the same process: latency, lost requests, lost answers.
// A request that is lost before it has no effect; an answer lost after it has had its effect (M6).
import type { HttpAnswer, HttpClient, HttpRequest } from '../../ports/http-client.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import type { FaultEngine } from '../../simulators/shell/faults.ts'
import {
  createPlatformModel,
  placesOf,
  type PlatformModel,
} from '../../simulators/platform/model.ts'
import type { SettlementRow } from '../../simulators/platform/settlement-records.ts'
import {
  standInCrypto,
  standInSigningKey,
  standInVerifyingKey,
} from '../../adapters/crypto/stand-in.ts'
import { inMemory, type ShelfMaker } from '../../core/values/shelf.ts'
import type { ProvinceRow } from '../../platforms/dialects.ts'
import { testTac } from '../../simulators/shell/test-tac.ts'

export const simAppId = 'SIM00001'
export const clientSerial = 'A1'
export const platformSerial = 'B2'

const latencyMs = 2

/** A province that the product has no row for: the row, and a platform that speaks its dialect. */
export interface SimProvince {
  readonly row: ProvinceRow
  platform(keep: (row: SettlementRow) => void, shelf?: ShelfMaker): PlatformModel
}

/** A platform with stand-in signatures, deterministic in all it says. */
export function simPlatform(keep: (row: SettlementRow) => void, shelf = inMemory): PlatformModel {
  const client = standInVerifyingKey(clientSerial)
  const signer = standInSigningKey(platformSerial)
  let drawn = 0
  return createPlatformModel({
    clients: [
      {
        appId: simAppId,
        certSerial: clientSerial,
        validToMs: Number.MAX_SAFE_INTEGER,
        verify: (message, signature) => client.verify(message, signature),
      },
    ],
    platformSerial,
    certificates: [],
    sign: (message) => signer.sign(message),
    sm3: (data) => standInCrypto.sm3(data),
    random: (count) => Uint8Array.from({ length: count }, (_, i) => (++drawn * 31 + i * 7) % 251),
    tac: testTac,
    keep,
    shelf,
  })
}

interface SimNetwork {
  readonly clock: MonoClock
  readonly faults: FaultEngine
  /** Transport time of the platform, ms. */
  nowMs(): number
  model(): PlatformModel
  /** True while the network is cut. */
  cut(): boolean
}

export function simHttp(network: SimNetwork): HttpClient {
  return {
    request(request, done) {
      let over = false
      const finish = (answer: HttpAnswer): void => {
        if (over) return
        over = true
        done(answer)
      }
      const late = network.clock.after(request.timeoutMs, () =>
        finish({ kind: 'silence', reason: 'timeout', sent: true }),
      )
      network.clock.after(latencyMs, () => carry(network, request, finish))
      return () => {
        over = true
        late()
      }
    },
  }
}

function carry(
  network: SimNetwork,
  request: HttpRequest,
  finish: (answer: HttpAnswer) => void,
): void {
  if (network.cut()) {
    finish({ kind: 'silence', reason: 'no route', sent: false })
    return
  }
  const at = (when: 'before' | 'after') => {
    if (network.faults.isEmpty) return null
    const places = placesOf(request.method, request.path)
    for (const place of places) {
      const action = network.faults.decide(place, when)
      if (action !== null) return action
    }
    return null
  }
  const before = at('before')
  if (before !== null && before.do !== 'delay') {
    // `status`: something in front of the platform answers; anything else loses the request.
    if (before.do === 'status') finish(page(before.status))
    return
  }
  const work = (): void => {
    const answer = network.model().handle(request, network.nowMs())
    if (answer === null) return
    const after = at('after')
    const send = (): void => finish({ kind: 'answer', ...answer, headers: lower(answer.headers) })
    if (after === null) network.clock.after(latencyMs, send)
    else if (after.do === 'delay') network.clock.after(after.ms, send)
    else if (after.do === 'status') finish(page(after.status))
    else if (after.do === 'forge')
      finish({ kind: 'answer', status: answer.status, headers: {}, body: answer.body })
  }
  if (before === null) work()
  else network.clock.after(before.ms, work)
}

const page = (status: number): HttpAnswer => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/html' },
  body: new TextEncoder().encode(`<h1>${status}</h1>`),
})

const lower = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
