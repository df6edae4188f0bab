// The call that makes a support file. It reads the answers of other calls as the lot itself, and keeps of them what may
// leave the lot.
import type { ApiName, AnswerOf } from '../api/table.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import type { ProgramFacts } from '#base/pure/rows/ledger-row.ts'
import type { SupportPorts } from '#lane/ports/support.ts'
import { machineCaller } from '#lane/people/people-gate.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

interface Own {
  readonly support: SupportPorts
  readonly tariff: { current(): Tariff }
  readonly program: ProgramFacts
}
type SupportLot = Lot<'config' | 'runtime' | 'version' | 'call', Own>

export const supportCalls = defineCalls((lot: SupportLot) => {
  const { support, config, tariff, runtime, version, program } = lot
  const call = (name: ApiName) => lot.call(name, {}, machineCaller('owner'))
  return {
    'support.file': async (asked) => {
      const ports = needed(support, 'LOT-01')()
      const people = await call('people.list')
      const { supportFile } = await import('../support/support-file.ts')
      const { rows = [] } = (people.ok ? people.data : {}) as Partial<AnswerOf<'people.list'>>
      return supportFile(
        {
          ports,
          nowMs: runtime.nowMs(),
          version,
          program,
          lotId: config.lotId,
          lot: { config, tariff: tariff?.current() ?? null },
          people: rows.map(({ name, role }) => [name, role]),
          call,
        },
        asked,
      )
    },
  }
})
