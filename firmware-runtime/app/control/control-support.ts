// The call that makes a support file. It reads the answers of other calls as the lot itself, and keeps of them what may
// leave the lot. Absent: the lot has no folder.
import type { supportCalls } from '../../api/calls/support.ts'
import type { ApiName, AnswerOf, ApiReply, Role } from '../../api/table.ts'
import type { Tariff } from '../../core/billing/tariff.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import type { ProgramFacts } from '../../core/values/rows/ledger-row.ts'
import type { SupportPorts } from '../../ports/support.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import type { HandlersOf } from './dispatcher.ts'
import { needed } from './no-folder.ts'

interface SupportControl {
  readonly support?: SupportPorts
  readonly config: LotConfig
  readonly tariff?: { current(): Tariff }
  readonly runtime: Pick<LotRuntime, 'nowMs'>
  readonly version: string
  readonly program?: ProgramFacts
}

export function supportHandlers(
  { support, config, tariff, runtime, version, program }: SupportControl,
  call: (name: ApiName, args: unknown, role: Role) => Promise<ApiReply<unknown>>,
): HandlersOf<keyof typeof supportCalls> {
  return {
    'support.file': async (asked) => {
      const ports = needed(support, 'LOT-01')()
      const people = await call('people.list', {}, 'owner')
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
          call: (name) => call(name, {}, 'owner'),
        },
        asked,
      )
    },
  }
}
