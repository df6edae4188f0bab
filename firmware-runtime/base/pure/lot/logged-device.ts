// Devices with a frame log: those of a lane, and printers, which stand beside the lanes under their own ids.
// A lane may have several boards of loops and radars; the first is `sensors`, further ones are numbered.
import type { BilingualText } from '../words/fault-text.ts'
import { laneKinds } from '../device-kinds/lane-kinds.ts'
import { deviceKinds } from '../device-kinds/table.ts'

type Kinds = typeof deviceKinds
type Logged = { readonly frames: object }
/** Kind of a captured device, which selects codec and driver. */
export type LoggedKind = {
  [K in keyof Kinds]: Kinds[K] extends Logged ? K : never
}[keyof Kinds]
type More<F> = F extends { readonly more: readonly (infer M)[] } ? M : never
export type LoggedDevice = LoggedKind | More<Kinds[LoggedKind]['frames']>

interface Frames {
  readonly place: number
  readonly more?: readonly LoggedDevice[]
  readonly label: BilingualText
  readonly noSend?: BilingualText
}
const kinds = (Object.entries(deviceKinds) as [LoggedKind, { readonly frames: Frames }][])
  .filter(([, row]) => 'frames' in row)
  .toSorted(([, a], [, b]) => a.frames.place - b.frames.place)
const devicesOf = ([kind, { frames }]: (typeof kinds)[number]) => [kind, ...(frames.more ?? [])]

export const loggedDevices: readonly LoggedDevice[] = kinds.flatMap(devicesOf)

export const loggedKindOf = (device: LoggedDevice): LoggedKind =>
  kinds.find((one) => devicesOf(one).includes(device))?.[0] ?? 'sensors'

/** Null: so many boards of one lane cannot be looked at. */
export const sensorBoardAt = (index: number): LoggedDevice | null =>
  loggedDevices.filter((device) => loggedKindOf(device) === 'sensors')[index] ?? null

/** Kinds of devices of a lane with a frame log. */
export const framedKinds = laneKinds.filter((kind) => 'frames' in deviceKinds[kind])

type Unsent = {
  [K in LoggedKind]: Kinds[K]['frames'] extends { readonly noSend: object } ? K : never
}[LoggedKind]
/** Words of the console by kind. */
export const frameWords = {
  device: Object.fromEntries(kinds.map(([kind, { frames }]) => [kind, frames.label])),
  noSend: Object.fromEntries(
    kinds.flatMap(([kind, { frames }]) => ('noSend' in frames ? [[kind, frames.noSend]] : [])),
  ),
} as {
  readonly device: Readonly<Record<LoggedKind, BilingualText>>
  readonly noSend: Readonly<Record<Unsent, BilingualText>>
}
