// The link of a display: a wire of its own, or a serial port behind the camera of its lane.
import { checkWire, defineLaneDevice } from '../lane-device.ts'
import { displayConfigOf, standardDisplay } from './olm/config.ts'

const shape =
  /^(tcp:\/\/[^\s/?]+:\d{1,5}|serial:[^?\s]+|camera:rs485-[12]|sim:[\w-]+)(\?[\w=&.-]*)?$/

export const display = defineLaneDevice({
  hasShape: (url) => shape.test(url),
  check(url, field) {
    checkWire(url, field)
    displayConfigOf(url, field, standardDisplay)
  },
})
