// `etc-lane access`: the ETC access system of a lot for the billing system of another maker (docs/billing-interface.md); its
// OpenAPI document, and its signing certificate to hand over.
import { join, resolve } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LotConfig, PublishedConfig } from '#base/pure/lot/config.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { makePartnerKeys } from '#lane/desk/setup/partner-certificate.ts'
import { partnerKeys } from '../site/partners.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'
import { jsonText } from '#base/desk/commands/client.ts'
import { serveFolder } from './run.ts'

interface Published {
  readonly config: LotConfig
  readonly published: PublishedConfig
}

function publishedOf(dir: string): Published {
  const { config } = loadLot(dir)
  if (config.published !== undefined) return { config, published: config.published }
  const note = t(
    '停车场文件没有开放计费系统接口',
    'the lot file opens no interface to billing systems',
  )
  throw new LaneFault('LOT-02', { file: join(dir, 'lot.json'), field: '/published', note })
}

const serve = act(
  ['access --data DIR [--timing standard|instant]'],
  ({ data, timing = 'standard' }, io) => {
    const dir = resolve(data)
    const { config, published } = publishedOf(dir)
    // Missing keys are refused here; `run` continues without the interface.
    partnerKeys(published, config.mode)
    return serveFolder({ data: dir, timing }, io)
  },
)

const schema = act(['access schema'], async (_values, io) => {
  const { billingOpenApi } = await import('#money/partners/openapi.ts')
  io.stdout(`${JSON.stringify(billingOpenApi(), null, 2)}\n`)
  return 0
})

const keys = act(['access keys --data DIR'], ({ data }, io) => {
  const { config, published } = publishedOf(resolve(data))
  const { certFile, isNew } = makePartnerKeys(published, config, systemWallClock().nowMs())
  io.stdout(jsonText({ ok: true, certFile, isNew }, io.json))
  return 0
})

export const accessCommand = commandOf('access', [serve, schema, keys])
