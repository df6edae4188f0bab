// Devices of a lane whose bytes can be looked at. A lane may have several boards of loops and radars;
// the first is `sensors`, further ones are numbered.

export const wireDevices = [
  'rsu',
  'barrier',
  'display',
  'sensors',
  'sensors-2',
  'sensors-3',
  'sensors-4',
  'camera',
] as const
export type WireDevice = (typeof wireDevices)[number]

/** What a capture is of: which codec and which driver. */
const wireKinds = ['rsu', 'barrier', 'display', 'sensors', 'camera'] as const
export type WireKind = (typeof wireKinds)[number]

export const wireKindOf = (device: WireDevice): WireKind =>
  wireKinds.find((kind) => kind === device) ?? 'sensors'

const sensorBoards = wireDevices.filter((device) => wireKindOf(device) === 'sensors')

/** Null: so many boards of one lane cannot be looked at. */
export const sensorBoardAt = (index: number): WireDevice | null => sensorBoards[index] ?? null
