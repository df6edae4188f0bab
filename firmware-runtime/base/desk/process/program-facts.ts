// What a ready line, a boot row and the about page say of the program beside its version.
// The schema decides whether an older program can open the ledger.
import { migrations, newestVersion } from '#ledger/sqlite/migrations/index.ts'
import type { ProgramFacts } from '../../pure/rows/ledger-row.ts'
import { build, version } from '../../process/version.ts'

export const programFacts: ProgramFacts = { build, schema: newestVersion(migrations) }

/** What a lot and its status say of the program. */
export const thisProgram = { version, program: programFacts }
