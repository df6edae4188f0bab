// The PSAM of a lane's antenna in its daily authorisation (P11): its identity, its random number, the response.
// The key belongs to the platform: only the command for the card passes through here.
import type { PsamRandom, PsamReply, PsamSilence } from '../pure/etc/rsu-device.ts'

export interface PsamAnswers {
  readonly psamRandom: PsamRandom | PsamSilence
  readonly psamApplied: PsamReply | PsamSilence
}

export interface PsamPort {
  /** By the antenna's own word; null where it does not tell. */
  authorised(terminal: string): boolean | null
  random(terminal: string, done: (got: PsamAnswers['psamRandom']) => void): void
  apply(terminal: string, apdu: string, done: (got: PsamAnswers['psamApplied']) => void): void
}
