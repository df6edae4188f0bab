// The faults that a passage of a simulated lot may have, as data, and the rate of each level.
// A rule is a body of `POST /faults` of a simulator.
import { chargePlace } from '../../simulators/platform/model.ts'

/** `platform`: each passage has a fault of one platform, and no device fault. */
export type FaultLevel = 'none' | 'light' | 'all' | 'platform'

interface FaultRow {
  readonly place: 'rsu' | 'barrier' | 'camera' | 'platform' | 'operator'
  readonly name: string
  readonly rule: { readonly at: string; readonly when: string; readonly do: string } & Record<
    string,
    unknown
  >
}

/** Faults one passage may meet, by name. */
export const passageFaults: readonly FaultRow[] = [
  { place: 'rsu', name: 'B5 lost after the debit', rule: { at: 'B5', when: 'after', do: 'drop' } },
  {
    place: 'rsu',
    name: 'B5 lost before the debit',
    rule: { at: 'B5', when: 'before', do: 'drop' },
  },
  { place: 'rsu', name: 'B4 lost', rule: { at: 'B4', when: 'after', do: 'drop' } },
  { place: 'rsu', name: 'B4 twice', rule: { at: 'B4', when: 'after', do: 'duplicate' } },
  { place: 'rsu', name: 'B5 twice', rule: { at: 'B5', when: 'after', do: 'duplicate' } },
  { place: 'rsu', name: 'B2 bits flipped', rule: { at: 'B2', when: 'after', do: 'flip', bits: 1 } },
  { place: 'rsu', name: 'B5 bits flipped', rule: { at: 'B5', when: 'after', do: 'flip', bits: 1 } },
  {
    place: 'rsu',
    name: 'RSU reboots at B4',
    rule: { at: 'B4', when: 'after', do: 'reboot', ms: 400 },
  },
  { place: 'camera', name: 'push twice', rule: { at: 'push', when: 'after', do: 'duplicate' } },
  {
    place: 'barrier',
    name: 'board silent',
    rule: { at: 'FC02', when: 'before', do: 'drop', times: 3 },
  },
  {
    place: 'platform',
    name: 'request lost',
    rule: { at: chargePlace, when: 'before', do: 'drop' },
  },
  { place: 'platform', name: 'answer lost', rule: { at: chargePlace, when: 'after', do: 'drop' } },
  {
    place: 'platform',
    name: 'both answers lost',
    rule: { at: chargePlace, when: 'after', do: 'drop', times: 2 },
  },
  {
    place: 'platform',
    name: 'two silences before',
    rule: { at: chargePlace, when: 'before', do: 'drop', times: 2 },
  },
  {
    place: 'platform',
    name: 'answer late',
    rule: { at: chargePlace, when: 'after', do: 'delay', ms: 5000 },
  },
  {
    place: 'platform',
    name: '503',
    rule: { at: chargePlace, when: 'before', do: 'status', status: 503 },
  },
  {
    place: 'platform',
    name: 'request twice',
    rule: { at: chargePlace, when: 'before', do: 'duplicate' },
  },
  {
    place: 'platform',
    name: 'answer a minute late',
    rule: { at: '*', when: 'after', do: 'delay', ms: 60_000, times: 2 },
  },
  { place: 'platform', name: 'answer cut', rule: { at: chargePlace, when: 'after', do: 'cut' } },
  {
    place: 'platform',
    name: 'answer flipped',
    rule: { at: '*', when: 'after', do: 'flip', times: 2 },
  },
  {
    place: 'platform',
    name: 'answer of another request',
    rule: { at: '*', when: 'after', do: 'reorder', times: 2 },
  },
  ...[200, 302, 429, 502].map((status) => ({
    place: 'platform' as const,
    name: `${status} behind the effect`,
    rule: { at: '*', when: 'after', do: 'status', status, times: 2 },
  })),
  {
    // The driver pays otherwise and the success is found later: one refund (8.3.1 b).
    place: 'platform',
    name: 'every answer lost',
    rule: { at: '*', when: 'after', do: 'drop', times: 3 },
  },
  ...(
    [
      ['request lost', { when: 'before', do: 'drop' }],
      ['answer lost', { when: 'after', do: 'drop', times: 2 }],
      ['503', { when: 'before', do: 'status', status: 503 }],
      ['503 behind the effect', { when: 'after', do: 'status', status: 503 }],
      ['request twice', { when: 'before', do: 'duplicate' }],
      ['answer flipped', { when: 'after', do: 'flip', times: 2 }],
      ['answer of another request', { when: 'after', do: 'reorder', times: 2 }],
      ['answer a minute late', { when: 'after', do: 'delay', ms: 60_000, times: 2 }],
    ] as const
  ).map(([name, rule]) => ({
    place: 'operator' as const,
    name: `operator: ${name}`,
    rule: { at: '*', ...rule },
  })),
  { place: 'platform', name: 'forged', rule: { at: chargePlace, when: 'after', do: 'forge' } },
  {
    place: 'platform',
    name: 'answer and query lost',
    rule: { at: '*', when: 'after', do: 'drop', times: 2 },
  },
]

/** Chance of a fault and of a crash per passage. */
export const rates: Record<FaultLevel, { fault: number; crash: number; outage: number }> = {
  none: { fault: 0, crash: 0, outage: 0 },
  light: { fault: 0.06, crash: 0.02, outage: 0.004 },
  all: { fault: 0.3, crash: 0.08, outage: 0.02 },
  platform: { fault: 1, crash: 0.08, outage: 0.004 },
}
