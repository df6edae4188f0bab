// What an RSU tells about itself and takes as settings, apart from what it tells about cars.
// Lanes never see this; it is for people who set a device up (rsu-interface.md 2.2 to 2.4).
import type { MovedSetting } from '../configure/migrate.ts'
import type { DeviceSettings } from '../configure/setting.ts'
import type { WriteResult } from '../configure/trial.ts'

export interface RsuIdentity {
  /** Hex as the device sent it; empty where its frames carry none. */
  readonly manufacturer: string
  readonly rsuId: string
  readonly softwareVersion: string
  readonly psams: readonly {
    readonly terminal: string
    /** Null where the frame does not say. */
    readonly authorised: boolean | null
  }[]
}

export interface AntennaReading {
  readonly antennaId: number
  /** Word of the variant's code table; `ok` is well. */
  readonly state: string
  /** 0 is 5.830 GHz, 1 is 5.840 GHz. */
  readonly channel: number
  readonly powerStep: number
}

/** What became of a frame that a person wanted to send. */
export type AskResult =
  | 'sent'
  /** Not of the list, or its fields do not make one. */
  | 'refused'
  /** A car is there, or settings are on their way. */
  | 'busy'
  | 'down'

/** Why an antenna gave no answer about its PSAM. `none`: its frames carry no authorisation. */
export type PsamSilence = 'none' | 'down' | 'busy' | 'silent' | 'refused'

/** What a card gave for its authorisation: its serial number (20 digits) and 8 random bytes in hex. */
export interface PsamRandom {
  readonly psamNo: string
  readonly random: string
}

export interface PsamReply {
  /** 4 hex; 9000 is success. */
  readonly statusWord: string
}

export type RsuDeviceEvent =
  | {
      readonly type: 'psamRandom'
      readonly terminal: string
      readonly got: PsamRandom | PsamSilence
    }
  | {
      readonly type: 'psamApplied'
      readonly terminal: string
      readonly got: PsamReply | PsamSilence
    }
  | { readonly type: 'identity'; readonly identity: RsuIdentity }
  | { readonly type: 'antennas'; readonly antennas: readonly AntennaReading[] }
  | { readonly type: 'asked'; readonly id: string; readonly result: AskResult }
  | { readonly type: 'configured'; readonly id: string; readonly result: WriteResult }
  /** Nobody knows what the antenna has, and it does not tell: nothing is written until a person says. */
  | { readonly type: 'asks' }
  /** What the first C0 will carry: `told` by the antenna, or of our own. C0 follows this event. */
  | { readonly type: 'firstContact'; readonly settings: DeviceSettings; readonly told: boolean }
  /** The first C0 was taken. */
  | { readonly type: 'met' }
  /**
   * Another firmware than the settings were counted for: they were counted anew. `lost` could not be,
   * and have their usual values; without a power there are none (null). C0 follows this event.
   */
  | {
      readonly type: 'recounted'
      readonly from: string
      readonly to: string
      readonly settings: DeviceSettings | null
      readonly moved: readonly MovedSetting[]
      readonly lost: readonly string[]
    }
