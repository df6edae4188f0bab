// Each lane must have devices of its own: a boom shared by two lanes would open at one for a car of the other, a shared
// antenna would charge there. Only the exit of a reused lane shares, explicitly (`sharesBarrierOf`). Pure.
import type { LaneConfig, LotConfig } from '#base/pure/lot/config.ts'
import { linkPointers, runningLot } from '#base/pure/lot/streets.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { linkQuery } from '#devices/pure/link-query.ts'

/**
 * Parts of a link that distinguish two devices at one address. A board may carry the gates of two lanes: then unit,
 * channel, or the profile with the outputs differs. Port settings do not distinguish devices.
 */
const parts = { rsu: [], barrier: ['unit', 'channel', 'profile'], camera: ['channel'] } as const
type OwnKind = keyof typeof parts
const kinds = Object.keys(parts) as OwnKind[]

const standing: Readonly<Record<string, string>> = { unit: '1', channel: '1' }

/** Null: no device, or a pushing camera, whose push address belongs to its lane. */
function deviceOf(kind: OwnKind, { [kind]: url }: LaneConfig): string | null {
  if (url === null || url.startsWith('push:')) return null
  const [target = ''] = url.split('?', 1)
  const own = parts[kind].map((name) => linkQuery(url, name) ?? standing[name] ?? '')
  return [target, ...own].join(' ')
}

interface SharedDevice {
  readonly field: string
  /** Without a password. */
  readonly value: string
  readonly text: BilingualText
}

/** Devices that an earlier lane in the file already has. */
export function sharedDevices(
  config: Pick<LotConfig, 'lanes' | 'streets'>,
): readonly SharedDevice[] {
  const { lanes } = runningLot(config)
  const pointer = linkPointers(config)
  const first = new Map<string, LaneConfig>()
  return lanes.flatMap((lane, i) =>
    kinds.flatMap((kind): SharedDevice[] => {
      const device = deviceOf(kind, lane)
      if (device === null) return []
      const other = first.get(`${kind} ${device}`)
      if (other === undefined) {
        first.set(`${kind} ${device}`, lane)
        return []
      }
      const text = t(
        `${lane.name.zh}与${other.name.zh}写的是同一台设备,一条车道的动作会落在另一条上`,
        `${lane.name.en} and ${other.name.en} name the same device: an action of one lane would happen at the other`,
      )
      return [{ field: pointer(lane.id, i, kind), value: shownLink(lane[kind] ?? ''), text }]
    }),
  )
}

/** Throws LOT-02 for the first one: such a lot is not written, while a running one is only reported. */
export function refuseShared(config: LotConfig, file: string): void {
  for (const { field, value, text } of sharedDevices(config))
    throw new LaneFault('LOT-02', { file, field, value, note: text })
}
