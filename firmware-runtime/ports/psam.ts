// The PSAM of a lane's antenna, as far as its daily authorisation goes (P11): what it says of itself, its random, the answer.
// The key is the platform's: nothing of it passes here but what the card is given.
import type { PsamRandom, PsamReply, PsamSilence } from '../core/etc/rsu-device.ts'

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
