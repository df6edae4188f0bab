// The state of the platform's link for people: its last verified answer, and calls without one since. Without traffic
// an old answer does not count as "up" any more.
import type { PlatformView } from '../../calls/views.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { Uploader } from '#ledger/ports/uploader.ts'
import type { MonoClock } from '#base/ports/clocks.ts'

/** Three times the longest wait between two tries while records wait (queueTimes.backOffSec). */
export const freshMs = 900_000

export interface PlatformSeen {
  readonly answeredMsAgo: number | null
  /** The last call had no answer, or an unproven one. */
  readonly last: 'answered' | 'silent' | 'unclear' | 'none'
}

export interface WatchedUploader extends Uploader {
  seen(): PlatformSeen
}

/** An uploader that records the results of its calls. */
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

/** The state for a lot without a platform: none, or joined later. */
export const notJoined = ({ platform }: Pick<LotConfig, 'platform'>): 'off' | 'later' =>
  platform === 'later' ? 'later' : 'off'

/** No call for long, so the last answer says nothing about now. */
const isOld = ({ answeredMsAgo }: Pick<PlatformSeen, 'answeredMsAgo'>): boolean =>
  answeredMsAgo === null || answeredMsAgo > freshMs

/** `up` only after a recent good answer without a failed call since. */
export function platformState(circuitClosed: boolean, seen: PlatformSeen): PlatformView['state'] {
  if (!circuitClosed) return 'down'
  if (seen.last === 'silent' || seen.last === 'unclear') return 'failing'
  return isOld(seen) ? 'quiet' : 'up'
}

/** State of the network: a call without any answer counts as its fault; without calls for long it is unknown. */
export function networkState(reachable: boolean, seen: PlatformSeen): 'up' | 'down' | 'quiet' {
  if (!reachable || seen.last === 'silent') return 'down'
  return seen.last === 'unclear' || !isOld(seen) ? 'up' : 'quiet'
}
