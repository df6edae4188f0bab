// What the profiles of antennas say about finding a device: speeds and ports to try, and the identity in its status. An
// imported model is found like a built-in one.
import { usualBauds } from '../pure/rsu/probe/plan.ts'
import type { FrameValue } from '../pure/rsu/table-types.ts'
import type { DeviceKind } from '../pure/profile/kinds.ts'
import type { Profile } from './schema.ts'

export const antennaKinds: readonly DeviceKind[] = ['rsu', 'etc-pile', 'handheld']

/** The frame with the identity of a device, the only one that a search waits for. */
export const statusFrame = 'B0'

export interface AntennaPlan {
  /** In the order of trying. */
  readonly bauds: readonly number[]
  /** TCP ports on which the antenna listens. */
  readonly ports: readonly number[]
  /** Models that match that status; `kind/vendor/model`. */
  modelsOf(variant: string, status: FrameValue | null): readonly string[]
}

type Wanted = Extract<Profile['recognise'][number], { by: 'frame' }>

const valueAt = (value: FrameValue, field: string): unknown =>
  field
    .split('.')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
      value,
    )

export function antennaPlan(profiles: readonly Profile[]): AntennaPlan {
  const links = profiles.flatMap((profile) => profile.links)
  const serial = links.flatMap((link) => link.serial ?? [])
  const bauds = [
    ...serial.map(({ baud }) => baud),
    ...serial.flatMap((one) => one.otherBauds ?? []),
  ]
  // A port on which the lane listens is not a place to search for a device.
  const called = links.filter(({ form, listens }) => form === 'tcp' && listens === 'device')
  const says = (status: FrameValue, { frame, field, equals }: Wanted): boolean =>
    frame === statusFrame && valueAt(status, field) === equals
  return {
    bauds: [...new Set([...bauds, ...usualBauds])],
    ports: [...new Set(called.flatMap(({ ports }) => ports ?? []))],
    modelsOf: (variant, status) =>
      profiles.flatMap(({ kind, vendor, model, protocol, recognise }) => {
        const wanted = recognise.filter((one): one is Wanted => one.by === 'frame')
        const known =
          status !== null && protocol.id === variant && wanted.some((one) => says(status, one))
        return known ? [`${kind}/${vendor}/${model}`] : []
      }),
  }
}
