// When Studio begins with its start page, and what a choice there starts.
// For a folder without a lot the person is asked; nothing is created without a request.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  startChoices,
  type KnownLot,
  type StartAnswer,
  type StartChoice,
} from '#runtime/api/start.ts'
import type { RuntimeLink } from './runtime-link.ts'
import type { StartLink } from './start-link.ts'
import type { StudioArguments } from './arguments.ts'

/** A ledger without lot.json counts as a lot too: opening it reports what is missing. */
const hasLot = (dir: string): boolean =>
  ['lot.json', 'ledger.db'].some((name) => existsSync(join(dir, name)))

/** True when no folder is named, or the named folder has no lot. */
export const beginsWithPage = ({
  dataDir,
  attachOnly,
  workbench,
  demo,
}: StudioArguments): boolean =>
  !attachOnly && !workbench && !demo && (dataDir === null || !hasLot(dataDir))

/** The first folder beside Studio's settings without a lot; a draft in it is continued. */
export function setupFolder(home: string): string {
  const nth = (n: number): string => join(home, n === 1 ? 'lot' : `lot-${n}`)
  let n = 1
  while (hasLot(nth(n))) n++
  return nth(n)
}

interface StartActs {
  /** Asks the person for a folder; null: cancelled. */
  askFolder(): Promise<string | null>
  known(): readonly KnownLot[]
  /** The folder for setting up a lot. */
  setupDir(): string
  linkTo(what: StartChoice, dir: string): Promise<RuntimeLink>
}

const isChoice = (what: unknown): what is StartChoice => startChoices.some((one) => one === what)

async function folderFor(
  what: StartChoice,
  given: unknown,
  acts: StartActs,
): Promise<string | null> {
  const known = acts.known().find(({ dir }) => dir === given)?.dir
  // The set-up forms also change an existing lot.
  if (what === 'setup') return known ?? acts.setupDir()
  return what === 'open' ? (known ?? acts.askFolder()) : ''
}

/** Carries out a choice; the window's arguments are checked here. */
export async function choose(
  link: StartLink,
  { what, dir: given }: { readonly what: unknown; readonly dir?: unknown },
  acts: StartActs,
): Promise<StartAnswer> {
  if (!isChoice(what) || link.hasBegun) return { state: 'cancelled', dir: '' }
  const dir = await folderFor(what, given, acts)
  if (dir === null) return { state: 'cancelled', dir: '' }
  if (what === 'open' && !hasLot(dir)) return { state: 'noLot', dir }
  link.begin(await acts.linkTo(what, dir))
  return { state: 'begun', dir }
}
