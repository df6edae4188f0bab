// Machine access for finding devices: serial ports, their users, network cards.
// A recorded list can stand in for the machine's own, in tests and in support.
import type { NetCard as Card } from '../pure/find/subnet.ts'

export type { Card }
export type { FoundCamera } from '../pure/find/found-camera.ts'

export interface SeenPort {
  /** Name in a link: `/dev/ttyUSB0`, `COM3`. */
  readonly path: string
  /** A name that stays when the cable is plugged elsewhere, where the system has one. */
  readonly stablePath: string | null
  readonly usb: {
    /** Four lower-case hex digits. */
    readonly vendorId: string
    readonly productId: string
    readonly serialNumber: string
    readonly manufacturer: string
  } | null
}

/** A HID device as the system lists it; what it is used for is its profile's business. */
export interface SeenHid {
  /** Four lower-case hex digits. */
  readonly vendorId: string
  readonly productId: string
  readonly manufacturer: string
  readonly product: string
  readonly usagePage: number | null
  readonly usage: number | null
  /** Link by which a lot uses it as a scanner; null: not a usable scanner. */
  readonly link: string | null
}

/** A printer of the printer class of USB, as the kernel has it. */
export interface SeenPrinter {
  readonly link: string
  readonly path: string
  readonly vendorId: string
  readonly productId: string
  readonly serialNumber: string
  readonly manufacturer: string
}

export interface PortHolder {
  readonly pid: number
  readonly name: string
}

/** A USB bridge whose port is gone because a program has claimed it. */
export interface TakenBridge {
  readonly by: PortHolder
  readonly usb: { readonly vendorId: string; readonly productId: string }
}

/** Obstacle to opening a port, known before trying. */
export type PortState =
  | { readonly is: 'free' }
  | { readonly is: 'absent'; readonly taken: TakenBridge | null }
  | { readonly is: 'held'; readonly by: PortHolder | null }
  | { readonly is: 'forbidden' }

export interface FindMachine {
  ports(): Promise<readonly SeenPort[]>
  portState(path: string): PortState
  /** Running programs of the system that are known to take serial adapters. */
  takers(): readonly PortHolder[]
  cards(): readonly Card[]
}

/** A computer that announces itself as a lane's. */
export interface FoundLanePc {
  readonly name: string
  readonly address: string
  readonly host: string
  readonly lotId: string
  readonly nodeId: string
  readonly version: string
}
