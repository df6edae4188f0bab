// `survey draw --lots A,B,C --party contractor|operator --seed N`: which car parks are tested
// (clause 10.1.1.2), and with --tested how much of that is done.
import { coverageOf, drawLots } from '../../core/survey/sampling.ts'
import { jsonText } from '../client.ts'
import { flags, needed, oneOf, whole, type CliIo } from '../command.ts'

const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')

export function drawAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, {
    ...{ lots: 'string', party: 'string', seed: 'string', tested: 'string' },
  })
  const lots = listOf(needed(values.lots, 'lots'))
  const party = oneOf(values.party, 'party', ['contractor', 'operator'], 'operator')
  const draw = drawLots(lots, party, whole(values.seed, 'seed', 1))
  const coverage = coverageOf(draw, new Set(listOf(values.tested ?? '')))
  const ok = coverage === 1 || values.tested === undefined
  io.stdout(jsonText({ ok, ...draw, coverage }, io.json))
  return Promise.resolve(ok ? 0 : 1)
}
