// What an operator plans and sets for a lot (P35): shifts of a day and configurations, for all channels or for one. A version is how
// many there were.
import { everybody, keyOf, ofApp, type OfApp } from './by-application.ts'

export type DutyRow =
  | ({
      /** Shifts of a day of a lot, as an operator plans them; what is wrong in them is told as it is. */
      readonly t: 'plan'
      readonly parkId: string
      readonly day: string
      readonly shifts: readonly unknown[]
    } & OfApp)
  | ({
      readonly t: 'configuration'
      readonly parkId: string
      readonly settings: Readonly<Record<string, unknown>>
    } & OfApp)

export const dutyRowNames = ['plan', 'configuration'] as const satisfies readonly DutyRow['t'][]

export interface DutyState {
  /** By lot and day, and by lot; a version is how many there were. */
  readonly plans: Map<string, { readonly version: number; readonly shifts: readonly unknown[] }>
  readonly configurations: Map<
    string,
    { readonly version: number; readonly settings: Readonly<Record<string, unknown>> }
  >
}

export const emptyDuty = (): DutyState => ({ plans: new Map(), configurations: new Map() })

/** Behind what this channel was told until now, also where that was of all. */
const nextOf = (
  values: ReadonlyMap<string, { readonly version: number }>,
  appId: string,
  key: string,
): number => (ofApp(values, appId, key)?.version ?? 0) + 1

export function applyDuty({ plans, configurations }: DutyState, row: DutyRow): void {
  const { appId = everybody, parkId } = row
  if (row.t === 'configuration') {
    const version = nextOf(configurations, appId, parkId)
    configurations.set(keyOf(appId, parkId), { version, settings: row.settings })
    return
  }
  const at = keyOf(parkId, row.day)
  plans.set(keyOf(appId, at), { version: nextOf(plans, appId, at), shifts: row.shifts })
}
