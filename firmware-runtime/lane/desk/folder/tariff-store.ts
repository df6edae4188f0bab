// The tariff file of a running lot: replaced whole, with a version beside it, and the authors of earlier versions.
// Lanes use the tariff of this object; a failed write changes nothing.
import { join } from 'node:path'
import { writeBeside } from '#base/files/whole-file.ts'
import type { TariffVersionView } from '#money/calls/tariff-views.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import type { BusinessClock } from '#base/ports/clocks.ts'
import { preparedVersion, versionAt, versionTimes } from './lot-versions.ts'
import { readText } from '#base/process/read-file.ts'

const shownMax = 20

interface Place {
  readonly dir: string
  readonly config: Pick<LotConfig, 'tariffFile'>
  readonly tariff: Tariff
  readonly business: BusinessClock
}

export class TariffStore {
  tariff: Tariff
  private readonly dir: string
  private readonly file: string
  private readonly business: BusinessClock

  constructor({ dir, config, tariff, business }: Place) {
    this.dir = dir
    this.file = join(dir, config.tariffFile)
    this.tariff = tariff
    this.business = business
  }

  /** Writes the tariff beside its file; the returned function makes it the tariff of the lanes. */
  prepare(tariff: Tariff, who: { readonly by: string; readonly reason: string }): () => void {
    const { dir, file } = this
    return orDiskFault({ file }, () => {
      const lotFile = join(dir, 'lot.json')
      const lot = readStrictJson(readText(lotFile), lotFile)
      const made = { by: who.by, reason: who.reason, lot, tariff }
      const placeVersion = preparedVersion(dir, this.business.nowMs(), made)
      const place = writeBeside(file, `${JSON.stringify(tariff, null, 2)}\n`)
      return () => {
        place()
        this.tariff = tariff
        placeVersion()
      }
    })
  }

  /** Newest first. */
  versions(): readonly TariffVersionView[] {
    return versionTimes(this.dir)
      .slice(-shownMax)
      .reverse()
      .flatMap((atMs) => versionAt(this.dir, atMs) ?? [])
      .map(({ atIso, by, reason }) => ({ atIso, by, reason }))
  }
}
