// What the folder of a camera make with a TCP protocol declares: its link, its driver, its captures, its profiles.
// tcp-makes.ts, generated from the folders, is the table of them.
import type { Driver, DriverEvent } from '../driver.ts'
import type { FrameKind, FrameReader } from '../frame-reader.ts'
import type { DownText } from '#base/pure/words/notes.ts'
import type { CameraEffect } from './camera-driver.ts'
import type { PictureSpan } from './picture-gaps.ts'

/** Serial ports that such a camera carries. */
export const serialPorts = ['rs485-1', 'rs485-2'] as const
export type SerialPort = (typeof serialPorts)[number]

export type CameraCommand =
  /** Moves a relay of the camera: `pulse` for `delayMs`. */
  | {
      readonly type: 'relay'
      readonly io: 0 | 1 | 2 | 3
      readonly value: 'off' | 'on' | 'pulse'
      readonly delayMs: number
    }
  /** Takes a picture now, as if a car had come. */
  | { readonly type: 'trigger' }
  /** Emits the bytes of that port from now on, also after a reconnect. */
  | { readonly type: 'serialOpen'; readonly port: SerialPort }
  /** A message from a device connected through the camera. */
  | { readonly type: 'message'; readonly message: Readonly<Record<string, unknown>> }
  | { readonly type: 'serialSend'; readonly port: SerialPort; readonly bytes: Uint8Array }

export type TcpEffect =
  | CameraEffect
  | { readonly do: 'send'; readonly bytes: Uint8Array }
  | { readonly do: 'dropLink'; readonly reason: DownText }

/** Finds the positions of pictures in the bytes fed to it, chunk by chunk. */
export interface PictureFinder {
  feed(bytes: Uint8Array): readonly PictureSpan[]
  /** The bytes held as a possible frame are not a frame. */
  resync(): void
  cut(): void
}

/** Vendor state `S` is known to the folder alone. */
export interface TcpMake<S = unknown> {
  /** Scheme of its links. */
  readonly name: string
  /** TCP port when the link has none. */
  readonly port: number
  /** Its name in captures and in the console. */
  readonly variant: string
  /** Protocol of its profiles. */
  readonly profile: string
  /** None of its models states the time of a reading. */
  readonly isTimeless?: true
  readonly types: readonly FrameKind[]
  reader(): FrameReader
  pictures(): PictureFinder
  /** `address` names the camera until it has sent its device id. */
  driver(address: string): Driver<S, DriverEvent<CameraCommand>, TcpEffect>
}

export const defineTcpMake = <S>(make: TcpMake<S>): TcpMake => make as unknown as TcpMake
