// What a survey may open from Studio: in a demo only simulators on this computer, beside running lanes no link of a
// lane. Checked in the main thread, which knows the lanes; the worker opens the link.
import { t } from '#base/pure/words/fault-text.ts'
import type { ConnectArgs, MeasureJob } from '../../calls/measure.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { linkKey } from '#base/desk/process/link-lease.ts'

export interface MeasureTarget {
  readonly demo: boolean
  /** Links that this process drives itself. */
  ownLinks(): readonly string[]
}

const loopback =
  /^(?:tcp:\/\/)?(?:127(?:\.\d{1,3}){3}|localhost|\[::1\]|::1)(?::\d{1,5})?(?:[/?].*)?$/i

function outsideOf(job: MeasureJob): readonly (string | null)[] {
  switch (job.kind) {
    case 'link':
      return [job.peer, job.to].filter((at) => at !== null)
    case 'signal':
      return [job.link]
    case 'clock':
      return [
        ...[...job.ntp, ...job.gnss, ...(job.chrony ? [null] : [])],
        ...(job.devices ?? []).map(
          (one) => one.replace(/^.*?=https?:\/\//, '').split('/')[0] ?? one,
        ),
      ]
    case 'neighbour':
      return job.antennas.map(({ link }) => link)
  }
}

/** Device links that a job opens. */
export const linksOf = (job: MeasureJob): readonly string[] => {
  if (job.kind === 'link') return []
  if (job.kind === 'clock') return job.gnss
  return outsideOf(job).filter((link) => link !== null)
}

/** Throws SURVEY-21 for a foreign address in a demo, LINK-03 for a link of a lane. */
export function measureGate({ demo, ownLinks }: MeasureTarget) {
  /** `at` null: a device of this computer without a link. */
  const allowed = (at: string | null): void => {
    if (demo && (at === null || !loopback.test(at)))
      throw new LaneFault('SURVEY-21', at === null ? {} : { value: at })
  }
  const free = (link: string): void => {
    if (ownLinks().some((own) => linkKey(own) === linkKey(link)))
      throw new LaneFault('LINK-03', {
        value: link,
        note: t('正由这里的一条车道使用', 'a lane of this runtime drives it'),
      })
  }
  return {
    instrument({ link }: ConnectArgs): void {
      allowed(link)
      free(link)
    },
    job(job: MeasureJob): void {
      for (const at of outsideOf(job)) allowed(at)
      for (const link of linksOf(job)) free(link)
    },
  }
}
