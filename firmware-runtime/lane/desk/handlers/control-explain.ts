// The calls about car files: a file is made from a car's timeline, added to the day's tree, and returned once. A lot
// without a folder has no key to sign with.
import type { TimelineView } from '../../calls/views.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { actWords } from '#runtime/api/act-words.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { CarFileView } from '../../calls/explain.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { gbkHex, utf8Hex } from '../../explain/text-hex.ts'
import { replayTurns } from '../../pure/explain/replay-turns.ts'
import type { TurnRecord } from '../../pure/explain/turn.ts'
import { whyOf } from '../../pure/explain/why.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { DocumentWork } from '#base/ports/document-work.ts'
import {
  carFileFormat,
  fileText,
  lineOf,
  maskedFile,
  photoOf,
  type CarFile,
  type CarPhoto,
} from '../../explain/car-file.ts'
import type { Receipts } from '../../money/receipts.ts'
import type { LotAct } from '#base/desk/handlers/act-table.ts'
import type { ReceiptParts } from '#money/desk/handlers/control-receipts.ts'
import { laneNames } from '../../pure/lot/lane-names.ts'
import { evidenceDevices } from '../../pure/open/evidence-devices.ts'
import { evidenceOf } from '../../pure/open/stay-evidence.ts'

type Args = ArgsOf<'explain.file'>

interface Own {
  readonly receipts: Pick<ReceiptParts, 'receipts'>
  readonly documents: DocumentWork
}
type ExplainLot = Lot<'config' | 'runtime' | 'service' | 'acts', Own> & {
  /** Reads a stored photo; null when no photo has that id. */
  photo(photoId: string): Promise<Uint8Array | null>
  readonly views: {
    timeline(args: { readonly stayId: string }): Promise<TimelineView>
    turnsOf(stayId: string, rows: readonly LedgerRow[]): Promise<readonly TurnRecord[]>
  }
}

export const explainCalls = defineCalls((parts: ExplainLot) => {
  const give = async (args: Args, act: LotAct, isMasked: boolean): Promise<CarFileView> => {
    const { config } = parts
    const receipts = needed(parts.receipts, 'RECEIPT-01')().receipts
    const whole = await carFile(parts, receipts, args.stayId)
    const file = isMasked ? maskedFile(whole, receipts.sha256, [gbkHex, utf8Hex]) : whole
    const { line, digest } = lineOf(receipts.sha256, file)
    // A document that was stopped by now leaves no record.
    parts.documents?.mustGoOn()
    const { stayId } = args
    const proof = await receipts.join(stayId, digest, act.row(undefined, { stayId }))
    return {
      fileName: `car-${config.lotId}-${args.stayId}.etccar`,
      text: fileText(line, proof),
      isMasked,
      day: proof.head.day,
      differences: replayTurns(JSON.parse(JSON.stringify(file.turns)) as TurnRecord[]).length,
    }
  }
  return {
    'explain.file': (args, role) => give(args, parts.acts.of('explain.file', args, role), true),
    'explain.wholeFile': (args, role) =>
      give(args, parts.acts.of('explain.wholeFile', args, role), false),
  }
})

async function carFile(parts: ExplainLot, receipts: Receipts, stayId: string): Promise<CarFile> {
  const { service, views, config, runtime } = parts
  const rows = await service.timeline(stayId)
  if (rows.length === 0)
    throw new LaneFault('RECEIPT-01', {
      field: '/stayId',
      value: stayId,
      note: t('没有这次停车', 'there is no such stay'),
    })
  const { frames, events, photoId, exitPhotoId } = await views.timeline({ stayId })
  const ids = [
    ['entry', photoId],
    ['exit', exitPhotoId],
  ] as const
  const photos: CarPhoto[] = []
  for (const [side, id] of ids) {
    const jpeg = id === null ? null : await parts.photo(id)
    if (id !== null && jpeg !== null) photos.push(photoOf(receipts.sha256, side, id, jpeg))
  }
  return {
    format: carFileFormat,
    lotId: config.lotId,
    stayId,
    madeAtIso: isoOf(runtime.nowMs()),
    isMasked: false,
    why: whyOf(rows, laneNames(config), actWords, evidenceOf(rows, evidenceDevices(config))),
    rows,
    turns: await views.turnsOf(stayId, rows),
    frames,
    events,
    photos,
  }
}
