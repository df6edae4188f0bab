// What the folder of a camera that is spoken to over TCP says to the rest of the program: its link, its driver,
// its captures, its profiles. tcp-makes.ts, written from the folders, is the table of them.
import type { Driver, DriverEvent } from '../driver.ts'
import type { FrameKind, FrameReader } from '../frame-reader.ts'
import type { DownText } from '../../core/values/notes.ts'
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
  /** A picture is taken now, as if a car had come. */
  | { readonly type: 'trigger' }
  /** From now on, also after a reconnect, bytes of that port are told. */
  | { readonly type: 'serialOpen'; readonly port: SerialPort }
  /** For what speaks through the camera in messages of its own. */
  | { readonly type: 'message'; readonly message: Readonly<Record<string, unknown>> }
  | { readonly type: 'serialSend'; readonly port: SerialPort; readonly bytes: Uint8Array }

export type TcpEffect =
  | CameraEffect
  | { readonly do: 'send'; readonly bytes: Uint8Array }
  | { readonly do: 'dropLink'; readonly reason: DownText }

/** Finds the pictures in what is fed, chunk by chunk. */
export interface PictureFinder {
  feed(bytes: Uint8Array): readonly PictureSpan[]
  /** What was held for a frame is none after all. */
  resync(): void
  cut(): void
}

/** Vendor state `S` is the folder's own. */
export interface TcpMake<S = unknown> {
  /** Scheme of its links. */
  readonly name: string
  /** Where a link names none. */
  readonly port: number
  /** Its name in captures and in the console. */
  readonly variant: string
  /** Protocol of its profiles. */
  readonly profile: string
  readonly types: readonly FrameKind[]
  reader(): FrameReader
  pictures(): PictureFinder
  /** `address` names the camera until it told who it is. */
  driver(address: string): Driver<S, DriverEvent<CameraCommand>, TcpEffect>
}

export const defineTcpMake = <S>(make: TcpMake<S>): TcpMake => make as unknown as TcpMake
