// The kinds of things that a device profile may describe.
// Names are folders of the library: `<kind>/<vendor-or-generic>/<model>.json`.

export const deviceKinds = [
  'rsu',
  'roadside-camera',
  'high-camera',
  'barrier',
  'display',
  'loop',
  'radar',
  'geomagnetic',
  'etc-pile',
  'handheld',
  'patrol-car',
  'time-server',
  'safety-island',
  'sign',
  'instrument',
  'modem',
  'scanner',
  'printer',
] as const
export type DeviceKind = (typeof deviceKinds)[number]

export const isDeviceKind = (text: string): text is DeviceKind =>
  deviceKinds.some((kind) => kind === text)
