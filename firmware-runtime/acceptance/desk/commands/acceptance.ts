// `etc-lane acceptance`: lists the items of appendices E to I, and runs them on the evidence of a data folder (10.2.2).
// Exit code 1: an item failed.
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { AcceptanceView } from '../../calls/acceptance-views.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { declaresNothing, features, notDeclared } from '../../pure/declaration.ts'
import { acceptanceItems } from '../../pure/items/index.ts'
import { appendices } from '../../pure/appendices.ts'
import { quirkIds, type QuirkId } from '../../pure/quirks.ts'
import { isFaultCode, LaneFault } from '#base/pure/faults/faults.ts'
import { acceptanceAtRest } from '../folder/acceptance-folder.ts'
import { declarationHere } from '../folder/declared-here.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { surveyLines } from '#survey/desk/worker/survey-lines.ts'
import { compare, makePackage, report, verify } from './acceptance-package.ts'
import { rules, viewOf } from './acceptance-rules.ts'
import { act, commandOf, printed, type Exit } from '#base/desk/commands/acts.ts'
import { clientOf, type RuntimeClient } from '#base/desk/commands/client.ts'
import { needed, oneOf, type CliIo } from '#base/commands/command.ts'

const lookAgainMs = 200

/** Prints the items of a run, or all items, in the form of contract.md section 8, each with its explanation. */
function said(view: AcceptanceView, ids: readonly string[]): Exit {
  const { sessionId, fromIso, simulated, declaration, quirks, lock, asked, waiting, plans } = view
  const items = view.items
    .filter(({ id }) => ids.includes(id))
    .map(({ id, clause, title, verdict, words, evidence, judgedAtIso, failed, red, ...one }) => ({
      id,
      clause,
      verdict,
      conformance: one.conformance,
      compatibility: one.compatibility,
      quirks: one.quirks,
      simulated: one.simulated,
      words,
      next: one.next ?? null,
      title,
      needs: one.needs,
      away: one.away,
      judgedAtIso,
      failed,
      warned: one.warned,
      red,
      takes: one.takes ?? null,
      skipped: one.skipped ?? null,
      evidence,
    }))
  const of = { sessionId, fromIso, simulated, declaration, quirks, lock, asked, waiting, plans }
  return printed({ ...of, items }, !items.some(({ verdict }) => verdict === 'fail'))
}

const idsOf = ({ items }: AcceptanceView): readonly string[] => items.map(({ id }) => id)

const list = act(['acceptance list --data DIR'], async ({ data }) => {
  const dir = resolve(data)
  loadLot(dir)
  const view = await viewOf(dir)
  return said(view, idsOf(view))
})

/** The declaration of the lot now; a run starts with it. */
const declaration = act(['acceptance declaration --data DIR'], ({ data }) => {
  const dir = resolve(data)
  const { config } = loadLot(dir)
  const declared = declarationHere(dir, null)
  const items = acceptanceItems.map((item) => ({
    id: item.id,
    needs: item.needs,
    away: notDeclared(item, declared),
  }))
  const said = declared.features.map((id) => ({ id, words: features[id] }))
  const ok = !declaresNothing(declared)
  return printed({ ok, lotId: config.lotId, features: said, items }, ok)
})

/** How far a run is; what it waits for, and of whom: of somebody while it is red first, of a platform that it asks. */
function waitTexts({ progress, planting, asking }: AcceptanceView): readonly string[] {
  const texts: string[] = []
  if (progress !== null && progress.item !== null) {
    const { n, of, item, leftSec } = progress
    const min = Math.ceil(leftSec / 60)
    const left =
      min === 0
        ? '比预计的久 · longer than expected'
        : `还要大约 ${min} 分钟 · about ${min} min left`
    texts.push(`ITEM ${n}/${of} ${item}: ${left}\n`)
  }
  if (planting !== null) {
    const { item, stage, of, words } = planting
    texts.push(`WAITING ${item} ${stage} ${of}: ${words.zh} · ${words.en}\n`)
  }
  if (asking !== null) {
    const { interfaceId, of, words, untilIso: until } = asking
    const [zh, en] = [`${words.zh},等到 ${until}`, `${words.en}, until ${until}`]
    texts.push(`WAITING ${interfaceId} answer ${of}: ${zh} · ${en}\n`)
  }
  return texts
}

/** Until the run is over. */
async function watched(
  begun: AcceptanceView,
  look: () => Promise<AcceptanceView>,
  io: CliIo,
): Promise<AcceptanceView> {
  let view = begun
  let told: readonly string[] = []
  while (view.isRunning) {
    // The time left goes down all the time: it is said once for each item.
    const now = waitTexts(view).map(
      (text) => [text.replace(/^(ITEM [^:]*).*\n/, '$1'), text] as const,
    )
    for (const [key, text] of now) if (!told.includes(key)) io.stderr(text)
    told = now.map(([key]) => key)
    await pause(lookAgainMs)
    view = await look()
  }
  return view
}

/**
 * The lanes continue a run after its command is gone: stopping the command stops the run, and removes the planted
 * fault.
 */
function stopWith(client: RuntimeClient, io: CliIo): void {
  io.onStop(() => {
    io.stderr('停止验收，取走植入的故障 / stopping the run, and taking away the planted fault\n')
    void client.call('acceptance.stop', {}).catch((error: unknown) => {
      io.stderr(`${error instanceof Error ? error.message : String(error)}\n`)
    })
  })
}

/** Runs in the runtime when one runs, until the end; else in this process. */
async function ran(
  dir: string,
  args: ArgsOf<'acceptance.run'>,
  io: CliIo,
): Promise<AcceptanceView> {
  const client = clientOf(dir)
  if (client === null) {
    const service = acceptanceAtRest(dir, surveyLines(dir))
    await watched(await service.run(args), () => service.view(), io)
    return service.ended()
  }
  const begun = await client.call('acceptance.run', args)
  stopWith(client, io)
  const view = await watched(begun, () => client.call('acceptance.state', {}), io)
  const { failed } = view
  if (failed === null) return view
  const code = isFaultCode(failed.code) ? failed.code : 'SYS-01'
  throw new LaneFault(code, { note: failed.why ?? failed.note })
}

interface AimFlags {
  readonly platform?: string | undefined
  readonly ca?: string | undefined
  readonly credentials?: string | undefined
}

/** Needs all three flags or no flag: throws ARG-01 with the missing one. */
function aimOf({
  platform,
  ca,
  credentials,
}: AimFlags): Pick<ArgsOf<'acceptance.run'>, 'platform'> {
  if (platform === undefined && ca === undefined && credentials === undefined) return {}
  const url = needed(platform, 'platform')
  const files = [needed(ca, 'ca'), needed(credentials, 'credentials')] as const
  return { platform: { url, caFile: resolve(files[0]), credentials: resolve(files[1]) } }
}

/** Absent when neither flag is given: the run keeps its quirks. */
function quirksOf(named: string | undefined, isStrict: boolean): { quirks?: QuirkId[] } {
  if (isStrict) return { quirks: [] }
  if (named === undefined) return {}
  return { quirks: named.split(',').map((one) => oneOf(one, 'quirks', quirkIds, 'noRequestId')) }
}

const run = act(
  [
    'acceptance run --data DIR [--appendix E|F|G|H|I|R] [--item ID] [--anew] [--from ISO] [--red] [--quirks IDS] [--strict] [--platform URL --ca FILE --credentials FILE]',
  ],
  async ({ data, appendix, item, anew, from, red, quirks, strict, ...aim }, io) => {
    const dir = resolve(data)
    loadLot(dir)
    const wanted = appendix === undefined ? null : oneOf(appendix, 'appendix', appendices, 'E')
    const args = {
      ...(wanted === null ? {} : { appendix: wanted }),
      ...(item === undefined ? {} : { item }),
      ...(anew === true ? { isAnew: true } : {}),
      ...(from === undefined ? {} : { fromIso: from }),
      ...(red === true ? { isRed: true } : {}),
      ...aimOf(aim),
      ...quirksOf(quirks, strict === true),
    }
    const view = await ran(dir, args, io)
    const ids =
      item !== undefined
        ? [item]
        : idsOf(view).filter((id) => wanted === null || id.startsWith(wanted))
    return said(view, ids)
  },
)

export const acceptanceCommand = commandOf('acceptance', [
  list,
  declaration,
  run,
  report,
  rules,
  makePackage,
  verify,
  compare,
])
