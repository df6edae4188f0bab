// The people of a folder that no runtime has: for the command line, and for the set-up of a lot.
// Each change is a row of the ledger first; before the first start of the lot it is kept for that start.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { systemRandom, systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { ledgerFiles } from '../../adapters/sqlite/inspect.ts'
import { PeopleService } from '../../app/people/people-service.ts'
import { writeAudit } from './offline-audit.ts'
import { keepAct } from './people-before-first-start.ts'
import { loadLot } from './lot-file.ts'
import { peopleFolder } from './people-folder.ts'

export function peopleOffline(dir: string, reason: string): PeopleService {
  const hasLot = (): boolean => existsSync(join(dir, 'lot.json'))
  const hadLot = hasLot()
  // Who has just written the lot is asked by its lanes, not by the process that ends now.
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
