// An operator's plans for a lot (P35): shifts of a day and configurations, for all channels or for one. A version is
// the number of changes.
import { everybody, keyOf, ofApp, type OfApp } from './by-application.ts'

export type DutyRow =
  | ({
      /** Shifts of a lot's day as an operator plans them; invalid ones are sent as they are. */
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
  /** By lot and day, and by lot; the version is a count. */
  /** By lot and number of the shift: all shifts that were ever planned. */
  readonly planned: Set<string>
  readonly plans: Map<string, { readonly version: number; readonly shifts: readonly unknown[] }>
  readonly configurations: Map<
    string,
    { readonly version: number; readonly settings: Readonly<Record<string, unknown>> }
  >
}

export const emptyDuty = (): DutyState => ({
  planned: new Set(),
  plans: new Map(),
  configurations: new Map(),
})

/** The next version for this channel, after all that it was sent, common ones included. */
const nextOf = (
  values: ReadonlyMap<string, { readonly version: number }>,
  appId: string,
  key: string,
): number => (ofApp(values, appId, key)?.version ?? 0) + 1

export function applyDuty({ planned, plans, configurations }: DutyState, row: DutyRow): void {
  const { appId = everybody, parkId } = row
  if (row.t === 'configuration') {
    const version = nextOf(configurations, appId, parkId)
    configurations.set(keyOf(appId, parkId), { version, settings: row.settings })
    return
  }
  for (const shift of row.shifts)
    if (typeof shift === 'object' && shift !== null && 'shiftNo' in shift)
      planned.add(keyOf(appId, keyOf(parkId, String(shift.shiftNo))))
  const at = keyOf(parkId, row.day)
  plans.set(keyOf(appId, at), { version: nextOf(plans, appId, at), shifts: row.shifts })
}
