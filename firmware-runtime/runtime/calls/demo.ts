// Calls of a demo alone: sending a car, cutting network and power, and silencing an antenna.
import { z } from 'zod'
import { demo, laneId, none, reply } from '#base/calls/rows.ts'

export type DemoCar = 'etc' | 'noEtc' | 'emptyCard'
export interface DemoState {
  readonly networkUp: boolean
  readonly rsuSilent: readonly string[]
  readonly traffic: boolean
  /** Its cars take spaces; else they drive through lanes. */
  readonly isStreet: boolean
}

export const demoCalls = {
  'demo.sendCar': demo(
    () =>
      z.strictObject({
        laneId,
        kind: z.enum(['etc', 'noEtc', 'emptyCard']),
        /** Of a street: the car takes a space, or the one that stood longest leaves; absent: by its lane. */
        does: z.enum(['comes', 'leaves']).optional(),
      }),
    reply<{ plate: string }>(),
  ),
  'demo.network': demo(() => z.strictObject({ up: z.boolean() }), reply<{ up: boolean }>()),
  'demo.rsuSilent': demo(
    () => z.strictObject({ laneId, on: z.boolean() }),
    reply<{ on: boolean }>(),
  ),
  'demo.traffic': demo(() => z.strictObject({ on: z.boolean() }), reply<{ on: boolean }>()),
  'demo.powerCut': demo(none, reply<{ ok: true }>()),
  'demo.state': demo(none, reply<DemoState>()),
} as const
