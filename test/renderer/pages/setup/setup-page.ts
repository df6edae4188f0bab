// The page of the set-up: with one of its rows open, or on a draft in memory with the people that are added there.
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import { PeopleGate } from '#lane/people/people-gate.ts'
import { PeopleService } from '#lane/people/people-service.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { MemoryPorts } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { openPage, press } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { setupBoard } from './setup-views-kit.ts'

export async function openSetup(setup: SetupService, row?: string): Promise<ScriptedLot> {
  const lot = new ScriptedLot()
  lot.board = setupBoard
  lot.setup = setup
  await openPage(lot, '/lane')
  if (row !== undefined) await press(`row-${row}`)
  return lot
}

export async function openDraft(
  draft: SetupDraft | null,
): Promise<{ readonly lot: ScriptedLot; readonly ports: MemoryPorts }> {
  const ports = new MemoryPorts(draft)
  const lot = new ScriptedLot()
  lot.board = setupBoard
  lot.setup = new SetupService(ports)
  const parts = { nowMs: () => 0, isDraft: () => true, audit: () => undefined }
  const service = new PeopleService({ ...ports.team, ...parts })
  lot.team = new PeopleGate({
    service,
    nowMs: () => 0,
    letsOut: () => false,
    isPriced: () => false,
    isLarge: () => false,
    largeNeedsTwo: () => false,
    waiting: () => [],
  })
  await openPage(lot, '/lane')
  return { lot, ports }
}
