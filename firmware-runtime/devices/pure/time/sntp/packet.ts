// The 48 bytes of SNTP (RFC 4330, RFC 5905), with times as milliseconds since 1970 with fractions. An NTP era ends on
// 2036-02-07: the highest bit of the seconds selects the era.

const packetBytes = 48
/** 1900 to 1970, s. */
const unixOffsetSec = 2_208_988_800
const eraSec = 0x1_0000_0000
/** From this value on seconds belong to 1968 to 2036, below it to 2036 to 2104 (RFC 4330, section 3). */
const eraTurnSec = 0x8000_0000
/** LI 0, version 4, mode 3 (client). */
const clientByte = 0x23

export interface SntpPacket {
  readonly leap: number
  readonly version: number
  readonly mode: number
  readonly stratum: number
  readonly rootDelayMs: number
  readonly rootDispersionMs: number
  /** Four bytes as received, hex. */
  readonly referenceId: string
  /** Eight bytes as received, hex: the time stamp of our request. */
  readonly originate: string
  /** T2: the server's clock when our request arrived; null: not set. */
  readonly receiveMs: number | null
  /** T3: the server's clock when it answered; null: not set. */
  readonly transmitMs: number | null
}

const hex = (bytes: Uint8Array): string =>
  [...bytes]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()

/** A time as seconds and a fraction of 2^32, era 0 or 1. */
export function timestampOf(atMs: number): Uint8Array {
  const whole = Math.floor(atMs / 1000)
  const out = new Uint8Array(8)
  const view = new DataView(out.buffer)
  const seconds = (whole + unixOffsetSec) % eraSec
  view.setUint32(0, seconds < 0 ? seconds + eraSec : seconds)
  view.setUint32(4, Math.floor(((atMs - whole * 1000) / 1000) * eraSec))
  return out
}

/** Null: not set. */
function timeAt(view: DataView, at: number): number | null {
  const [seconds, fraction] = [view.getUint32(at), view.getUint32(at + 4)]
  if (seconds === 0 && fraction === 0) return null
  const era = seconds >= eraTurnSec ? 0 : 1
  return (seconds + era * eraSec - unixOffsetSec) * 1000 + (fraction / eraSec) * 1000
}

export interface SntpRequest {
  readonly bytes: Uint8Array
  /** Time stamp that an answer must repeat. */
  readonly originate: string
}

/** `noise` replaces the digits below a millisecond, so that only a receiver of the request can answer it. */
export function requestAt(atMs: number, noise: Uint8Array = new Uint8Array(2)): SntpRequest {
  const bytes = new Uint8Array(packetBytes)
  bytes[0] = clientByte
  const stamp = timestampOf(atMs)
  stamp.set(noise.subarray(0, 2), 6)
  bytes.set(stamp, 40)
  return { bytes, originate: hex(stamp) }
}

/** Signed 16.16 fixed-point seconds. */
const shortMs = (view: DataView, at: number): number => (view.getInt32(at) / 65_536) * 1000

/** Null: too short; bytes after the first 48 (a key, an extension) are ignored. */
export function readPacket(bytes: Uint8Array): SntpPacket | null {
  if (bytes.length < packetBytes) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, packetBytes)
  const head = view.getUint8(0)
  return {
    leap: head >> 6,
    version: (head >> 3) & 7,
    mode: head & 7,
    stratum: view.getUint8(1),
    rootDelayMs: shortMs(view, 4),
    rootDispersionMs: shortMs(view, 8),
    referenceId: hex(bytes.subarray(12, 16)),
    originate: hex(bytes.subarray(24, 32)),
    receiveMs: timeAt(view, 32),
    transmitMs: timeAt(view, 40),
  }
}
