// The calls about the acceptance of a lot (10.2.2): what stands, a run of one item or of all, and the override of its lock.
// A run reads and judges; what it reads was written by lanes and platform.
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import { appendices } from '../../acceptance/item.ts'
import { quirkIds } from '../../acceptance/quirks.ts'
import type { AcceptanceReportView, AcceptanceView } from '../acceptance-views.ts'
import { act, installer, iso, none, read, reply, who, type ActAnswer } from '../rows.ts'

/** For people, for programs, for tables: all of one record. */
const reportForms = ['pdf', 'docx', 'json', 'junit', 'csv'] as const
const path = z.string().min(1).max(400)
const itemId = z.string().regex(/^[E-IR]\d{1,2}$/)

export const acceptanceCalls = {
  'acceptance.state': read('gear', none, reply<AcceptanceView>(), { rest: 'command' }),
  /** Judges anew what was run, and shows nothing that the ledger does not say. */
  'acceptance.report': read(
    'gear',
    () => z.strictObject({ format: z.enum(reportForms), language: z.enum(['zh', 'en']) }),
    reply<AcceptanceReportView>(),
    { rest: 'command', document: true },
  ),
  /**
   * Goes on with what waits where nothing is named. `isAnew`: a session of its own, rows from `fromIso` on. `isRed`: each fails
   * by its planted fault first, at a simulated lot alone. `platform`: it asks that one and tests jointly with it. `quirks`: ways
   * of known peers, until others are named. */
  'acceptance.run': installer(
    () =>
      z.strictObject({
        appendix: z.enum(appendices).optional(),
        item: itemId.optional(),
        isAnew: z.boolean().optional(),
        fromIso: iso.optional(),
        isRed: z.boolean().optional(),
        platform: z.strictObject({ url: path, caFile: path, credentials: path }).optional(),
        quirks: z.array(z.enum(quirkIds)).optional(),
      }),
    reply<AcceptanceView>(),
  ),
  /** A planted fault is taken away; what was not judged waits. */
  'acceptance.stop': installer(none, reply<AcceptanceView>(), { command: 'acceptance stop' }),
  /** The item that waits for somebody is left as not run, and the run goes on behind it. */
  'acceptance.skip': installer(none, reply<AcceptanceView>(), { command: 'acceptance skip' }),
  /** Lets one session begin without an accepted survey: a named person says why, an owner by PIN where people have accounts. */
  'acceptance.override': act('owner', () => z.strictObject(who), reply<ActAnswer>(), {
    words: t('先于验收开始接入测试', 'Access tests allowed before the survey is accepted'),
    guard: 'pin',
    command: 'acceptance override',
  }),
} as const
