// The kinds of things that a device profile may describe, and how sure a profile is of itself.
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

/** From judgement over paper and simulation to a unit that was held in hand. */
export const profileStatuses = ['assumed', 'documented', 'simulated', 'verified-on-unit'] as const
export type ProfileStatus = (typeof profileStatuses)[number]

export const isDeviceKind = (text: string): text is DeviceKind =>
  deviceKinds.some((kind) => kind === text)
