// The platform model behind an HttpClient in the same process: latency, lost requests, lost answers.
// A request that is lost before it has no effect; an answer lost after it has had its effect (M6).
import type { HttpAnswer, HttpClient, HttpRequest } from '#base/ports/http-client.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { FaultEngine } from '#simulators/shell/faults.ts'
import { createPlatformModel, placesOf, type PlatformModel } from '#simulators/platform/model.ts'
import type { PlatformRole } from '#simulators/platform/roles.ts'
import type { PlatformClient } from '#simulators/platform/envelope.ts'
import type { SettlementRow } from '#simulators/platform/records/settlement-records.ts'
import { standInCrypto, standInSigningKey, standInVerifyingKey } from '#base/crypto/stand-in.ts'
import { present } from '#base/pure/values/must.ts'
import { inMemory, type ShelfMaker } from '#base/pure/values/shelf.ts'
import { provinceOf, type ProvinceRow } from '#ledger/pure/platforms/dialects.ts'
import { accessPlatform, linkSerial } from '#simulators/platform/liaoning/access-platform.ts'
import { isOffered } from '#simulators/platform/liaoning/words.ts'
import { testTac } from '#simulators/shell/test-tac.ts'

export const simAppId = 'SIM00001'
export const clientSerial = 'A1'
export const platformSerial = 'B2'
export const simAccessCode = new TextEncoder().encode('SIMULATED0001')

const latencyMs = 2

/** A province: its row, and a platform that speaks its dialect. */
export interface SimProvince {
  readonly row: ProvinceRow
  /** Argument of the platform process; absent for a province without a variant. */
  readonly variant?: string
  platform(keep: (row: SettlementRow) => void, shelf?: ShelfMaker): PlatformModel
  /** The platform of a lot's operator there; absent where the dialect has no records for it. */
  operator?(keep: (row: SettlementRow) => void, shelf?: ShelfMaker): PlatformModel
}

const clientKey = standInVerifyingKey(clientSerial)

const simClient: PlatformClient = {
  appId: simAppId,
  certSerial: clientSerial,
  validToMs: Number.MAX_SAFE_INTEGER,
  verify: (message, signature) => clientKey.verify(message, signature),
}

/** A platform with stand-in signatures, deterministic in all it says. */
export function simPlatform(
  keep: (row: SettlementRow) => void,
  shelf = inMemory,
  links: readonly PlatformClient[] = [],
  role?: PlatformRole,
): PlatformModel {
  const signer = standInSigningKey(platformSerial)
  let drawn = 0
  return createPlatformModel({
    clients: [simClient, ...links],
    ...(links.length > 0 ? { isOffered } : {}),
    role,
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

/** Platform of a lot's operator (table G.1). */
export const simOperator: NonNullable<SimProvince['operator']> = (keep, shelf) =>
  simPlatform(keep, shelf, [], 'operator')

/** Platform behind an access platform (000 7.2). */
const simLiaoning: SimProvince['platform'] = (keep, shelf) =>
  accessPlatform({
    base: simPlatform(keep, shelf, [{ ...simClient, certSerial: linkSerial, verify: () => true }]),
    clients: [simClient],
    codeOf: () => simAccessCode,
    sm3: (data) => standInCrypto.sm3(data),
  })

const rowOf = (province: string): ProvinceRow =>
  present(provinceOf({ provinceCode: `${province}00` }), `province ${province} is built`)

/** The provinces that have a simulated platform, by the first digits of their code. */
export const simProvinces: Readonly<Record<'45' | '21', SimProvince>> = {
  '45': { row: rowOf('45'), platform: simPlatform, operator: simOperator },
  '21': { row: rowOf('21'), variant: 'liaoning', platform: simLiaoning },
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
  const line: Line = { former: null }
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
      network.clock.after(latencyMs, () => carry(network, line, request, finish))
      return () => {
        over = true
        late()
      }
    },
  }
}

type WholeAnswer = Extract<HttpAnswer, { kind: 'answer' }>

/** A connection with its previous answer, which a fault may deliver again. */
interface Line {
  former: WholeAnswer | null
}

/** An answer as a bad line or a wrong hand leaves it; null: it does not come. */
function spoiled(how: string, answer: WholeAnswer, former: WholeAnswer | null): WholeAnswer | null {
  const { body } = answer
  if (how === 'forge') return { ...answer, headers: {} }
  if (how === 'cut') return { ...answer, body: body.subarray(0, body.length >> 1) }
  if (how === 'flip')
    return { ...answer, body: body.map((byte, at) => (at === 9 ? byte ^ 1 : byte)) }
  // Rightly signed, and of another request (R07).
  return how === 'reorder' ? former : null
}

function carry(
  network: SimNetwork,
  line: Line,
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
  if (before?.do === 'duplicate') network.model().handle(request, network.nowMs())
  else if (before !== null && before.do !== 'delay') {
    // `status`: something in front of the platform answers; anything else loses the request.
    if (before.do === 'status') finish(page(before.status))
    return
  }
  const work = (): void => {
    const answer = network.model().handle(request, network.nowMs())
    if (answer === null) return
    const whole: WholeAnswer = { kind: 'answer', ...answer, headers: lower(answer.headers) }
    const { former } = line
    line.former = whole
    const after = at('after')
    if (after === null) network.clock.after(latencyMs, () => finish(whole))
    else if (after.do === 'delay') network.clock.after(after.ms, () => finish(whole))
    else if (after.do === 'status') finish(page(after.status))
    else {
      const rest = spoiled(after.do, whole, former)
      if (rest !== null) finish(rest)
    }
  }
  if (before?.do === 'delay') network.clock.after(before.ms, work)
  else work()
}

export const page = (status: number): HttpAnswer => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/html' },
  body: new TextEncoder().encode(`<h1>${status}</h1>`),
})

const lower = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
