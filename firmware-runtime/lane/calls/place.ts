// Calls about piles and handhelds: charge one car, read the car in a space, set the position of a handheld, view them. A position moves neither
// money nor a barrier, so it is not an act, but a viewer may not set one.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { latMicrodegMax, lonMicrodegMax } from '#base/pure/place/fence.ts'
import type { PlaceQuoteView, PlacesView } from './place-views.ts'
import { photoDraftId } from '#base/calls/photo.ts'
import { change, iso, laneId, line, plainAct, read, reply } from '#base/calls/rows.ts'

const position = z.strictObject({
  latMicrodeg: z.int().min(-latMicrodegMax).max(latMicrodegMax),
  lonMicrodeg: z.int().min(-lonMicrodegMax).max(lonMicrodegMax),
  accuracyMm: z.int().min(0).max(1_000_000_000).nullable(),
})
const plate = z.string().min(1).max(20)
export const placeCalls = {
  'place.state': read(
    'everyone',
    () => z.strictObject({ laneId: laneId.optional() }),
    reply<PlacesView>(),
    { rest: 'lanes', command: 'place state' },
  ),
  'place.quote': read(
    'everyone',
    () => z.strictObject({ laneId, plate }),
    reply<PlaceQuoteView>(),
    { rest: 'lanes', command: 'place quote' },
  ),
  /**
   * Answers when the search has begun; `place.state` has the result. `amountFen`: the amount that a person confirmed;
   * no other amount is charged (PLACE-08).
   */
  'place.charge': plainAct(
    'attendant',
    () => ({ laneId, plate, amountFen: z.int().min(0).max(100_000_000).optional() }),
    { words: t('车位收费', 'Charged at a space') },
  ),
  /**
   * A person with a handheld, or the driver of a patrol car, stands at a space: its OBU is read by a consumption of zero
   * (8.1.2.4 c, 8.1.2.6 c), and refused where it is of another plate. Answers when the search has begun. `photoDraft`: of the
   * car there, held by `photo.hold`; another person confirms the plate by it (`arrears.confirm`).
   */
  'place.record': plainAct(
    'attendant',
    () => ({
      laneId,
      spaceId: z.string().min(1).max(16),
      plate,
      photoDraft: photoDraftId.optional(),
    }),
    {
      words: t('采集泊位车辆', 'Car in a space recorded'),
      form: {
        reasons: 'record',
        usual: 0,
        title: t('读取泊位 {spaceId} 的车', 'Read the car in space {spaceId}'),
        do: t('读取', 'Read'),
        says: [
          line(
            '站到车旁,看清车牌。天线读到的电子标签要和车牌一致,只做 0 元记录,不扣费;没有电子标签的车不会有记录:附上照片,由另一人核对车牌。',
            'Stand beside the car and look at its plate. The OBU that the antenna reads must have this plate; a consumption of zero is recorded and nothing is charged. A car without an OBU gets no record: bring a photo, by which another person confirms its plate.',
          ),
        ],
        fields: {
          laneId: { label: t('手持机或巡检车', 'Handheld or patrol car'), kind: 'enum' },
          plate: { label: t('车牌', 'Plate') },
        },
      },
    },
  ),
  'place.position': change(
    'attendant',
    () =>
      z.strictObject({
        laneId,
        /** The receiver's own time: a report with the same time is not new. */
        atIso: iso,
        /** Null: no fix. */
        position: position.nullable(),
      }),
    reply<PlacesView>(),
    { command: 'place position', flags: { position: '| no-fix' }, usual: { atIso: 'now' } },
  ),
} as const
