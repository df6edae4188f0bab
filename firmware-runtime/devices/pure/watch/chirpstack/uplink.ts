// Uplinks of a LoRaWAN network server over MQTT: `application/ID/device/EUI/event/up`, JSON with the payload. The
// device in the topic must equal the one in the message.
import { bareReport, type SpaceRead } from '../../spaces/report.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import { bytesOfBase64 } from '#base/pure/data/base64.ts'
import { child, countOf, fieldsOf, idOf, numberOf, type Fields } from '../fields.ts'
import { boschPls } from './bosch-pls.ts'

export const uplinkTopic = (application: string): string =>
  `application/${application}/device/+/event/up`

const topicShape = /^application\/[^/]+\/device\/([0-9a-f]{16})\/event\/up$/i

/** Reception at the gateway with the best signal. */
function radioOf(message: Fields): {
  readonly rssiDbm: number | null
  readonly snrDb: number | null
} {
  const receptions = Array.isArray(message['rxInfo']) ? message['rxInfo'].slice(0, 32) : []
  let best: { rssiDbm: number; snrDb: number | null } | null = null
  for (const one of receptions) {
    const fields = child({ one }, 'one')
    const rssiDbm = fields === null ? null : numberOf(fields, 'rssi', -200, 20)
    if (fields === null || rssiDbm === null || (best !== null && best.rssiDbm >= rssiDbm)) continue
    best = { rssiDbm, snrDb: numberOf(fields, 'snr', -60, 60) }
  }
  return best ?? { rssiDbm: null, snrDb: null }
}

const timeOf = (message: Fields): number | null => {
  const { time } = message
  return typeof time === 'string' && time.length <= 40 ? parseIso(time) : null
}

export function boschUplink(topic: string, bytes: Uint8Array): SpaceRead {
  const eui = topicShape.exec(topic)?.[1]?.toLowerCase()
  if (eui === undefined) return { ok: false, reason: 'otherTopic' }
  const message = fieldsOf(bytes)
  if (message === null) return { ok: false, reason: 'noJsonObject' }
  const device = child(message, 'deviceInfo')
  const named = device === null ? null : idOf(device, 'devEui')
  if (named?.toLowerCase() !== eui) return { ok: false, reason: 'otherDevice' }
  const port = countOf(message, 'fPort')
  const text = message['data']
  const data = typeof text === 'string' && text.length <= 512 ? bytesOfBase64(text) : null
  const read = port === null || data === null ? null : boschPls(port, data)
  if (read === null) return { ok: false, reason: 'noSpaceState' }
  return {
    ok: true,
    reports: [
      {
        ...bareReport,
        deviceId: eui,
        occupied: read.occupied,
        deviceAtMs: timeOf(message),
        seq: countOf(message, 'fCnt'),
        restarted: read.restarted,
        ...radioOf(message),
        celsius: read.celsius,
      },
    ],
  }
}
