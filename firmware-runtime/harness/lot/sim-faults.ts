// The faults that a passage of a simulated lot may meet, as data, and how often each level draws one.
// A rule is what `POST /faults` of a simulator takes.
import { chargePlace } from '../../simulators/platform/model.ts'

export type FaultLevel = 'none' | 'light' | 'all'

interface FaultRow {
  readonly place: 'rsu' | 'barrier' | 'camera' | 'platform'
  readonly name: string
  readonly rule: Record<string, unknown>
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
    // The driver pays otherwise and the success is found later: one refund (8.3.1 b).
    place: 'platform',
    name: 'every answer lost',
    rule: { at: '*', when: 'after', do: 'drop', times: 3 },
  },
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
}
