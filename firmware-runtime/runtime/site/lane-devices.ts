// The devices as a lane sees them: commands, and the facts of an antenna that it needs before a debit.
// Null for a missing device.
import type { LaneDevices } from '#lane/lot/lane-host.ts'
import type { BarrierHandle, DisplayHandle } from '#devices/desk/lane/device-handles.ts'
import type { PlaceDevice } from '#devices/desk/lane/place-device.ts'
import type { RsuHandle } from '#devices/desk/lane/rsu-device.ts'

export type DrivenDevice = 'rsu' | 'barrier'

/** Open devices by lane. */
interface OpenDevices {
  readonly rsus: ReadonlyMap<string, RsuHandle>
  readonly barriers: ReadonlyMap<string, BarrierHandle>
  readonly displays: ReadonlyMap<string, DisplayHandle>
  readonly places: ReadonlyMap<string, PlaceDevice>
}

/** `drives`: called before each command. */
export function laneDevices(
  laneId: string,
  { rsus, barriers, displays, places }: OpenDevices,
  drives: (device: DrivenDevice) => void,
): LaneDevices {
  const [rsu, barrier, display] = [rsus.get(laneId), barriers.get(laneId), displays.get(laneId)]
  return {
    rsu: !rsu
      ? null
      : {
          send: (c) => (drives('rsu'), rsu.command(c)),
          hurry: rsu.hurry,
          hasProof: rsu.hasProof,
          silenceMs: rsu.silenceMs,
          resultTimeMs: rsu.resultTimeMs,
          psams: rsu.psams,
        },
    barrier: !barrier
      ? null
      : { send: (c) => (drives('barrier'), barrier.command(c)), hurry: barrier.hurry },
    display: display === undefined ? null : { send: (c) => display.command(c) },
    place: places.get(laneId)?.watch ?? null,
  }
}
