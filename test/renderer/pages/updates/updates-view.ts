// What the page of updates may be shown: nothing on its way, but for the members given.
import type { PlanView, UpdatesView } from '#runtime/calls/update-views.ts'
import { figures, goodPrint, releaseFile, running, slot } from '../../../kit/scripted-updates.ts'

export const updatesView = (more: Partial<UpdatesView> = {}): UpdatesView => ({
  running,
  here: 'lanes',
  trusted: goodPrint,
  from: 'https://updates.example.com/etc-lane',
  isDaily: true,
  looked: null,
  working: null,
  failed: null,
  plan: null,
  trial: null,
  last: null,
  ...more,
})

export const lookedView = (
  is: 'newer' | 'same' | null,
  more: Partial<NonNullable<UpdatesView['looked']>> = {},
): NonNullable<UpdatesView['looked']> => ({
  atIso: '2026-11-30T03:12:00.000+08:00',
  from: 'https://updates.example.com/etc-lane',
  is,
  offered: is === 'newer' ? { ...slotVersion, bytes: releaseFile.bytes } : null,
  fault: null,
  failsSinceIso: null,
  isTold: false,
  ...more,
})
const slotVersion = { version: slot.version, build: slot.build }

export const planOf = (more: Partial<PlanView> = {}): PlanView => ({
  ...slotVersion,
  bytes: releaseFile.bytes,
  from: '/media/stick/release',
  step: 'tried',
  triedIso: '2026-11-30T10:04:00.000+08:00',
  figures,
  refused: null,
  wanted: null,
  ...more,
})

export const trialView = (passages: number, ranMs: number): NonNullable<UpdatesView['trial']> => ({
  version: slot.version,
  before: null,
  sinceIso: '2026-11-30T02:10:00.000+08:00',
  passages,
  passagesOf: 20,
  ranMs,
  ranMsOf: 24 * 3_600_000,
})
