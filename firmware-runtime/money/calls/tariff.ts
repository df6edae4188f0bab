// Calls of the tariff editor: reading the lot's tariff, trying a draft, saving it as editions that begin later. The
// handlers check a draft, so that each refusal is TARIFF-01 and names its member.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import type { Tariff } from '../pure/billing/tariff.ts'
import { plateColours } from '#base/pure/plates/plate.ts'
import { change, iso, none, plainAct, read, reply } from '#base/calls/rows.ts'
import type {
  TariffCheckView,
  TariffCurve,
  TariffDaysView,
  TariffPriceView,
  TariffReplayView,
  TariffView,
} from './tariff-views.ts'

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null
const tariff = z.custom<Tariff>(isObject, 'a tariff')
const vehicle = z.strictObject({
  vehicleClass: z.int().min(1).max(99).nullable(),
  colour: z.enum(plateColours),
  area: z.string().max(40).nullable(),
})
const stays = z.array(z.strictObject({ fromIso: iso, toIso: iso, vehicle })).min(1)

export const tariffCalls = {
  'tariff.get': read('everyone', none, reply<TariffView>(), { rest: 'folder' }),
  /** Every fault of a draft, and what a running lot would refuse to save. */
  'tariff.check': read('everyone', () => z.strictObject({ tariff }), reply<TariffCheckView>(), {
    rest: 'folder',
  }),
  'tariff.price': read(
    'everyone',
    () => z.strictObject({ tariff, stays: stays.max(20) }),
    reply<{ readonly prices: readonly TariffPriceView[] }>(),
    { rest: 'folder' },
  ),
  'tariff.curve': read(
    'everyone',
    () => z.strictObject({ tariff, fromIso: iso, minutes: z.int().min(1).max(44_640), vehicle }),
    reply<TariffCurve>(),
    { rest: 'folder' },
  ),
  /** The draft with the dates of a calendar: published JSON, or lines of CSV. */
  'tariff.days': read(
    'everyone',
    () => z.strictObject({ tariff, file: z.string().max(200), text: z.string().max(200_000) }),
    reply<TariffDaysView>(),
    { rest: 'folder' },
  ),
  /** Starts a replay from the beginning; one at a time. */
  'tariff.replay': change(
    'owner',
    () => z.strictObject({ tariff, fromIso: iso.optional(), toIso: iso.optional() }),
    reply<TariffReplayView>(),
  ),
  'tariff.replayState': read('books', none, reply<TariffReplayView>(), { rest: 'lanes' }),
  'tariff.replayStop': change('owner', none, reply<TariffReplayView>()),
  /** `digest`: of the tariff on which the draft is based. */
  'tariff.save': plainAct('owner', () => ({ tariff, digest: z.string().regex(/^[0-9a-f]{64}$/) }), {
    words: t('保存费率', 'Tariff saved'),
    guard: 'pin',
  }),
} as const
