// Spaces of a street for tests of the window: one with a car, one whose camera was turned, one that was never looked at.
import type { SpaceRow } from '../../firmware-runtime/api/sensors-views.ts'

const free: SpaceRow = {
  spaceId: 'A01',
  street: '民族大道',
  state: 'free',
  sinceIso: '2026-11-20T08:00:00+08:00',
  heardIso: '2026-11-20T08:30:00+08:00',
  doubt: null,
  photo: null,
  sourceId: 'road',
  isCamera: true,
  preset: null,
  stay: null,
}

export const spaceRows: readonly SpaceRow[] = [
  { ...free, state: 'occupied', stay: { stayId: 'n1-S9', plate: '测A12345' } },
  { ...free, spaceId: 'A02', state: 'unknown', sinceIso: null, doubt: 'turned' },
  {
    ...free,
    spaceId: 'A03',
    state: 'unknown',
    sinceIso: null,
    heardIso: null,
    sourceId: 'mag',
    isCamera: false,
  },
]
