// Clause 7.1.2, enclosed lot with a booth: the lanes of 7.1.1, and an attendant in the middle of the island
// between them, who must not hide a plate from a camera (d) and takes what ETC does not.
import type { LaneLayout, Layout, PicturePart } from './layout.ts'
import * as noBooth from './no-booth.ts'

const shared = '7.1.2 a, b'

/** The island is at the driver's left, and the boom's post on it. */
const besideBooth = (lane: LaneLayout): LaneLayout => ({
  ...lane,
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

const exit = besideBooth(noBooth.exit)

export const booth: Layout = {
  entry: besideBooth(noBooth.entry),
  exit: { ...exit, devices: { ...exit.devices, rsu: '7.1.2 b, e' } },
}
