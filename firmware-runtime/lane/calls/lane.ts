// Calls at a running lane: its state and the board, and what a person does there (opening, settling, correcting a plate).
import { z } from 'zod'
import { largeRelease, openGuard, plateGuard, settleGuard } from '#base/pure/values/guards.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { settleMeans } from '#base/pure/values/payment-means.ts'
import {
  act,
  laneId,
  line,
  none,
  plainAct,
  read,
  reply,
  who,
  type OpenAnswer,
  type SettleAnswer,
} from '#base/calls/rows.ts'
import type { BoardView, StatusView } from './views.ts'

export const laneCalls = {
  'status.get': read('everyone', none, reply<StatusView>(), { rest: 'lanes' }),
  'board.get': read('everyone', none, reply<BoardView>(), { rest: 'lanes' }),
  'lane.open': act('attendant', () => z.strictObject({ laneId, ...who }), reply<OpenAnswer>(), {
    words: t('人工开闸', 'Barrier opened by hand'),
    guard: openGuard,
  }),
  'lane.arm': plainAct('installer', () => ({ laneId }), {
    words: t('启用道闸', 'Barrier put to use'),
    command: 'lane arm',
    form: {
      reasons: 'safety',
      title: t('启用道闸', 'Arm the barrier'),
      do: t('启用道闸', 'Arm the barrier'),
      says: [
        line(
          '接线已核对:抬杆、落杆、限位和线圈都与配置一致。启用本身不会动杆。',
          'The wiring has been checked: open, close, limits and loops match the configuration. Arming itself does not move the boom.',
        ),
      ],
    },
  }),
  'lane.settle': act(
    'till',
    () =>
      z.strictObject({
        laneId,
        orderId: z.string().max(40).optional(),
        means: z.enum(settleMeans),
        amountFen: z.int().min(0).max(100_000_000).optional(),
        /** Cash: the amount given by the driver; the answer has the change. */
        givenFen: z.int().min(0).max(100_000_000).optional(),
        ...who,
      }),
    reply<SettleAnswer>(),
    {
      words: t('人工收费', 'Settled by hand'),
      guard: settleGuard,
      command: 'lane settle',
      usual: { means: 'cash' },
    },
  ),
  /** Confirms a large amount: ETC continues. Order and amount are those that the person saw. */
  'lane.release': plainAct(
    'till',
    () => ({ laneId, orderId: z.string().max(40), amountFen: z.int().min(1).max(100_000_000) }),
    { words: t('大额放行', 'Large amount released'), guard: largeRelease, command: 'lane release' },
  ),
  /** A payment code of a driver, read by a scanner at this desk. */
  'lane.payCode': plainAct(
    'till',
    () => ({ laneId, orderId: z.string().max(40).optional(), code: z.string().min(1).max(100) }),
    { words: t('扫付款码', 'Payment code read') },
  ),
  'lane.correctPlate': plainAct(
    'attendant',
    () => ({
      laneId,
      plate: z.string().min(1).max(20),
      /** The candidate car chosen by the person. */
      stayId: z.string().min(1).max(40).optional(),
      /** The chosen car came in without a plate: it gets this one, and the act needs the PIN of a typed plate. */
      unreadStayId: z.string().min(1).max(40).optional(),
    }),
    { words: t('纠正车牌', 'Plate corrected'), guard: plateGuard },
  ),
} as const
