// `etc-lane survey neighbour`: row 6 of table D.1 measured with the antennas, each alone and then all together; and
// `survey cite`, the text by which the row is judged instead of the assumption.
import { t } from '#base/pure/words/fault-text.ts'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { checkRsuLink } from '#lane/lot/files/lot-file.ts'
import { runCrossReads } from '../../runs/cross-read-run.ts'
import { assumedCriterion } from '../../pure/criterion.ts'
import { crossReadFacts } from '../../pure/figures/cross-reads.ts'
import { faultJson, LaneFault } from '#base/pure/faults/faults.ts'
import { benchFolder } from '#devices/desk/bench/bench-rsu.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { needed, within, wrongFlag } from '#base/commands/command.ts'
import { readText } from '#base/process/read-file.ts'
import { driveAntenna } from '../worker/driven-antenna.ts'
import { neighbourPlan } from '../../pure/reruns.ts'
import { isProbing } from '../../runs/measure-jobs.ts'
import { recordInto, withSurvey } from './record-into.ts'

/** OBU or OBU@PLACE: eight hex digits, and its position. */
const placedObu = /^([0-9A-F]{8})(?:@([^\s,@]{1,20}))?$/i

const placedObus = (text: string, field: string): readonly (readonly [string, string])[] =>
  text
    .split(',')
    .filter((one) => one !== '')
    .map((one) => {
      const [, id = '', place = ''] = placedObu.exec(one) ?? []
      if (id !== '') return [id.toUpperCase(), place]
      throw wrongFlag(
        field,
        t('8 位十六进制数,后面可加 @PLACE', '8 hex digits, perhaps @PLACE'),
        one,
      )
    })
const obuIds = (text: string, field: string): readonly string[] =>
  placedObus(text, field).map(([id]) => id)

/** Each `--antenna` link with its `--own` list. */
function antennasOf(links: readonly string[], own: readonly string[]) {
  if (links.length === 0 || links.length > 8 || own.length !== links.length)
    throw wrongFlag(
      '--antenna',
      t(
        '一到八个 --antenna URL,每个带自己的 --own OBU,OBU',
        'one to eight of --antenna URL, each with its own --own OBU,OBU',
      ),
    )
  return links.map((link, i) => {
    checkRsuLink(link)
    return { link, obuIds: obuIds(own[i] ?? '', '--own') }
  })
}

/** Exit 1 when an OBU of another lane answered, or one that is on no list. */
export const neighbourAct = act(
  [
    'survey neighbour [FILE --by NAME [--reason TEXT]] --antenna URL ... --own OBU,OBU ... [--neighbour OBU,OBU] [--rounds N] [--listen-ms N] [--stress-db N] [--state DIR]',
  ],
  async ({ words: [file], ...values }, io) => {
    const others = values.neighbour ?? ''
    const listed = [...values.own, others].flatMap((list) => placedObus(list, '--own'))
    const stress = values['stress-db']
    const options = {
      antennas: antennasOf(values.antenna, values.own),
      inNeighbour: obuIds(others, '--neighbour'),
      places: Object.fromEntries(listed),
      ...(stress === undefined
        ? {}
        : { stressDb: within(stress, 'stress-db', { fallback: 6, min: 1, max: 20 }) }),
      rounds: within(values.rounds, 'rounds', {
        fallback: assumedCriterion.rounds,
        min: 1,
        max: 500,
      }),
      listenMs: within(values['listen-ms'], 'listen-ms', { fallback: 1_000, min: 50, max: 60_000 }),
    }
    const stop = new AbortController()
    io.onStop(() => stop.abort())
    const { signal } = stop
    const offers = options.antennas.length + options.inNeighbour.length > 1
    const again = { plan: neighbourPlan(options.stressDb, offers), reason: values.reason }
    return recordInto(file, values.by, again, async (to) => {
      const { turns, faults } = await runCrossReads(options, {
        mono: systemMonoClock(),
        signal,
        open: (link) => driveAntenna(link, values.state ?? benchFolder(), signal),
        step(step) {
          if (isProbing(step)) to.begin()
          if (!io.json) io.stderr(`${step} ...\n`)
        },
        record: (bodies, receivedBytes) => bodies.forEach((body) => to.record(body, receivedBytes)),
      })
      const shown = turns.map((run) => {
        const { answers, kind: _kind, ...turn } = run
        const { trials, obus, places, share } = crossReadFacts(run)
        const upTo = { theseUpToPercent: 100 * (share?.theseUpTo ?? 1) }
        const all = { allUpToPercent: 100 * (share?.allUpTo ?? 1) }
        return { ...turn, trials, obus, places, ...upTo, ...all, answers }
      })
      const ok = faults.length === 0 && turns.every(({ inNeighbour }) => inNeighbour === 0)
      const faultsJson = faults.map((fault) => faultJson(fault).error)
      return printed({ ok, turns: shown, faults: faultsJson, recorded: to.recorded }, ok)
    })
  },
)

/** Records the text of GB/T 35070.2 5.3 as a person read it, with its figures: row 6 is judged by it from then on. */
export const citeAct = act(
  [
    'survey cite FILE (--text TEXT | --from FILE) --source TEXT --tries N --reads N [--field-max DBM] --by NAME',
  ],
  ({ words: [file], by, source, tries, reads, ...values }) => {
    const dBm = values['field-max']
    if (dBm !== undefined && !/^-?\d{1,3}(?:\.\d{1,2})?$/.test(dBm))
      throw new LaneFault('ARG-01', { field: '--field-max', value: dBm, note: 'in dBm' })
    const body = {
      kind: 'criterion',
      item: 'D6',
      source,
      triesMin: tries,
      readsMax: reads,
      neighbourDbmMax: dBm === undefined ? null : Number(dBm),
      text: values.from === undefined ? needed(values.text, 'text') : readText(values.from),
    }
    const { id, body: criterion } = withSurvey(file, ({ ledger }) => ledger.add(body, by))
    return printed({ ok: true, file, id, criterion })
  },
)
