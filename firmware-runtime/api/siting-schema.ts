// What was measured of a lane, as lot file and set-up draft hold it: each measure within the bounds of its table.
// One shape for both; a measure that nobody took is absent.
import { z } from 'zod'
import { sitingMeasureNames, sitingMeasures } from '../core/lot/siting-measures.ts'

const measure = (name: (typeof sitingMeasureNames)[number]) =>
  z.int().min(sitingMeasures[name].min).max(sitingMeasures[name].max).optional()

export const laneSiting = z.strictObject({
  measures: z.strictObject(
    Object.fromEntries(sitingMeasureNames.map((name) => [name, measure(name)])) as Record<
      (typeof sitingMeasureNames)[number],
      ReturnType<typeof measure>
    >,
  ),
  /** Why a "should" of a clause is left. */
  deviation: z.string().trim().max(400).optional(),
})
