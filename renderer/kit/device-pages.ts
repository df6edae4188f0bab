// The pages about devices after the first one, each with the call whose answer it shows.
// Every page's head links to all of them; without a lot only those with `bench` are shown.
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
