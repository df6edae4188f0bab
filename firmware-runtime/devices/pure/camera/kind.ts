// The link of a camera: checked by a reader whose refusals contain no password.
import { defineLaneDevice } from '../lane-device.ts'
import { parseCameraLink } from './camera-link.ts'

export const camera = defineLaneDevice({
  hasShape: () => true,
  check: (url, field) => void parseCameraLink(url, field),
})
