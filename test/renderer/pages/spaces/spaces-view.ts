// Spaces of streets for tests of the window: one with a car, one whose camera was turned, one that was never looked at;
// and long streets with cars of every state.
import type { SpaceRow } from '#lane/calls/sensors-views.ts'
import type { StayEvidence } from '#lane/pure/open/stay-evidence.ts'

const free: SpaceRow = {
  spaceId: 'A01',
  street: '民族大道',
  state: 'free',
  sinceIso: '2026-03-14T08:00:00+08:00',
  heardIso: '2026-03-14T08:30:00+08:00',
  doubt: null,
  photo: null,
  sourceId: 'road',
  isCamera: true,
  preset: null,
  stay: null,
}

const stay: NonNullable<SpaceRow['stay']> = {
  stayId: 'n1-S9',
  plate: '测A12345',
  enteredAtIso: '2026-03-14T08:00:00+08:00',
  isRead: true,
  dueFen: 300,
  overIso: null,
}

export const spaceRows: readonly SpaceRow[] = [
  { ...free, state: 'occupied', stay },
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

const plates = ['测A12345', '测B6G7H8', null, '测AD12345'] as const
const states = ['occupied', 'free', 'occupied', 'unknown', 'occupied', 'occupied'] as const

/** Streets of this many spaces each, in every state. */
export const longStreets = (streets: number, spaces: number): readonly SpaceRow[] =>
  Array.from({ length: streets * spaces }, (_, i): SpaceRow => {
    const [n, at] = [Math.floor(i / spaces), i % spaces]
    const letter = String.fromCharCode(65 + n)
    const spaceId = `${letter}${String(at + 1).padStart(3, '0')}`
    const state = states[i % states.length] ?? 'free'
    const row = { ...free, spaceId, street: `民族大道${letter}段`, state }
    if (state === 'free') return row
    if (state === 'unknown') return { ...row, sinceIso: null, doubt: 'blind' }
    const plate = plates[i % plates.length] ?? null
    const enteredAtIso = `2026-03-14T0${i % 9}:${String(10 + (i % 49))}:00+08:00`
    const overIso = i % 20 === 4 ? '2026-03-14T09:00:00+08:00' : null
    const dueFen = 300 + 100 * (i % 17)
    const own = { stayId: `n1-S${i}`, plate, enteredAtIso, isRead: plate !== null, dueFen, overIso }
    return { ...row, stay: own }
  })

/** The evidence of the car in A01: a sensor saw it come, a handheld read it, and it has not left. */
export const evidence: StayEvidence = {
  items: [
    {
      what: 'arrived',
      atIso: '2026-03-14T08:00:00+08:00',
      by: { zh: '泊位相机 road', en: 'Space camera road' },
      photo: 'p-in',
      position: null,
      text: { zh: '报告泊位 A01 有车', en: 'reported a car in space A01' },
    },
    {
      what: 'reading',
      atIso: '2026-03-14T08:04:00+08:00',
      by: { zh: '手持机1,李四', en: 'Handheld 1, 李四' },
      photo: null,
      position: { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000, accuracyMm: 3_000 },
      text: { zh: '在泊位读到 OBU', en: 'read the OBU at the space' },
    },
  ],
  missing: [
    { what: 'departurePicture', text: { zh: '没有离开照片', en: 'No picture at departure' } },
  ],
}
