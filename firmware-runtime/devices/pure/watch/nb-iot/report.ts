// Reports of magnetic sensors over NB-IoT, pushed by the operator's platform or put on a broker (lane-devices.md 4.3):
// `parking_state` 1 is occupied, `Send_cnt` a counter, `ptime` the device's clock.
import { note } from '#base/pure/words/notes.ts'
import { bareReport, type SpaceRead } from '../../spaces/report.ts'
import { child, countOf, fieldsOf, idOf, numberOf } from '../fields.ts'

/** 2000 to 2200: a clock outside this range was never set. */
const timeMinMs = 946_684_800_000
const timeMaxMs = 7_258_118_400_000

export function nbIotReport(_topic: string, bytes: Uint8Array): SpaceRead {
  const message = fieldsOf(bytes)
  if (message === null) return { ok: false, reason: 'noJsonObject' }
  if (message['messageType'] !== 'dataReport') return { ok: false, reason: 'notAReport' }
  const deviceId = idOf(message, 'deviceId')
  const payload = child(message, 'payload')
  if (deviceId === null || payload === null) return { ok: false, reason: 'noDevicePayload' }
  const state = countOf(payload, 'parking_state')
  if (state !== 0 && state !== 1)
    return { ok: false, reason: note('notZeroOrOne', 'parking_state') }
  return {
    ok: true,
    reports: [
      {
        ...bareReport,
        deviceId,
        occupied: state === 1,
        deviceAtMs: numberOf(payload, 'ptime', timeMinMs, timeMaxMs),
        seq: countOf(payload, 'Send_cnt'),
        batteryV: numberOf(payload, 'battery_voltage', 0, 60),
        rssiDbm: numberOf(payload, 'Signal_Power', -200, 0),
      },
    ],
  }
}
