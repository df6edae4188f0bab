// The link of a barrier: its own relay board, or a gate on the output of a camera.
import { isProfileId, linkQuery, profileShape } from '../link-query.ts'
import { checkWire, defineLaneDevice, wireShape } from '../lane-device.ts'
import { isGateLink, parseGateLink } from './camera-output/gate-link.ts'
import { standardBarrier } from './modbus-relay/config.ts'
import { boardLinkOf } from './modbus-relay/link.ts'

export const barrier = defineLaneDevice({
  hasShape: (url) => isGateLink(url) || wireShape.test(url),
  check(url, field) {
    checkWire(url, field)
    if (isGateLink(url)) parseGateLink(url, field)
    else boardLinkOf(url, field, standardBarrier)
  },
  nameFault(url) {
    const given = linkQuery(url, 'profile')
    return given === null || isProfileId(given) ? null : profileShape
  },
})
