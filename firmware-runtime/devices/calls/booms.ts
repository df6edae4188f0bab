// Calls about booms that a test raised and left up: what their inputs show, lowering one, and the word of a person who looked.
import { t } from '#base/pure/words/fault-text.ts'
import type { RaisedBoomsView } from './raised-views.ts'
import { laneId, none, plainAct, read, reply } from '#base/calls/rows.ts'

export const boomCalls = {
  'booms.raised': read('everyone', none, reply<RaisedBoomsView>(), { rest: 'lanes' }),
  /** Only where the safety loop is seen free, else TEST-01. Of a running lane it is the test that closes the boom. */
  'booms.lower': plainAct('installer', () => ({ laneId }), {
    words: t('降下测试升起的道闸', 'Lower a boom that a test raised'),
  }),
  /** The person looked: the boom is down, and no input can tell. TEST-02 where an input shows it elsewhere. */
  'booms.seenDown': plainAct('installer', () => ({ laneId }), {
    words: t('确认道闸已落下', 'Boom was seen down by a person'),
  }),
} as const
