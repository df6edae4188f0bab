// What people may know of the platform's link: its last verified answer, and calls without one since.
// Nobody asks the platform when there is nothing to say, so an old answer is no longer called "up".
import type { PlatformView } from '../../api/views.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import type { Uploader } from '../../ports/uploader.ts'
import type { MonoClock } from '../../ports/clocks.ts'

/** Three of the longest waits between two tries while records wait (queueTimes.backOffSec). */
export const freshMs = 900_000

export interface PlatformSeen {
  readonly answeredMsAgo: number | null
  /** The last call had no answer at all, or one that proves nothing. */
  readonly last: 'answered' | 'silent' | 'unclear' | 'none'
}

export interface WatchedUploader extends Uploader {
  seen(): PlatformSeen
}

/** An uploader that remembers how its calls ended. */
export function watchUploader(inner: Uploader, mono: Pick<MonoClock, 'nowUs'>): WatchedUploader {
  let answeredUs: number | null = null
  let last: PlatformSeen['last'] = 'none'
  const note = (kind: PlatformSeen['last']): void => {
    last = kind
    if (kind === 'answered') answeredUs = mono.nowUs()
  }
  return {
    send: (record, op, timeoutMs, done) =>
      inner.send(record, op, timeoutMs, (verdict, meta) => {
        const doubtful = verdict.kind === 'unclear' || verdict.kind === 'busy'
        note(verdict.kind === 'silence' ? 'silent' : doubtful ? 'unclear' : 'answered')
        done(verdict, meta)
      }),
    signIn: (request, timeoutMs, done) =>
      inner.signIn(request, timeoutMs, (result) => {
        note(result.kind === 'silence' ? 'silent' : 'answered')
        done(result)
      }),
    ...(inner.reach === undefined ? {} : { reach: inner.reach }),
    psam: inner.psam ?? null,
    files: inner.files ?? null,
    get clockOffsetMs() {
      return inner.clockOffsetMs
    },
    seen: () => ({
      last,
      answeredMsAgo: answeredUs === null ? null : Math.floor((mono.nowUs() - answeredUs) / 1000),
    }),
  }
}

/** The light of a lot that asks no platform: it has none, or joins one later. */
export const notJoined = ({ platform }: Pick<LotConfig, 'platform'>): 'off' | 'later' =>
  platform === 'later' ? 'later' : 'off'

/** Nobody asked for long, so its last answer says nothing of now. */
const isOld = ({ answeredMsAgo }: Pick<PlatformSeen, 'answeredMsAgo'>): boolean =>
  answeredMsAgo === null || answeredMsAgo > freshMs

/** The light: green only after a good answer that is not old, with no failed call since. */
export function platformState(circuitClosed: boolean, seen: PlatformSeen): PlatformView['state'] {
  if (!circuitClosed) return 'down'
  if (seen.last === 'silent' || seen.last === 'unclear') return 'failing'
  return isOld(seen) ? 'quiet' : 'up'
}

/**
 * The light of the network: no answer at all is its fault as far as anybody can tell from here, and no call for
 * long says nothing of it.
 */
export function networkState(reachable: boolean, seen: PlatformSeen): 'up' | 'down' | 'quiet' {
  if (!reachable || seen.last === 'silent') return 'down'
  return seen.last === 'unclear' || !isOld(seen) ? 'up' : 'quiet'
}
