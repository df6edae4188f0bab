// Devices with a frame log: those of a lane, and printers, which stand beside the lanes under their own ids.
// A lane may have several boards of loops and radars; the first is `sensors`, further ones are numbered.

export const loggedDevices = [
  'rsu',
  'barrier',
  'display',
  'sensors',
  'sensors-2',
  'sensors-3',
  'sensors-4',
  'camera',
  'printer',
] as const
export type LoggedDevice = (typeof loggedDevices)[number]

/** Kind of a captured device, which selects codec and driver. */
const loggedKinds = ['rsu', 'barrier', 'display', 'sensors', 'camera', 'printer'] as const
export type LoggedKind = (typeof loggedKinds)[number]

export const loggedKindOf = (device: LoggedDevice): LoggedKind =>
  loggedKinds.find((kind) => kind === device) ?? 'sensors'

const sensorBoards = loggedDevices.filter((device) => loggedKindOf(device) === 'sensors')

/** Null: so many boards of one lane cannot be looked at. */
export const sensorBoardAt = (index: number): LoggedDevice | null => sensorBoards[index] ?? null
