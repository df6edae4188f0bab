// The page of the set-up, with one of its rows open.
import type { SetupService } from '../../firmware-runtime/app/setup/setup-service.ts'
import { openPage, press } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'
import { setupBoard } from './setup-views-kit.ts'

export async function openSetup(setup: SetupService, row?: string): Promise<ScriptedLot> {
  const lot = new ScriptedLot()
  lot.board = setupBoard
  lot.setup = setup
  await openPage(lot, '/lane')
  if (row !== undefined) await press(`row-${row}`)
  return lot
}
