// What a Vzicom camera pushes over HTTP, and how it is answered (lane-devices.md 1.4). The answer could open the gate;
// ours never does: the lane decides later, by its own command.
import { note, type NoteText } from '#base/pure/words/notes.ts'
import type { PlateRead } from '../../lane/plate-read.ts'
import { isWholeJpeg } from '../pictures.ts'
import { bytesOfBase64 } from '#base/pure/data/base64.ts'
import { childOf, type Members, objectOfJson, textOf, wholeOf } from './fields.ts'
import { isEncrypted, isOffline, plateReadOf } from './plate-result.ts'

export type VzPush = {
  /** JSON; a camera that gets no body repeats the push for ever. */
  readonly reply: string
} & (
  | { readonly kind: 'plate'; readonly read: PlateRead; readonly picturesDropped: number }
  /** Registration, heartbeat, input change or serial bytes: the camera is alive; the lane gets nothing. */
  | { readonly kind: 'keepAlive' }
  | { readonly kind: 'refused'; readonly what: NoteText }
)

/** The answer to every message that is not a plate. */
export const vzAlive = JSON.stringify({ status: 'ok' })

/**
 * `info: no` does not open the gate; `retransfer_stop` confirms receipt; the camera sends its next offline record only
 * when the answer asks for it.
 */
function replyTo(plateid: number | null, history: boolean): string {
  const number = plateid === null ? {} : { plateid }
  const next = history ? { ContinuePushOffline: { ...number, continue: 1 } } : {}
  return JSON.stringify({
    Response_AlarmInfoPlate: {
      info: 'no',
      content: 'retransfer_stop',
      is_pay: 'false',
      ...number,
      ...next,
    },
  })
}

/** Serial number; without a valid one `ip:` and the address, or `vz:unnamed`. */
function deviceIdOf(alarm: Members): string {
  const serial = textOf(alarm, 'serialno')
  if (/^[\w.:-]{1,64}$/.test(serial)) return serial
  const ip = textOf(alarm, 'ipaddr')
  return /^[0-9a-fA-F.:]{3,45}$/.test(ip) ? `ip:${ip}` : 'vz:unnamed'
}

/** The plate crop if present, else the whole scene, each in base64. */
function pictureOf(
  result: Members,
  decoded: ReadonlyMap<string, Uint8Array>,
): { readonly jpeg: Uint8Array | null; readonly dropped: number } {
  let dropped = 0
  for (const name of ['imageFragmentFile', 'imageFile']) {
    const text = textOf(result, name)
    if (text === '') continue
    const bytes = decoded.get(text) ?? bytesOfBase64(text)
    if (bytes !== null && isWholeJpeg(bytes)) return { jpeg: bytes, dropped }
    dropped++
  }
  return { jpeg: null, dropped }
}

/** What firmware calls a message without a plate, and the members of its heartbeat. */
const alive = new Set([
  ...['AlarmGioIn', 'SerialData', 'heartbeat', 'device_name', 'deviceName', 'ipaddr', 'port'],
  ...['user_name', 'pass_wd', 'serialno', 'channel_num', 'channel', 'cmd', 'id', 'timeStamp'],
])
const levelsMax = 3

/** The message around a plate, whatever its name, and its result; null: no plate in it. */
function plateIn(around: Members, levels: number): { alarm: Members; result: Members } | null {
  const inner = childOf(around, 'result')
  const result = childOf(inner ?? around, 'PlateResult') ?? childOf(around, 'PlateResult')
  if (result !== null) return { alarm: around, result }
  if (levels === 0) return null
  for (const name of Object.keys(around)) {
    const one = childOf(around, name)
    const found = one === null ? null : plateIn(one, levels - 1)
    if (found !== null) return found
  }
  return null
}

function plateOf(
  { alarm, result }: { readonly alarm: Members; readonly result: Members },
  decoded: ReadonlyMap<string, Uint8Array>,
): VzPush {
  const record = wholeOf(result, 'plateid')
  const history = isOffline(alarm, childOf(alarm, 'result'), result)
  const { jpeg, dropped } = pictureOf(result, decoded)
  const read = plateReadOf(result, {
    deviceId: deviceIdOf(alarm),
    record,
    timeString: textOf(alarm, 'timeString'),
    history,
    encrypted: isEncrypted(alarm, result),
    jpeg,
  })
  return { kind: 'plate', read, picturesDropped: dropped, reply: replyTo(record, history) }
}

/**
 * Never throws, whatever a camera or another sender in its place sends. `decoded`: pictures that were removed from the
 * text on arrival, by their placeholder.
 */
export function vzPushOf(
  text: string,
  decoded: ReadonlyMap<string, Uint8Array> = new Map(),
): VzPush {
  const root = objectOfJson(text)
  if (root === null) return { kind: 'refused', what: 'noJsonObject', reply: vzAlive }
  const found = plateIn(root, levelsMax)
  if (found !== null) return plateOf(found, decoded)
  const unknown = Object.keys(root).find((name) => !alive.has(name))
  if (unknown === undefined) return { kind: 'keepAlive', reply: vzAlive }
  const what =
    unknown === 'AlarmInfoPlate'
      ? note('messageMisses', 'PlateResult')
      : note('memberIs', 'message', unknown.slice(0, 40))
  return { kind: 'refused', what, reply: vzAlive }
}
