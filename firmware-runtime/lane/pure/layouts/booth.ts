// Clause 7.1.2, enclosed lot with a booth: the lanes of 7.1.1, and an attendant in the middle of the island
// between them, who must not hide a plate from a camera (d) and takes what ETC does not.
import { defineLayout, type LaneLayout, type PicturePart, type SitingClauses } from './layout.ts'
import * as noBooth from './no-booth.ts'

const shared = '7.1.2 a, b'

const island = {
  boothMiddle: '7.1.2 c',
  cameraView: '7.1.2 d',
  laneWidth: noBooth.laneWidth,
  islandWidth: '6.10, A.3',
  islandLength: '6.10, A.3',
  islandHeight: '6.10, A.3',
} as const satisfies SitingClauses
const asNoBooth = ['7.1.2 e, 7.1.1 c', '7.1.2 f, 7.1.1 d', '7.1.2 g, 7.1.1 e'] as const

/** The island is at the driver's left, and the boom's post on it. */
const besideBooth = (lane: LaneLayout, siting: SitingClauses): LaneLayout => ({
  ...lane,
  siting: { ...siting, ...island },
  devices: { ...lane.devices, camera: '7.1.2 a, b, d', barrier: shared, display: shared },
  booth: '7.1.2 a, c',
  picture: {
    ...lane.picture,
    parts: [
      { part: 'booth', at: 300 },
      ...lane.picture.parts.map((one): PicturePart =>
        one.part === 'boom' ? { ...one, from: 'left' } : one,
      ),
    ],
  },
})

const exit = besideBooth(noBooth.exit, noBooth.exitSiting('7.1.2 b, 7.1.1 b', asNoBooth))

export const booth = defineLayout({
  clause: '7.1.2',
  lanes: {
    entry: besideBooth(noBooth.entry, noBooth.entrySiting('7.1.2 a')),
    exit: { ...exit, devices: { ...exit.devices, rsu: '7.1.2 b, e' } },
  },
})
