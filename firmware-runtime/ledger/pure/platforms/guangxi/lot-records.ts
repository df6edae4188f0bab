// Records of entries and plates (P19; table G.1, rows 5, 7, 10 and 12). Paths and member names are assumed: no seed has them.
// The exit record that the operator gets is the exit charge of P12, byte for byte.
import { plateColourCode, type PlateColour } from '#base/pure/plates/plate.ts'
import type { PlateSaid } from '#base/pure/plates/plate-said.ts'
import type { Dialect } from '../../../ports/dialect.ts'
import * as f from './formats.ts'
import { plateSourceCode, plateSourceOf } from './records.ts'
import { refuseForbiddenText, textProblem } from './text-rules.ts'

const directions = { in: 1, out: 2 } as const

function frozen(members: Readonly<Record<string, unknown>>): string {
  refuseForbiddenText(textProblem(members))
  return JSON.stringify(members)
}

/** The confidence in thousandths; assumed of plate records: P19 names the member for entries alone. */
const plateMembers = (plate: string, colour: PlateColour, { by, confidence }: PlateSaid) => ({
  vehiclePlate: f.text('vehiclePlate', plate, 20),
  vehicleColor: plateColourCode[colour],
  plateSource: plateSourceCode[plateSourceOf(by)],
  ...(confidence === undefined ? {} : { plateConfidence: Math.round(confidence * 1000) }),
})

export const records: NonNullable<Dialect['records']> = {
  batchBody: ({ batchNo, fromMs, toMs, revision, numbers, totalFen, digest }) =>
    frozen({
      batchNo,
      from: f.time('from', fromMs),
      to: f.time('to', toMs),
      revision,
      count: numbers.length,
      totalFee: totalFen === null ? undefined : f.amount('totalFee', totalFen),
      firstNo: numbers[0],
      lastNo: numbers.at(-1),
      digest: f.hex('digest', digest, 32),
      // Assumed: without the numbers the platform could not name missing records.
      numbers,
    }),
  entryBody: ({ lotId }, { entryNo, laneId, plate, colour, said, enteredAtMs }) =>
    frozen({
      entryNo: f.businessNo('entryNo', entryNo),
      parkId: f.text('parkId', lotId, 32),
      laneNo: f.text('laneNo', laneId, 20),
      enTime: f.time('enTime', enteredAtMs),
      ...(plate === null ? {} : plateMembers(plate, colour, said)),
    }),
  plateBody: (
    { lotId },
    { plateRecNo, laneId, direction, atMs, plate, colour, said, matchedTradeNo },
  ) =>
    frozen({
      plateRecNo: f.businessNo('plateRecNo', plateRecNo),
      parkId: f.text('parkId', lotId, 32),
      laneNo: f.text('laneNo', laneId, 20),
      direction: directions[direction],
      time: f.time('time', atMs),
      ...plateMembers(plate, colour, said),
      ...(matchedTradeNo === null
        ? {}
        : { matchedTradeNo: f.businessNo('matchedTradeNo', matchedTradeNo) }),
    }),
}
