// What an RSU reports about itself and accepts as settings, apart from what it reports about cars.
// For commissioning only; lanes do not use it (rsu-interface.md 2.2 to 2.4).
import type { MovedSetting } from '../configure/migrate.ts'
import type { DeviceSettings } from '../configure/setting.ts'
import type { WriteResult } from '../configure/trial.ts'

export interface RsuIdentity {
  /** Hex as sent by the device; empty where its frames have no such field. */
  readonly manufacturer: string
  readonly rsuId: string
  readonly softwareVersion: string
  /** Absent where its frames have no such field. */
  readonly hardwareVersion?: string
  readonly psams: readonly {
    readonly terminal: string
    /** Null: the frame has no such field. */
    readonly authorised: boolean | null
  }[]
}

export interface AntennaReading {
  readonly antennaId: number
  /** Word of the variant's code table; `ok`: no fault. */
  readonly state: string
  /** 0 is 5.830 GHz, 1 is 5.840 GHz. */
  readonly channel: number
  readonly powerStep: number
}

/** Outcome of a frame that a person sent. */
export type AskResult =
  | 'sent'
  /** The frame is not in the list of allowed ones, or its fields are invalid. */
  | 'refused'
  /** A car is being served, or settings are being written. */
  | 'busy'
  | 'down'

/** Why an antenna gave no answer about its PSAM. `none`: its frames carry no authorisation. */
export type PsamSilence = 'none' | 'down' | 'busy' | 'silent' | 'refused'

/** What the PSAM returned for its authorisation: its serial number (20 digits) and 8 random bytes in hex. */
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
  /** The settings of the antenna are unknown and it does not report them: nothing is written until a person decides. */
  | { readonly type: 'asks' }
  /** The settings of the first C0: reported by the antenna (`told`), or ours. C0 follows this event. */
  | { readonly type: 'firstContact'; readonly settings: DeviceSettings; readonly told: boolean }
  /** The antenna accepted the first C0. */
  | { readonly type: 'met' }
  /**
   * The firmware changed, so the settings were converted to its scales. Those in `lost` could not be converted and have their
   * initial values. `settings` null: the power step was lost, so no C0 is sent. Otherwise C0 follows this event.
   */
  | {
      readonly type: 'recounted'
      readonly from: string
      readonly to: string
      readonly settings: DeviceSettings | null
      readonly moved: readonly MovedSetting[]
      readonly lost: readonly string[]
    }
