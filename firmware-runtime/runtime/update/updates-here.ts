// Updates of a running lot: where its lanes run, the files of DIR/update, and the commands that work on them.
import { readFileSync, statSync } from 'node:fs'
import { keepLook, keptLook } from '../slots/look-file.ts'
import { forgetPlan, keepPlan, keptPlan } from '../slots/plan-file.ts'
import { dropOld } from '../slots/slot-folders.ts'
import { keptSlots } from '../slots/slots-file.ts'
import { fingerprintOf, isTrusted, keepTrust, keptTrust, nothingSeen } from '../slots/trust-file.ts'
import { updateProgram } from '../slots/update-child.ts'
import type { UpdatesHere } from '../calls/update-views.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import { UpdateService } from './update-service.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { ProgramWishes, UpdateFiles } from '../ports/update.ts'
import { laneWordsHere } from '#base/process/program-file.ts'
import { build, version } from '#base/process/version.ts'
import type { Site } from '../site/site-parts.ts'
import type { TrialWatch } from './trial-watch.ts'
import { wishBack } from './wishes.ts'

const rootBytesMax = 1024 * 1024

/** Throws FILE-02 where there is no such file. */
function textOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat?.isFile() !== true || stat.size > rootBytesMax) throw new LaneFault('FILE-02', { file })
  return readFileSync(file, 'utf8')
}

function updateFiles(dir: string): UpdateFiles {
  /** Fingerprints of roots that were checked since the start. */
  const checked = new Set<string>()
  return {
    plan: () => keptPlan(dir),
    keepPlan: (plan) => keepPlan(dir, plan),
    dropPlan() {
      // First: nothing is wanted any more.
      forgetPlan(dir)
      dropOld(dir)
    },
    look: () => keptLook(dir),
    keepLook: (look) => keepLook(dir, look),
    trusted: () => (isTrusted(dir) ? fingerprintOf(keptTrust(dir).root) : null),
    async fingerprintOf(file) {
      const root = textOf(file)
      const { mustBeRoot } = await import('../slots/metadata.ts')
      mustBeRoot(root, file)
      const fingerprint = fingerprintOf(root)
      checked.add(fingerprint)
      return fingerprint
    },
    trust(file, fingerprint) {
      const root = textOf(file)
      const own = fingerprintOf(root)
      if (own !== fingerprint || !checked.has(own))
        throw new LaneFault('UPDATE-19', { file, value: own })
      keepTrust(dir, { root, seen: nothingSeen })
    },
  }
}

/** `look`: the lanes look at the wishes now and not at their next turn. */
const programWishes = (
  dir: string,
  look: () => void,
  watch: Pick<TrialWatch, 'figures'> | undefined,
): ProgramWishes => ({
  slots() {
    // First: it may end the trial.
    const seen = watch?.figures()
    const slots = keptSlots(dir)
    return slots.trial === null ? slots : { ...slots, trial: { ...slots.trial, ...seen } }
  },
  look,
  back(who) {
    wishBack(dir, who)
    look()
  },
})

interface Here {
  readonly demo: object | null
  /** Absent where nothing here can begin with another version. */
  readonly program?: object | undefined
}

/** Where these lanes run: Studio comes with its own setup, and on Windows only the task begins lanes again. */
function hereOf({ demo, program }: Here): UpdatesHere {
  if (demo !== null) return 'demo'
  if (process.versions['electron'] !== undefined) return 'studio'
  const isAlone = process.platform === 'win32' && process.env['ETC_LANE_BOOT'] === undefined
  return program === undefined || isAlone ? 'noService' : 'lanes'
}

interface UpdateParts extends Here {
  readonly dir: string
  readonly tasks: TaskOwner
  /** Of the version on trial that runs here. */
  readonly trial?: TrialWatch | undefined
  look(): void
}

export const updatesHere = ({ runtime, config }: Site, parts: UpdateParts): UpdateService =>
  new UpdateService({
    here: hereOf(parts),
    running: { version, build },
    config,
    runtime,
    tasks: parts.tasks,
    program: updateProgram(laneWordsHere(), parts.dir),
    files: updateFiles(parts.dir),
    programs:
      parts.program === undefined
        ? null
        : programWishes(parts.dir, () => parts.look(), parts.trial),
  })
