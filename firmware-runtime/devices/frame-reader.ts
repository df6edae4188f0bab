// What a device's room knows about reading its link: bytes of either direction to whole frames with names.
// For people who look and for captures; drivers have their own ears. Bounded as the framing is.

export interface ReadFrame {
  /** Two hex digits, or a word in capitals where a link has no codes: what frames are filtered by. */
  readonly type: string
  readonly name: string
  /** The whole frame as on the link, but for what is left out of it. */
  readonly bytes: Uint8Array
  /** Bytes of pictures, and of what is too long to be read. */
  readonly leftOut?: number
  readonly ok: boolean
  readonly fields: Readonly<Record<string, unknown>>
  readonly reason: string
  /** A poll, or its answer when nothing is new in it; a heartbeat. */
  readonly routine?: true
}

export interface ReadBytes {
  readonly frames: readonly ReadFrame[]
  readonly discardedBytes: number
  /** What was sent says that no more comes of these: they came from the device all the same. */
  readonly receivedBefore?: true
  /** Where a link is more than one connection: the one that counts came or went. */
  readonly link?: { readonly is: 'up' | 'down'; readonly reason: string }
}

export const noBytesRead: ReadBytes = { frames: [], discardedBytes: 0 }

export interface FrameReader {
  /** Bytes that came from the device; `exchange`: in answer to which request, of none: it is over. */
  heard(bytes: Uint8Array, exchange?: string): ReadBytes
  /** Bytes that were sent to it; of an exchange none: nobody waits for its answer any more. */
  said(bytes: Uint8Array, exchange?: string): ReadBytes
  /** An exchange broke. */
  lost?(exchange: string, reason: string): ReadBytes
  /** A timer of the driver: what it held for half a frame may have been none, or a whole one. */
  fired?(timer: string): ReadBytes
  /** The link was cut, or events are missing: counts what was half heard and half said. */
  cut(): { readonly receivedBytes: number; readonly saidBytes: number }
}

type From = 'device' | 'lane'

/** Keeps of each direction what has come of a frame whose rest is still to come. */
export abstract class CarryingReader<
  Found extends { readonly carry: Uint8Array },
> implements FrameReader {
  private rest: Record<From, Uint8Array> = { device: new Uint8Array(), lane: new Uint8Array() }

  /** Whole frames in what was left over and the new bytes. */
  protected abstract unframe(rest: Uint8Array, bytes: Uint8Array, from: From): Found
  protected abstract read(found: Found, from: From): ReadBytes

  heard(bytes: Uint8Array): ReadBytes {
    return this.take(bytes, 'device')
  }

  said(bytes: Uint8Array): ReadBytes {
    return this.take(bytes, 'lane')
  }

  cut(): { readonly receivedBytes: number; readonly saidBytes: number } {
    const { device, lane } = this.rest
    this.rest = { device: new Uint8Array(), lane: new Uint8Array() }
    return { receivedBytes: device.length, saidBytes: lane.length }
  }

  private take(bytes: Uint8Array, from: From): ReadBytes {
    const found = this.unframe(this.rest[from], bytes, from)
    this.rest[from] = found.carry
    return this.read(found, from)
  }
}

/** A kind of frame that may be there, for lists to choose from. */
export interface FrameKind {
  readonly code: string
  readonly name: string
  readonly from: 'device' | 'pc' | 'both'
}

export const frameCode = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0')

export const frameKindFrom = (from: 'lane' | 'device' | 'both'): FrameKind['from'] =>
  from === 'lane' ? 'pc' : from
