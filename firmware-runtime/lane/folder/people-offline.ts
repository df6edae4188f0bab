// The people of a folder without a runtime, for the command line and for setting up a lot.
// Each change is first a row of the ledger; before the lot's first start it is kept for that start.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { ledgerFiles } from '#ledger/sqlite/inspect.ts'
import { PeopleService } from '../people/people-service.ts'
import { writeAudit } from './offline-audit.ts'
import { keepAct } from './people-before-first-start.ts'
import { loadLot } from './lot-file.ts'
import { peopleFolder } from './people-folder.ts'

export function peopleOffline(dir: string, reason: string): PeopleService {
  const hasLot = (): boolean => existsSync(join(dir, 'lot.json'))
  const hadLot = hasLot()
  // After a new lot was written, its lanes check sign-ins, not this process, which ends.
  const isDraft = (): boolean => !hadLot || !hasLot()
  return new PeopleService({
    ...peopleFolder(dir),
    random: systemRandom(),
    isDraft,
    nowMs: () => systemWallClock().nowMs(),
    audit(body) {
      const { act, by, role, result } = body
      const why = body.reason === '' ? reason : body.reason
      if (!existsSync(ledgerFiles(dir).db))
        return keepAct(dir, systemWallClock().nowMs(), { ...body, reason: why })
      if (isDraft()) return
      writeAudit(dir, loadLot(dir).config, { by, role, result, reason: why }, act)
    },
  })
}
