// The calls about the acceptance papers (10.3.1): state, an answer, an attachment, a review, a drill. A review and a
// drill are acts of the owner: audited, with a named person.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import type { PapersReportView, PapersView } from './papers-views.ts'
import {
  act,
  installer,
  iso,
  none,
  read,
  reply,
  said,
  who,
  type ActAnswer,
} from '#base/calls/rows.ts'
import { photoDraftId } from '#base/calls/photo.ts'

const paper = z.string().regex(/^[JKNS]\d{1,2}$/)

export const papersCalls = {
  'papers.state': read('gear', none, reply<PapersView>(), { rest: 'command' }),
  'papers.report': read(
    'gear',
    () => z.strictObject({ format: z.enum(['pdf', 'docx']), language: z.enum(['zh', 'en']) }),
    reply<PapersReportView>(),
    { rest: 'command', document: true },
  ),
  /** An empty text removes the answer. */
  'papers.fill': installer(
    () =>
      z.strictObject({
        field: z.string().regex(/^[JKNS]\d{1,2}\.[a-z]+$/),
        text: z.string().max(8_000),
        by: said(60),
      }),
    reply<PapersView>(),
  ),
  /** Its bytes were uploaded with `photo.hold`. */
  'papers.attach': installer(
    () => z.strictObject({ paper, name: said(120), draftId: photoDraftId, by: said(60) }),
    reply<PapersView>(),
  ),
  'papers.review': act(
    'owner',
    () => z.strictObject({ ...who, paper, accepted: z.boolean() }),
    reply<ActAnswer>(),
    {
      words: t('审阅材料', 'Papers reviewed'),
      guard: 'pin',
      command: 'papers review',
      flags: { accepted: 'accept | return' },
    },
  ),
  'papers.drill': act('owner', () => z.strictObject({ ...who, heldIso: iso }), reply<ActAnswer>(), {
    words: t('记录演练', 'Drill recorded'),
    command: 'papers drill',
  }),
} as const
