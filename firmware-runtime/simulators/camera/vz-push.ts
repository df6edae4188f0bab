// A push in the format of Vzicom cameras: one JSON document with the pictures in base64, and a form as heartbeat
// (lane-devices.md 1.4). The form holds the camera's password as plain text.
import { parsed } from '#base/pure/data/json.ts'
import type { PushStyle } from './push-style.ts'
import { multipartBody, multipartPart } from './multipart.ts'
import { picturesOf } from './sighting.ts'
import { vzTimeOf } from './spelled-time.ts'
import { vzColourType } from './served/vz-codes.ts'

const text = new TextEncoder()
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

export const vzContentType = 'application/json'

export const vzPush =
  (serial: string): PushStyle =>
  ({ sighting, history, reordered }) => {
    const { id, plate, plateState, colour, confidence } = sighting
    const pictures = picturesOf(sighting)
    const files =
      pictures === null
        ? {}
        : { imageFile: base64(pictures.car), imageFragmentFile: base64(pictures.plate) }
    const said = {
      license: plateState === 'none' ? '_无_' : (plate ?? ''),
      confidence,
      colorType: vzColourType[colour],
      type: plateState === 'none' ? 31 : 1,
      direction: 4,
      triggerType: 8,
      plateid: id,
      isoffline: history ? 1 : 0,
      ...vzTimeOf(sighting),
    }
    const PlateResult = reordered ? { ...files, ...said } : { ...said, ...files }
    const ipaddr = '192.0.2.66'
    const alarm = {
      channel: 0,
      deviceName: 'IVS',
      ipaddr,
      serialno: serial,
      result: { PlateResult },
    }
    const body = text.encode(JSON.stringify({ AlarmInfoPlate: alarm }))
    return {
      parts: [{ name: 'AlarmInfoPlate', contentType: vzContentType, contentId: null, bytes: body }],
      body,
    }
  }

/** The effect of an answer on the camera. */
interface VzAnswer {
  /** The push counts as delivered. */
  readonly taken: boolean
  /** `info: ok` opens the gate. */
  readonly opens: boolean
}

/** Judges an answer as a camera does: without a body the push is repeated. */
export function judgeVzAnswer(status: number, body: string, history: boolean): VzAnswer {
  const none = { taken: false, opens: false }
  if (status < 200 || status >= 300) return none
  const reply = (parsed(body) as { Response_AlarmInfoPlate?: Record<string, unknown> } | null)
    ?.Response_AlarmInfoPlate
  if (reply === undefined) return none
  const more = reply['ContinuePushOffline'] as { continue?: unknown } | undefined
  // Offline records continue only on request.
  const goesOn = !history || more?.continue === 1
  return { taken: reply['content'] === 'retransfer_stop' && goesOn, opens: reply['info'] === 'ok' }
}

export const vzFormBoundary = 'vzform'

/** Heartbeat and registration in one shape. */
export function vzForm(serial: string): Uint8Array {
  const fields = {
    device_name: 'IVS',
    ipaddr: '192.0.2.66',
    port: '80',
    user_name: 'admin',
    pass_wd: 'Simulated1',
    serialno: serial,
    channel_num: '1',
  }
  const parts = Object.entries(fields).map(([name, value]) =>
    multipartPart(
      vzFormBoundary,
      [`Content-Disposition: form-data; name="${name}"`],
      text.encode(value),
    ),
  )
  return multipartBody(vzFormBoundary, parts)
}
