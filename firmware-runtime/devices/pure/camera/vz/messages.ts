// Messages to a Vzicom camera on TCP 8131, and the meaning of its answers and results. Text is GBK and is decoded
// before it is parsed as JSON (lane-devices.md sections 0 and 1.3).
import { note, type NoteText } from '#base/pure/words/notes.ts'
import iconv from 'iconv-lite'
import type { PlateRead } from '../../lane/plate-read.ts'
import { isWholeJpeg } from '../pictures.ts'
import { cameraText } from '../text.ts'
import { base64Of, bytesOfBase64 } from '#base/pure/data/base64.ts'
import { childOf, type Members, objectOfJson, textOf, wholeOf } from './fields.ts'
import { vzFrame } from './framing.ts'
import { isEncrypted, isOffline, plateReadOf } from './plate-result.ts'
import type { SerialPort } from '../tcp-make.ts'

export type VzRequest =
  | { readonly cmd: 'getsn'; readonly id: string }
  | {
      readonly cmd: 'ivsresult'
      readonly id: string
      readonly enable: boolean
      readonly format: 'json'
      readonly image: boolean
      /** 0 whole picture, 1 clip of the plate, 2 both [assumed]. */
      readonly image_type: 0 | 1 | 2
    }
  | { readonly cmd: 'trigger'; readonly id: string }
  | {
      readonly cmd: 'ioctl'
      readonly io: number
      /** 0 off, 1 on, 2 pulse of `delay` ms. */
      readonly value: 0 | 1 | 2
      readonly delay: number
    }
  | {
      readonly cmd: 'ttransmission'
      readonly subcmd: 'init'
      readonly data: SerialPort
      /** Length of the port name. */
      readonly datalen: number
    }
  | {
      readonly cmd: 'ttransmission'
      readonly subcmd: 'send'
      readonly comm: SerialPort
      readonly data: string
      readonly datalen: number
    }

export const vzRequest = (request: VzRequest): Uint8Array =>
  vzFrame('data', iconv.encode(JSON.stringify(request), 'gbk'))

export const vzHeartbeat: Uint8Array = vzFrame('heartbeat', new Uint8Array(0))

export const vzSerialSend = (port: SerialPort, bytes: Uint8Array): Uint8Array =>
  vzRequest({
    cmd: 'ttransmission',
    subcmd: 'send',
    comm: port,
    data: base64Of(bytes),
    datalen: bytes.length,
  })

export const vzSerialOpen = (port: SerialPort): Uint8Array =>
  vzRequest({ cmd: 'ttransmission', subcmd: 'init', data: port, datalen: port.length })

/** Any message, for a device connected through the camera. */
export const vzAnyMessage = (message: Members): Uint8Array =>
  vzFrame('data', iconv.encode(JSON.stringify(message), 'gbk'))

/** A decoded message. */
export type VzMessage =
  /** Answer to a request of the driver; `ok` also without a code, as in older firmware. */
  | { readonly kind: 'reply'; readonly cmd: string; readonly ok: boolean; readonly value: string }
  | { readonly kind: 'plate'; readonly read: PlateRead; readonly picturesDropped: number }
  /** Serial bytes; port null: not named. */
  | { readonly kind: 'serial'; readonly port: SerialPort | null; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly what: NoteText }

/** JPEGs after the NUL: the whole scene, then the plate crop; the crop is used. */
function pictureIn(
  root: Members,
  binary: Uint8Array,
): { readonly jpeg: Uint8Array | null; readonly dropped: number } {
  const full = Math.max(0, wholeOf(root, 'fullImgSize') ?? 0)
  const clip = Math.max(0, wholeOf(root, 'clipImgSize') ?? 0)
  const all = [binary.subarray(full, full + clip), binary.subarray(0, full)]
  const there = all.filter((bytes) => bytes.length > 0)
  const whole = there.filter(isWholeJpeg)
  const missing = binary.length < full + clip && there.length < Number(full > 0) + Number(clip > 0)
  return {
    jpeg: whole[0]?.slice() ?? null,
    dropped: there.length - whole.length + (missing ? 1 : 0),
  }
}

function resultOf(root: Members, binary: Uint8Array, deviceId: string): VzMessage {
  const result = childOf(root, 'PlateResult')
  if (result === null) return { kind: 'refused', what: note('messageMisses', 'PlateResult') }
  const { jpeg, dropped } = pictureIn(root, binary)
  const read = plateReadOf(result, {
    deviceId,
    record: wholeOf(root, 'id'),
    timeString: textOf(root, 'timeString'),
    history: isOffline(root, result),
    encrypted: isEncrypted(root, result),
    jpeg,
  })
  return { kind: 'plate', read, picturesDropped: dropped }
}

const serialPorts = ['rs485-1', 'rs485-2'] as const

/** Requests name the port as text; replies were seen with the port number as well. */
function portOf(root: Members): SerialPort | null {
  const name = textOf(root, 'comm')
  return (
    serialPorts.find((port) => port === name) ?? serialPorts[wholeOf(root, 'comm') ?? -1] ?? null
  )
}

function serialOf(root: Members): VzMessage | null {
  // The reply to `init` has the port name in the place of the bytes.
  if (/^(?:un)?init$/.test(textOf(root, 'subcmd'))) return null
  const data = textOf(root, 'data')
  const bytes = data === '' ? null : bytesOfBase64(data)
  if (bytes === null) return null
  const length = wholeOf(root, 'datalen')
  if (length !== null && length !== bytes.length)
    return { kind: 'refused', what: note('serialLength', bytes.length, length) }
  return { kind: 'serial', port: portOf(root), bytes }
}

function replyOf(root: Members, cmd: string): VzMessage {
  const code = wholeOf(root, 'state_code')
  const value = ['value', 'sn', 'serialno'].map((name) => textOf(root, name)).find((v) => v !== '')
  return { kind: 'reply', cmd, ok: code === null || code === 200, value: value ?? '' }
}

interface VzSaid {
  readonly message: VzMessage
  /** The message as received; null: no JSON object. */
  readonly root: Members | null
}

/** Never throws, whatever a camera or another sender in its place sends. */
export function vzMessageOf(payload: Uint8Array, deviceId: string): VzSaid {
  // No second byte of a GBK character is 00: the first NUL ends the text.
  const nul = payload.indexOf(0)
  const text = cameraText(nul < 0 ? payload : payload.subarray(0, nul), 'gbk')
  const binary = nul < 0 ? new Uint8Array(0) : payload.subarray(nul + 1)
  const root = objectOfJson(text)
  if (root === null) return { message: { kind: 'refused', what: 'noJsonObject' }, root }
  return { message: meaningOf(root, binary, deviceId), root }
}

function meaningOf(root: Members, binary: Uint8Array, deviceId: string): VzMessage {
  const cmd = textOf(root, 'cmd')
  if (cmd === 'ivs_result' || childOf(root, 'PlateResult') !== null)
    return resultOf(root, binary, deviceId)
  const serial = cmd === 'ttransmission' ? serialOf(root) : null
  if (serial !== null) return serial
  return cmd === '' ? { kind: 'refused', what: note('messageMisses', 'cmd') } : replyOf(root, cmd)
}
