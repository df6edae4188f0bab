// The calls about the acceptance of a lot (10.2.2): its state, a run of one or all items, and the override of its lock.
// A run only reads and judges what lanes and platform have written.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { appendices } from '../pure/appendices.ts'
import { quirkIds } from '../pure/quirks.ts'
import type { AcceptanceReportView, AcceptanceView } from './acceptance-views.ts'
import { installer, iso, none, plainAct, read, reply, said, line } from '#base/calls/rows.ts'

/** Formats of the same record, for people, programs and tables. */
const reportForms = ['pdf', 'docx', 'json', 'junit', 'csv'] as const
const path = z.string().min(1).max(400)
const testObuId = z.string().regex(/^[0-9A-Fa-f]{8}$/)
const itemId = z.string().regex(/^[E-IR]\d{1,2}$/)

export const acceptanceCalls = {
  'acceptance.state': read('gear', none, reply<AcceptanceView>(), { rest: 'command' }),
  /** Judges again what was run, from the ledger alone. */
  'acceptance.report': read(
    'gear',
    () => z.strictObject({ format: z.enum(reportForms), language: z.enum(['zh', 'en']) }),
    reply<AcceptanceReportView>(),
    { rest: 'command', document: true },
  ),
  /**
   * Without arguments continues with the waiting items. `isAnew`: a new session with rows from `fromIso` on. `isRed`:
   * each item first fails by its planted fault; simulated lots only. `platform`: uses that platform, with a joint test.
   * `quirks`: deviations of known peers; kept until others are named.
   */
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
  /** Removes a planted fault; items that were not judged keep waiting. */
  'acceptance.stop': installer(none, reply<AcceptanceView>(), { command: 'acceptance stop' }),
  /** Leaves an item that waits as not run, without `item` the one whose fault is planted; the run continues. */
  'acceptance.skip': installer(
    () => z.strictObject({ item: itemId.optional(), by: said(60).optional() }),
    reply<AcceptanceView>(),
    { command: 'acceptance skip' },
  ),
  /** Declares an OBU of the tests; a second declaration of it replaces the first. ACCEPT-02 while a run is in progress. */
  'acceptance.declareObu': plainAct(
    'installer',
    () => ({ obuId: testObuId, pieces: z.enum(['one', 'two']) }),
    {
      words: t('申报测试 OBU', 'Test OBU declared'),
      command: 'acceptance declare-obu',
      form: {
        reasons: 'testObus',
        usual: 0,
        title: t('申报测试 OBU', 'Declare a test OBU'),
        do: t('申报', 'Declare'),
        says: [
          line(
            '有的天线不说 OBU 是单片还是双片;附录 E 的试验两种都要有,所以在这里申报。',
            'Some antennas do not say whether an OBU has one piece or two. The tests of appendix E need both, so it is declared here.',
            'quiet',
          ),
        ],
        fields: {
          obuId: {
            label: t('OBU 编号', 'OBU number'),
            hint: t('8 位,0-9 和 A-F,印在 OBU 上', '8 characters, 0-9 and A-F, printed on the OBU'),
          },
          pieces: {
            label: t('种类', 'Kind'),
            kind: 'radio',
            choices: {
              one: t('单片', 'One-piece'),
              two: t('双片(插卡)', 'Two-piece, with a card'),
            },
            start: 'two',
          },
        },
      },
    },
  ),
  /** ARG-01 for one that is not declared. */
  'acceptance.dropObu': plainAct('installer', () => ({ obuId: testObuId }), {
    words: t('删除测试 OBU 的申报', 'Declaration of a test OBU deleted'),
    command: 'acceptance drop-obu',
    form: {
      reasons: 'testObus',
      usual: 1,
      title: t('删除测试 OBU {obuId} 的申报', 'Delete the declaration of test OBU {obuId}'),
      do: t('删除', 'Delete'),
    },
  }),
  /**
   * Lets one session begin without an accepted survey: a named person gives the reason, an owner with PIN when people
   * have accounts.
   */
  'acceptance.override': plainAct('owner', () => ({}), {
    words: t('先于验收开始接入测试', 'Access tests allowed before the survey is accepted'),
    guard: 'pin',
    command: 'acceptance override',
  }),
} as const
