// The faults that a passage of a simulated lot may have, as data, and the rate of each level.
// A rule is a body of `POST /faults` of a simulator.
import { chargePlace } from '#simulators/platform/model.ts'

/** `platform`: each passage has a fault of one platform, and no device fault. */
export type FaultLevel = 'none' | 'light' | 'all' | 'platform'

type Rule = { readonly at: string; readonly when: string; readonly do: string } & Record<
  string,
  unknown
>
interface FaultRow {
  readonly place: 'rsu' | 'barrier' | 'camera' | 'platform' | 'operator'
  readonly name: string
  readonly rule: Rule
}

const fault =
  (place: FaultRow['place'], usualAt: string) =>
  (name: string, when: 'before' | 'after', does: string, more: Partial<Rule> = {}): FaultRow => ({
    place,
    name,
    rule: { at: usualAt, when, do: does, ...more },
  })

const [b2, b4, b5] = [fault('rsu', 'B2'), fault('rsu', 'B4'), fault('rsu', 'B5')]
const charge = fault('platform', chargePlace)
const platform = fault('platform', '*')
const operator = fault('operator', '*')

/** Faults one passage may meet, by name. */
export const passageFaults: readonly FaultRow[] = [
  b5('B5 lost after the debit', 'after', 'drop'),
  b5('B5 lost before the debit', 'before', 'drop'),
  b4('B4 lost', 'after', 'drop'),
  b4('B4 twice', 'after', 'duplicate'),
  b5('B5 twice', 'after', 'duplicate'),
  b2('B2 bits flipped', 'after', 'flip', { bits: 1 }),
  b5('B5 bits flipped', 'after', 'flip', { bits: 1 }),
  b4('RSU reboots at B4', 'after', 'reboot', { ms: 400 }),
  fault('camera', 'push')('push twice', 'after', 'duplicate'),
  fault('barrier', 'FC02')('board silent', 'before', 'drop', { times: 3 }),
  charge('request lost', 'before', 'drop'),
  charge('answer lost', 'after', 'drop'),
  charge('both answers lost', 'after', 'drop', { times: 2 }),
  charge('two silences before', 'before', 'drop', { times: 2 }),
  charge('answer late', 'after', 'delay', { ms: 5000 }),
  charge('503', 'before', 'status', { status: 503 }),
  charge('request twice', 'before', 'duplicate'),
  platform('answer a minute late', 'after', 'delay', { ms: 60_000, times: 2 }),
  charge('answer cut', 'after', 'cut'),
  platform('answer flipped', 'after', 'flip', { times: 2 }),
  platform('answer of another request', 'after', 'reorder', { times: 2 }),
  ...[200, 302, 429, 502].map((status) =>
    platform(`${status} behind the effect`, 'after', 'status', { status, times: 2 }),
  ),
  // The driver pays otherwise and the success is found later: one refund (8.3.1 b).
  platform('every answer lost', 'after', 'drop', { times: 3 }),
  operator('operator: request lost', 'before', 'drop'),
  operator('operator: answer lost', 'after', 'drop', { times: 2 }),
  operator('operator: 503', 'before', 'status', { status: 503 }),
  operator('operator: 503 behind the effect', 'after', 'status', { status: 503 }),
  operator('operator: request twice', 'before', 'duplicate'),
  operator('operator: answer flipped', 'after', 'flip', { times: 2 }),
  operator('operator: answer of another request', 'after', 'reorder', { times: 2 }),
  operator('operator: answer a minute late', 'after', 'delay', { ms: 60_000, times: 2 }),
  charge('forged', 'after', 'forge'),
  platform('answer and query lost', 'after', 'drop', { times: 2 }),
]

/** Chance of a fault and of a crash per passage. */
export const rates: Record<FaultLevel, { fault: number; crash: number; outage: number }> = {
  none: { fault: 0, crash: 0, outage: 0 },
  light: { fault: 0.06, crash: 0.02, outage: 0.004 },
  all: { fault: 0.3, crash: 0.08, outage: 0.02 },
  platform: { fault: 1, crash: 0.08, outage: 0.004 },
}
