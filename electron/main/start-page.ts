// When Studio begins with its start page, and what a choice there starts.
// A folder without a lot is asked about, never made into something nobody asked for.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  startChoices,
  type StartAnswer,
  type StartChoice,
} from '../../firmware-runtime/api/start.ts'
import type { RuntimeLink } from './runtime-link.ts'
import type { StartLink } from './start-link.ts'
import type { StudioArguments } from './arguments.ts'

/** A ledger without its lot.json is a car park as well: opening it says what is missing. */
const hasLot = (dir: string): boolean =>
  ['lot.json', 'ledger.db'].some((name) => existsSync(join(dir, name)))

/** Nothing is named, or a folder with nothing of a lot in it. */
export const beginsWithPage = ({
  dataDir,
  attachOnly,
  workbench,
  demo,
}: StudioArguments): boolean =>
  !attachOnly && !workbench && !demo && (dataDir === null || !hasLot(dataDir))

interface StartActs {
  /** Asks the person for a folder; null: none was chosen. */
  askFolder(): Promise<string | null>
  linkTo(what: StartChoice, dir: string): Promise<RuntimeLink>
}

const isChoice = (what: unknown): what is StartChoice => startChoices.some((one) => one === what)

/** Carries a choice out; what the window may send is checked here. */
export async function choose(
  link: StartLink,
  what: unknown,
  acts: StartActs,
): Promise<StartAnswer> {
  if (!isChoice(what) || link.hasBegun) return { state: 'cancelled', dir: '' }
  const dir = what === 'open' ? await acts.askFolder() : ''
  if (dir === null) return { state: 'cancelled', dir: '' }
  if (what === 'open' && !hasLot(dir)) return { state: 'noLot', dir }
  link.begin(await acts.linkTo(what, dir))
  return { state: 'begun', dir }
}
