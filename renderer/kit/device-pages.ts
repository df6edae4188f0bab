// The pages about devices beside the first one, each with the call that it shows the answer of.
// The head of each of them has them all; without a lot those that one device alone answers.
import type { ApiName } from '../../firmware-runtime/api/table.ts'

interface Seat {
  readonly mode: string | null
  can(name: ApiName): boolean
}

const devicePages = [
  { page: 'settings', to: '/devices', keys: '', reads: 'device.settings', bench: true },
  { page: 'find', to: '/devices/find', keys: 'F4', reads: 'find.ports', bench: true },
  { page: 'frames', to: '/devices/frames', keys: '', reads: 'device.frames', bench: true },
  { page: 'tune', to: '/devices/tune', keys: '', reads: 'tune.get', bench: true },
  { page: 'safety', to: '/devices/safety', keys: '', reads: 'device.settings', bench: false },
  { page: 'workshop', to: '/devices/workshop', keys: '', reads: 'device.frames', bench: false },
  { page: 'places', to: '/devices/places', keys: '', reads: 'place.state', bench: false },
] as const

export const devicePagesFor = ({ mode, can }: Seat) =>
  devicePages.filter(({ reads, bench }) => can(reads) && (mode !== 'workbench' || bench))

export const isDevicePage = (path: string): boolean => devicePages.some(({ to }) => to === path)
