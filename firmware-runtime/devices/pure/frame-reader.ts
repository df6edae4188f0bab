// Interface for reading the link of a device: bytes of either direction to whole frames with names. For people and
// captures; drivers have their own decoders. Bounded like the framing.

export interface ReadFrame {
  /** Two hex digits, or a word in capitals on a link without codes: the key of frame filters. */
  readonly type: string
  readonly name: string
  /** The whole frame as on the link, without the bytes left out. */
  readonly bytes: Uint8Array
  /** Number of bytes of pictures, or too long to be read. */
  readonly leftOut?: number
  readonly ok: boolean
  readonly fields: Readonly<Record<string, unknown>>
  readonly reason: string
  /** A poll, its answer without news, or a heartbeat. */
  readonly routine?: true
}

export interface ReadBytes {
  readonly frames: readonly ReadFrame[]
  readonly discardedBytes: number
  /** The sent bytes show that these received bytes are complete; they came from the device before. */
  readonly receivedBefore?: true
  /** On a link of several connections: the main one opened or closed. */
  readonly link?: { readonly is: 'up' | 'down'; readonly reason: string }
}

export const noBytesRead: ReadBytes = { frames: [], discardedBytes: 0 }

export interface FrameReader {
  /** Bytes from the device; `exchange`: the request they answer; empty bytes: the exchange is over. */
  heard(bytes: Uint8Array, exchange?: string): ReadBytes
  /** Bytes sent to it; empty bytes of an exchange: its answer is not awaited any more. */
  said(bytes: Uint8Array, exchange?: string): ReadBytes
  /** An exchange broke. */
  lost?(exchange: string, reason: string): ReadBytes
  /** A timer of the driver fired: its half frame may be no frame, or a complete one. */
  fired?(timer: string): ReadBytes
  /** The link was cut, or events are missing: returns the number of incomplete bytes of each direction. */
  cut(): { readonly receivedBytes: number; readonly saidBytes: number }
}

type From = 'device' | 'lane'

/** Keeps the incomplete frame of each direction. */
export abstract class CarryingReader<
  Found extends { readonly carry: Uint8Array },
> implements FrameReader {
  private rest: Record<From, Uint8Array> = { device: new Uint8Array(), lane: new Uint8Array() }

  /** Whole frames in the rest and the new bytes. */
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

/** A kind of frame that may occur, for a filter list. */
export interface FrameKind {
  readonly code: string
  readonly name: string
  readonly from: 'device' | 'pc' | 'both'
}

export const frameCode = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0')

export const frameKindFrom = (from: 'lane' | 'device' | 'both'): FrameKind['from'] =>
  from === 'lane' ? 'pc' : from
